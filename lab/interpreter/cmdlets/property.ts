import { refuse } from '../refusal'
import type { Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { PSThrow } from '../runtime/errors'
import { getMember, hasProperty } from '../runtime/members'
import { remember } from '../runtime/reporting'
import { truth } from '../values/convert'
import {
  isNull,
  NOTHING,
  PSDateTime,
  PSEntry,
  PSHash,
  PSObj,
  PSScriptBlock,
  PSTimeSpan,
  PSVersion,
} from '../values/model'
import { isNumber, PSDecimal } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { wildcard } from '../values/wildcard'

/** A property that a cmdlet was asked for: by name, by pattern, or calculated. */
export type Asked = {
  /** The name of the result; of a pattern, the pattern. */
  name: string
  pattern: boolean
  block: PSScriptBlock | null
  /** The property that is read where there is no script block. */
  source: string
  /** The other keys of a calculated property, in lower case. */
  options: Map<string, unknown>
}

const KEYS: Record<string, string[]> = {
  select: ['name', 'label', 'expression'],
  sort: ['expression', 'ascending', 'descending'],
  table: ['name', 'label', 'expression', 'formatstring', 'width', 'alignment'],
  list: ['name', 'label', 'expression', 'formatstring'],
  group: ['expression'],
}

/** Reads a -Property argument. `purpose` says which keys a calculated property may have. */
export function askedFor(value: unknown, purpose: keyof typeof KEYS): Asked[] {
  return enumerate(value).map(one => asked(one, KEYS[purpose] ?? []))
}

function asked(given: unknown, known: string[]): Asked {
  const plain = { options: new Map<string, unknown>(), pattern: false, block: null }
  if (given instanceof PSScriptBlock) return { ...plain, name: given.toString(), block: given, source: '' }
  if (given instanceof PSHash) {
    const options = new Map<string, unknown>()
    for (const [key, held] of given.entries.values()) {
      const short = toText(key).toLowerCase()
      const full = known.filter(name => name.startsWith(short))
      const [only] = full
      if (!only || short === '' || (full.length > 1 && !known.includes(short)))
        return refuse(`the key ${short} of a calculated property`)
      options.set(known.includes(short) ? short : only, held)
    }
    const expression = options.get('expression')
    const label = options.get('name') ?? options.get('label')
    if (expression instanceof PSScriptBlock)
      return { ...plain, options, block: expression, source: '', name: toText(label ?? expression) }
    if (typeof expression !== 'string') return refuse('a calculated property without an expression')
    if (/[*?[]/.test(expression)) return refuse('a pattern in a calculated property')
    return { ...plain, options, name: toText(label ?? expression), source: expression }
  }
  if (isNull(given) || toText(given) === '') return refuse('an empty property name')
  const name = toText(given)
  return { ...plain, name, source: name, pattern: /[*?[]/.test(name) }
}

/** Whether an item has a property; that everything can be asked for Count and Length does not count here. */
export async function hasOwn(item: unknown, name: string, run: Run): Promise<boolean> {
  const lower = name.toLowerCase()
  if (lower === 'length' || lower === 'count') {
    if (typeof item === 'string') return lower === 'length'
    if (item instanceof PSObj) return item.props.has(lower)
    if (item instanceof PSHash) return lower === 'count' || item.has(name)
    if (!isSequence(item)) return false
  }
  return hasProperty(item, name, run.cx)
}

/** Stands for the value of a property that is not there. */
export const MISSING_PROPERTY = Symbol('absent')

/** The value of a property of an item; null where there is none, or where its script block fails. */
export async function readAsked(one: Asked, item: unknown, run: Run): Promise<unknown> {
  const value = await readOrAbsent(one, item, run, true)
  return value === MISSING_PROPERTY ? null : value
}

/** The same, with a default where the item has no such property. */
export async function readAskedOr<T>(
  one: Asked,
  item: unknown,
  run: Run,
  otherwise: T,
): Promise<unknown | T> {
  const value = await readOrAbsent(one, item, run, false)
  return value === MISSING_PROPERTY ? otherwise : value
}

async function readOrAbsent(one: Asked, item: unknown, run: Run, swallow: boolean): Promise<unknown> {
  if (one.block) {
    const { begin, process } = one.block.node
    if (begin || process) refuse('named blocks in a calculated property')
    const { session } = run.cx
    const tries = session.tries
    try {
      // An error inside is swallowed by the cmdlet, so it has to come out of the block as one.
      session.tries = tries + 1
      const out = await session.collect(one.block, run.cx, { item: { value: item } })
      return out.length === 0 ? null : out.length === 1 ? out[0] : out
    } catch (fault) {
      if (!(fault instanceof PSThrow)) throw fault
      if (!swallow) refuse('an error in a calculated property')
      remember(run.cx, fault.record)
      return null
    } finally {
      session.tries = tries
    }
  }
  if (one.pattern) return refuse('a pattern as a property name here')
  if (!(await hasOwn(item, one.source, run))) return MISSING_PROPERTY
  const value = await getMember(item, one.source, run.cx)
  return value === NOTHING ? null : value
}

const DATE_PROPERTIES =
  'DateTime Date Day DayOfWeek DayOfYear Hour Kind Millisecond Microsecond Nanosecond Minute Month Second Ticks TimeOfDay Year'
const SPAN_PROPERTIES =
  'Ticks Days Hours Milliseconds Microseconds Nanoseconds Minutes Seconds TotalDays TotalHours TotalMilliseconds TotalMicroseconds TotalNanoseconds TotalMinutes TotalSeconds'

/** The names of a value's properties, in their order. */
export function propertyNames(value: unknown): string[] {
  if (value instanceof PSDecimal) return refuse('the properties of a decimal')
  if (value instanceof PSObj) return [...value.props.values()].map(p => p.name)
  if (value instanceof PSHash) return value.keys().map(key => toText(key))
  if (typeof value === 'string') return ['Length']
  if (typeOf(value) === 'System.Numerics.BigInteger')
    return ['IsPowerOfTwo', 'IsZero', 'IsOne', 'IsEven', 'Sign']
  if (isNumber(value) || typeof value === 'boolean') return []
  if (value instanceof PSDateTime) return DATE_PROPERTIES.split(' ')
  if (value instanceof PSTimeSpan) return SPAN_PROPERTIES.split(' ')
  if (value instanceof PSVersion && value.type === 'System.Version')
    return ['Major', 'Minor', 'Build', 'Revision', 'MajorRevision', 'MinorRevision']
  if (value instanceof PSEntry) return ['Name', 'Key', 'Value']
  return refuse(`the properties of a ${typeOf(value)}`)
}

/** Patterns resolved against an item: each asked property stands for itself, or for all that match. */
export function expanded(all: Asked[], item: unknown): Asked[] {
  return all.flatMap(one => {
    if (!one.pattern) return [one]
    const test = wildcard(one.source)
    return propertyNames(item)
      .filter(name => test.test(name))
      .map(name => ({ ...one, name, source: name, pattern: false }))
  })
}

/** Whether an option of a calculated property is on. */
export const optionOn = (one: Asked, name: string): boolean =>
  one.options.has(name) && truth(one.options.get(name))
