import { refuse } from '../refusal'
import {
  elementType,
  isNull,
  NetObject,
  PSDateTime,
  PSEnum,
  PSHash,
  PSList,
  PSRef,
  PSScriptBlock,
  PSSwitch,
  PSTimeSpan,
} from '../values/model'
import { isInteger, isNumber, PSChar, PSDecimal, PSDouble } from '../values/numbers'
import { typeOf } from '../values/type-names'
import { raise } from './errors'
import { OVERLOADS } from './overload-table'

const tables = new Map<string, Map<string, string[][]>>()

function tableOf(type: string): Map<string, string[][]> | null {
  const known = tables.get(type)
  if (known) return known
  const text = OVERLOADS[type]
  if (!text) return null
  const made = new Map<string, string[][]>()
  for (const method of text.split(' ; ')) {
    const [name = '', all = ''] = method.split(' ')
    made.set(
      name.toLowerCase(),
      all.split('|').map(one => (one === '-' ? [] : one.split(','))),
    )
  }
  tables.set(type, made)
  return made
}

/**
 * Looks at the arguments of a .NET method before it runs. A count that no overload takes is the real error; arguments that
 * would have to be converted first are refused, because the real choice among overloads is not known here.
 * @param key `.name` for a value's method, `::name` for a type's
 */
