import { refuse } from '../refusal'
import { equal, sortOrder } from '../runtime/comparison'
import type { Cmdlet, Run } from '../runtime/context'
import { isSequence } from '../runtime/enumerate'
import { isNull, NetObject, NOTHING, PSHash, PSObj } from '../values/model'
import { toBig } from '../values/numbers'
import { cmdlet } from './define'
import { introSort } from './intro-sort'
import { type Asked, askedFor, MISSING_PROPERTY, optionOn, readAskedOr } from './property'

export type Keyed = { item: unknown; keys: unknown[] }

/** The values an item is ordered or grouped by. */
export async function keysOf(item: unknown, properties: Asked[], run: Run): Promise<unknown[]> {
  if (properties.length === 0) return [item]
  const keys: unknown[] = []
  for (const one of properties) keys.push(await readAskedOr(one, item, run, MISSING_PROPERTY))
  return keys
}

/** Orders two keys as the cmdlets do. */
export function orderKeys(a: unknown, b: unknown, caseSensitive: boolean): number {
  if (a === MISSING_PROPERTY || b === MISSING_PROPERTY) return a === b ? 0 : a === MISSING_PROPERTY ? -1 : 1
  for (const one of [a, b])
    if (isSequence(one) || one instanceof PSHash || one instanceof NetObject)
      refuse('ordering by a collection or an object')
  return sortOrder(a, b, caseSensitive)
}

export const sortObject: Cmdlet = cmdlet(
  'Sort-Object',
  'InputObject Property Descending Unique Stable CaseSensitive Top Bottom',
  run => {
    const all: Keyed[] = []
    let properties: Asked[] = []
    return {
      begin() {
        properties = askedFor(run.get('Property'), 'sort')
      },
      async process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item === NOTHING || isNull(item)) return
        if (properties.length === 0 && item instanceof PSObj) refuse('sorting objects without a property')
        const keys = await keysOf(item, properties, run)
        all.push({ item, keys })
      },
      async end() {
        const caseSensitive = run.on('CaseSensitive')
        const backwards = properties.map(one => {
          const down = one.options.has('descending') ? optionOn(one, 'descending') : null
          const up = one.options.has('ascending') ? optionOn(one, 'ascending') : null
          // Two that contradict each other count for nothing.
          if (down === null ? up === null : down === up) return run.on('Descending')
          return down ?? !up
        })
        const order = (a: Keyed, b: Keyed) => {
          for (const [i, key] of a.keys.entries()) {
            const other = b.keys[i]
            const by = orderKeys(key, other, caseSensitive)
            // What has no such property comes last, whichever way the others go.
            if (by !== 0 && (key === MISSING_PROPERTY || other === MISSING_PROPERTY))
              return key === MISSING_PROPERTY ? 1 : -1
            if (by !== 0) return (backwards[i] ?? run.on('Descending')) ? -by : by
          }
          return 0
        }
        for (const { item } of arranged(all, order, run)) await run.out(item)
      },
    }
  },
)

function arranged(all: Keyed[], order: (a: Keyed, b: Keyed) => number, run: Run): Keyed[] {
  const size = (name: string) => Number(toBig(run.get(name) as number))
  const sorted = [...all]
  if (run.on('Stable') || run.has('Top') || run.has('Bottom')) sorted.sort(order)
  else introSort(sorted, order)
  if (run.on('Unique')) {
    if (run.has('Top') || run.has('Bottom')) refuse('-Unique together with -Top or -Bottom')
    return sorted.filter((one, i) => i === 0 || order(sorted[i - 1] ?? one, one) !== 0)
  }
  if (run.has('Top')) return sorted.slice(0, size('Top'))
  return run.has('Bottom') ? sorted.slice(-size('Bottom')) : sorted
}

/** Get-Unique: leaves out items equal to the one before. */
export const getUnique: Cmdlet = cmdlet('Get-Unique', 'InputObject CaseInsensitive', run => {
  let last: unknown = NOTHING
  return {
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (item === NOTHING) return
      if (item instanceof PSObj || item instanceof PSHash || isSequence(item))
        refuse('Get-Unique over objects')
      if (!isNull(last) && equal(last, item, !run.on('CaseInsensitive'))) return
      last = item
      await run.out(item)
    },
  }
})
