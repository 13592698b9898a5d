import { enumerate, isSequence } from '@/lab/interpreter/runtime/enumerate'
import { formatDate } from '@/lab/interpreter/values/dates'
import { isNull, PSDateTime, type PSErrorRecord, PSHash, PSList, PSObj } from '@/lab/interpreter/values/model'
import { PSChar, PSDecimal, PSDouble, PSInteger } from '@/lab/interpreter/values/numbers'
import { doubleText, toText } from '@/lab/interpreter/values/text'
import { typeOf } from '@/lab/interpreter/values/type-names'
import type { GoldenError } from './cases'

const LIMIT = 2n ** 32n

/** How deep a value is written out; below, only its text counts, as it may hold itself. */
const DEPTH = 6

/** Recorded answers are UTF-8: half a character that takes two is written as the sign for what cannot be read. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** A value as the case files write it. */
export function encode(value: unknown, depth = 0): unknown {
  if (isNull(value)) return null
  if (typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'bigint') return { $number: value.toString() }
  if (value instanceof PSDouble) return { $number: doubleText(value.value, value.single) }
  if (value instanceof PSDecimal) return { $number: value.toString() }
  if (value instanceof PSInteger) {
    const small = value.value < LIMIT && value.value > -LIMIT && !/64|Big/.test(value.type)
    return small ? Number(value.value) : { $number: value.value.toString() }
  }
  if (value instanceof PSChar) return { $char: wellFormed(value.toString()) }
  if (value instanceof PSDateTime)
    return { $datetime: formatDate(value, 'yyyy-MM-ddTHH:mm:ss.fffffff'), kind: value.kind }
  const inner = (held: unknown) => encode(held, depth + 1)
  if (value instanceof PSObj && typeOf(value) === 'System.Management.Automation.PSCustomObject')
    return { $object: Object.fromEntries([...value.props.values()].map(p => [p.name, inner(p.value)])) }
  // The keys of a plain table are no list, and neither is a queue, a stack or a set.
  if (value instanceof PSList && NO_LIST.test(value.type)) return { $string: toText(value) }
  if (depth > DEPTH && (isSequence(value) || value instanceof PSHash)) return { $string: toText(value) }
  if (isSequence(value)) return { $array: enumerate(value).map(inner) }
  if (value instanceof PSHash) return { $dictionary: entries(value, inner) }
  // Of an object of the runtime only its text counts, which is its type's name.
  return { $string: value instanceof PSObj ? (value.types[0] ?? '') : toText(value) }
}

const NO_LIST = /^System\.Collections\.(Hashtable\+|(Generic\.)?(Queue|Stack|HashSet)(`|$))/

function entries(value: PSHash, inner: (held: unknown) => unknown): [string, unknown][] {
  const pairs = [...value.entries.values()].map(([key, held]): [string, unknown] => [
    toText(key),
    inner(held),
  ])
  if (value.ordered) return pairs
  return pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

export const encodeType = (value: unknown): string | null => (isNull(value) ? null : typeOf(value))

/** A type's name without the assemblies of its arguments, which only a real runtime has. */
export const plainType = (name: string | null): string | null => name?.replace(/, [^\]]*/g, '') ?? null

export function encodeError(record: PSErrorRecord): GoldenError {
  return {
    message: wellFormed(record.message),
    exception: record.exception.type,
    id: record.id,
    category: record.category,
  }
}
