import { refuse } from '../refusal'
import { CastFault } from '../runtime/errors'
import {
  distinct,
  elementType,
  isNull,
  PSHash,
  PSList,
  PSObj,
  PSRegex,
  PSScriptBlock,
  typedArray,
} from './model'
import { isNumber, PSChar } from './numbers'
import { toText } from './text'
import { itemsOf, mismatch } from './to-number'
import { typeOf } from './type-names'

type Convert = (v: unknown, full: string) => unknown

/** A list, queue, stack or set of what is given. */
export function toList(v: unknown, full: string, element: string, convert: Convert): unknown {
  if (isNull(v)) return null
  if (v instanceof PSList && v.type === full) return v
  if (full === 'System.Collections.ArrayList' && v instanceof PSHash) refuse('a table as a list')
  if (full === 'System.Collections.Queue' && !Array.isArray(v)) refuse(`a ${typeOf(v)} as a queue`)
  if (full === 'System.Collections.ArrayList' && itemsOf(v) !== v) return mismatch(v, full)
  if (!Array.isArray(v) && typeof v !== 'string' && !isNumber(v)) refuse(`a ${typeOf(v)} as ${full}`)
  try {
    const items = itemsOf(v).map(item => (element === 'System.Object' ? item : convert(item, element)))
    return new PSList(full, full.includes('.HashSet`1') ? distinct(items) : items, element)
  } catch (fault) {
    if (fault instanceof CastFault) refuse(`a list of items that are no ${element}`)
    throw fault
  }
}

export function toArray(v: unknown, element: string, convert: Convert): unknown {
  if (isNull(v)) return null
  if (Array.isArray(v) && elementType(v) === element) return v
  if (element === 'System.Char' && typeof v === 'string')
    return typedArray(
      element,
      v.split('').map(c => new PSChar(c.charCodeAt(0))),
    )
  if (element === 'System.Byte' && typeof v === 'string') refuse('bytes from text')
  try {
    return typedArray(
      element,
      itemsOf(v).map(item => convert(item, element)),
    )
  } catch (fault) {
    if (v instanceof PSList && fault instanceof CastFault) refuse(`a conversion of a list to ${element}[]`)
    if (itemsOf(v) === v || !(fault instanceof CastFault)) throw fault
    if (/DateTime|Char/.test(element) && typeof v !== 'string') refuse(`a ${typeOf(v)} as ${element}[]`)
    if (v instanceof PSHash && /Date|Span|Guid/.test(element)) refuse(`a conversion to ${element}[]`)
    if (v instanceof PSHash || v instanceof PSObj || v instanceof PSScriptBlock || v instanceof PSRegex)
      return mismatch(v, `${element}[]`)
    if (typeof v !== 'string' && !isNumber(v)) refuse(`a conversion to ${element}[]`)
    throw new CastFault(
      'InvalidCastExceptionScalarToArray',
      `Cannot convert value "${toText(v)}" to type "${element}[]". Error: "${fault.text}"`,
    )
  }
}
