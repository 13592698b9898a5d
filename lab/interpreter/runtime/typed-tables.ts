import { refuse } from '../refusal'
import { convert } from '../values/convert'
import { isNull, PSDateTime, type PSHash, PSObj } from '../values/model'
import { isNumber, PSChar } from '../values/numbers'
import { typeOf } from '../values/type-names'
import { casting } from './arithmetic'

const OBJECT = 'System.Object'

/** The types of a Dictionary's keys and values; a plain table takes everything. */
function typesOf(table: PSHash): [string, string] {
  const { generics } = table
  if (!generics) return [OBJECT, OBJECT]
  const inner = generics.slice(generics.indexOf('[[') + 2, -2)
  for (let at = inner.indexOf('],['), open = 0; at !== -1; at = inner.indexOf('],[', at + 1)) {
    open = inner.slice(0, at).split('[').length - inner.slice(0, at).split(']').length
    if (open === 0) return [inner.slice(0, at), inner.slice(at + 3)]
  }
  return [OBJECT, OBJECT]
}

function as(value: unknown, type: string): unknown {
  if (type === OBJECT || typeOf(value) === type) return value
  // An object that would have to become text is taken for another way of indexing.
  if (value instanceof PSObj) return refuse('an object in a dictionary of other values')
  return isNull(value) && type !== 'System.String' && !/^System\.(U?Int|Double|Boolean)/.test(type)
    ? refuse('nothing in a dictionary of such values')
    : casting(() => convert(value, type))
}

/** A key as a Dictionary of this kind holds it. */
export const typedKey = (table: PSHash, key: unknown): unknown => as(key, typesOf(table)[0])

/** What is written to an entry becomes what a Dictionary of this kind holds. */
export const typedValue = (table: PSHash, value: unknown): unknown => as(value, typesOf(table)[1])

/**
 * The key that a member name stands for where it is no text: `$table.5` and `$table.$n` are keys of their own types.
 * Only of a Hashtable; what other dictionaries make of such names is refused.
 */
export function keyForMember(table: PSHash, name: unknown, written = false): unknown {
  const plain =
    isNumber(name) || typeof name === 'boolean' || name instanceof PSChar || name instanceof PSDateTime
  const read = table.ordered && typeof name === 'number' && !written
  if (!plain || (table.type !== 'System.Collections.Hashtable' && !read)) refuse('a member name of this type')
  return name
}