export function checkOverload(type: string, key: string, name: string, args: unknown[]): void {
  if (type.endsWith('[]') && /^.(Get|Set)Value$/i.test(key) && args.length !== (/get/i.test(key) ? 1 : 2))
    refuse(`${name} with ${args.length} arguments`)
  const overloads = tableOf(
    type.endsWith(']') && type.endsWith('[]') ? 'System.Array' : type.replace(/\[\[.*$/, ''),
  )?.get(key.toLowerCase())
  if (!overloads) return
  const counted = overloads.filter(one => takes(one, args.length))
  if (counted.length === 0 && PARTLY.has(type)) refuse(`${name} with ${args.length} arguments`)
  if (counted.length === 0)
    raise({
      message: `Cannot find an overload for "${name}" and the argument count: "${args.length}".`,
      id: 'MethodCountCouldNotFindBest',
      category: 'NotSpecified',
      type: 'System.Management.Automation.MethodException',
    })
  const element = /\[\[(.*)\]\]$/.exec(type)?.[1] ?? ''
  const open = (arg: unknown, i: number) =>
    !isNull(arg) ||
    (/^::join$/i.test(key) && i > 0) ||
    counted.every(one => parameterAt(one, i) === 'IFormatProvider') ||
    counted.every(one => /^(S|O|T|TKey|TValue)$/.test(parameterAt(one, i)))
  if (/^\.(add|insert)range$/i.test(key)) foreignItems(args.at(-1), element, name)
  const known = counted.some(one =>
    args.every((arg, i) => fits(arg, parameterAt(one, i), element) && open(arg, i)),
  )
  if (!known) refuse(`${name} with arguments of these types`)
}

/** A generic list takes a sequence of its own items only: a plain array, whatever is in it, is not converted. */
function foreignItems(given: unknown, element: string, name: string): void {
  if (!Array.isArray(given) || element === '') return
  const own = elementType(given)
  if (own === element || (element === 'System.Object' && own === 'System.String')) return
  if (own !== 'System.Object') refuse(`${name} with a ${own}[]`)
  const wanted = `System.Collections.Generic.IEnumerable\`1[${element}]`
  raise({
    message: `Cannot convert argument "collection", with value: "System.Object[]", for "${name}" to type "${wanted}": "Cannot convert the "System.Object[]" value of type "System.Object[]" to type "${wanted}"."`,
    id: 'MethodArgumentConversionInvalidCastArgument',
    category: 'NotSpecified',
    type: 'System.Management.Automation.MethodException',
  })
}

/** Types of which only some overloads are written down. */
const PARTLY = new Set(['System.Convert', 'System.Array', 'System.RuntimeType'])

function takes(overload: string[], count: number): boolean {
  const open = overload.at(-1)?.startsWith('*') ?? false
  const least = overload.filter(p => !p.endsWith('?') && !p.startsWith('*')).length
  return count >= least && (open || count <= overload.length)
}

/** The type of the parameter that takes the i-th argument; an open one takes items and whole lists. */
function parameterAt(overload: string[], i: number): string {
  const own = overload[i] ?? overload.at(-1) ?? ''
  return own.replace('?', '')
}

const LETTERS: Record<string, (v: unknown) => boolean> = {
  S: v => typeof v === 'string' || v instanceof PSChar,
  I: v => typeof v === 'number' || isSmall(v),
  L: v => isInteger(v),
  C: v => v instanceof PSChar || (typeof v === 'string' && v.length === 1),
  O: () => true,
  D: v => isNumber(v) && !(v instanceof PSDecimal),
  B: v => typeof v === 'boolean',
  M: v => v instanceof PSDecimal || isInteger(v) || v instanceof PSDouble,
  A: v => v instanceof PSDateTime,
  P: v => v instanceof PSTimeSpan,
}
const isSmall = (v: unknown): boolean => isInteger(v) && /(S?Byte|U?Int16)$/.test(typeOf(v))

function fits(v: unknown, parameter: string, element = ''): boolean {
  if (parameter.startsWith('&')) return v instanceof PSRef
  if (parameter.startsWith('*')) {
    const item = parameter.slice(1).replace(/\[\]$/, '')
    return fits(v, `${item}[]`) || fits(v, item)
  }
  if (/^T(Key|Value|Item)?$/.test(parameter)) return ofElement(v, parameter, element)
  const letter = LETTERS[parameter]
  if (letter) return (isNull(v) && (parameter === 'S' || parameter === 'O')) || letter(v)
  if (isNull(v))
    return !/^(Guid|DayOfWeek|DateTimeKind|.*Option.*|.*Comparison|.*Style.*|U?Int\d+|Single)$/.test(
      parameter,
    )
  if (parameter.endsWith('[]')) return fitsArray(v, parameter.slice(0, -2))
  if (v instanceof PSScriptBlock)
    return /MatchEvaluator|Func|Predicate|Comparison`|Action|Converter/.test(parameter)
  if (v instanceof PSEnum) return v.type.endsWith(`.${parameter}`)
  if (v instanceof PSHash) return /IDictionary|IEnumerable|ICollection|Hashtable/.test(parameter)
  if (Array.isArray(v) || v instanceof PSList)
    return /I(Enumerable|Collection|List)|^Array$|^T$/.test(parameter)
  if (isNumber(v)) return typeOf(v).endsWith(`.${parameter}`)
  // An option may be written as text: where it is the only thing that can stand there.
  if (typeof v === 'string') return OPTION.test(`${parameter}:${v}`)
  if (v instanceof PSSwitch) return false
  return v instanceof NetObject ? true : typeOf(v).endsWith(`.${parameter}`)
}

const OPTION =
  /^(StringComparison:(CurrentCulture|InvariantCulture|Ordinal)(IgnoreCase)?|RegexOptions:(None|IgnoreCase)|DateTimeKind:(Utc|Local|Unspecified)|StringSplitOptions:.*)$/i

/** An item of a generic collection has to be of its element's very type. */
function ofElement(v: unknown, parameter: string, element: string): boolean {
  const types = element.split('],[')
  const wanted = parameter === 'TValue' ? (types[1] ?? '') : (types[0] ?? '')
  return wanted === 'System.Object' || (isNull(v) ? wanted === 'System.String' : typeOf(v) === wanted)
}

function fitsArray(v: unknown, item: string): boolean {
  // A text is its letters where letters are wanted.
  if (typeof v === 'string') return item === 'C'
  if (!Array.isArray(v)) return false
  const own = elementType(v)
  return own === 'System.Object'
    ? v.every(one => fits(one, item))
    : fits(v[0] ?? null, item) || v.length === 0
}
