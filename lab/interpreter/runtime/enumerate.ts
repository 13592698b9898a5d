import { refuse } from '../refusal'
import { isNull, NetObject, PSEntry, type PSHash, PSList } from '../values/model'
import { raise } from './errors'

/** The items a value gives in a pipeline; nothing for null here. */
export function enumerate(v: unknown): unknown[] {
  if (isNull(v)) return []
  if (Array.isArray(v)) return v
  if (v instanceof PSList) return v.items
  if (v instanceof NetObject && v.methods['#items']) return v.methods['#items']([]) as unknown[]
  return [v]
}

/** Which items of a list literal were nothing at all: a pipeline leaves them out. */
const nothings = new WeakMap<unknown[], Set<number>>()

export function markNothing(items: unknown[], index: number): void {
  const known = nothings.get(items) ?? new Set()
  nothings.set(items, known.add(index))
}

/** The items that a value gives to a pipeline. */
export function pipedItems(v: unknown): unknown[] {
  const left = Array.isArray(v) ? nothings.get(v) : undefined
  const items = enumerate(v)
  // An array is gone through as it is by then: its items can be exchanged meanwhile.
  return left ? items.filter((_, i) => !left.has(i)) : Array.isArray(v) ? v : [...items]
}

/** Watches a collection that is gone through: says whether it has changed since. */
export function watched(v: unknown): () => boolean {
  if (v instanceof NetObject && v.methods['#changed']) {
    const changed = v.methods['#changed']
    return () => changed([]) === true
  }
  if (!(v instanceof PSList)) return () => false
  const { source, version: begun } = v
  if (source) {
    const { version } = source
    return () => source.version !== version
  }
  const { length } = v.items
  const isSet = v.type.includes('.HashSet`1')
  return () => {
    const changed = v.version !== begun || v.items.length !== length
    return changed && isSet ? refuse('a set that changes while it is gone through') : changed
  }
}

/** The error of a collection that changes while it goes through a pipeline. */
export const badEnumeration = (): never =>
  raise({
    message:
      'An error occurred while enumerating through a collection: Collection was modified; enumeration operation may not execute..',
    id: 'BadEnumeration',
    category: 'InvalidOperation',
  })

export const entryOf = (hash: PSHash, key: unknown, value: unknown): PSEntry =>
  new PSEntry(
    key,
    value,
    hash.generics
      ? `System.Collections.Generic.KeyValuePair${hash.generics}`
      : 'System.Collections.DictionaryEntry',
  )

/** Whether a value is a sequence for operators that filter. */
export const isSequence = (v: unknown): v is unknown[] | PSList => Array.isArray(v) || v instanceof PSList
