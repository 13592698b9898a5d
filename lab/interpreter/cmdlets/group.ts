import { refuse } from '../refusal'
import { equal } from '../runtime/comparison'
import type { Cmdlet } from '../runtime/context'
import { raise } from '../runtime/errors'
import { isNull, NOTHING, PSHash, PSList, PSObj } from '../values/model'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { cmdlet } from './define'
import { type Asked, askedFor, MISSING_PROPERTY } from './property'
import { type Keyed, keysOf, orderKeys } from './sort'

const COLLECTION = 'System.Collections.ObjectModel.Collection`1[[System.Management.Automation.PSObject]]'

type Group = { keys: unknown[]; items: unknown[] }

/** Group-Object: groups come ordered by their values where these are of one type, else as they were met. */
export const groupObject: Cmdlet = cmdlet(
  'Group-Object',
  'InputObject Property NoElement AsHashTable AsString CaseSensitive',
  run => {
    const all: Keyed[] = []
    let properties: Asked[] = []
    return {
      begin() {
        if (run.on('AsString') && !run.on('AsHashTable'))
          raise({
            message:
              'The command cannot be run because the AsString parameter requires that you specify the AsHashtable parameter.',
            id: 'ArgumentException,Microsoft.PowerShell.Commands.GroupObjectCommand',
            category: 'InvalidArgument',
            type: 'System.ArgumentException',
          })
        properties = askedFor(run.get('Property'), 'group')
      },
      async process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item === NOTHING || isNull(item)) return
        const keys = await keysOf(item, properties, run)
        if (keys.some(key => key instanceof PSObj || key instanceof PSHash)) refuse('grouping by an object')
        if (keys.length > 1 && keys.some(key => key === MISSING_PROPERTY || isNull(key)))
          refuse('grouping by several properties, where one is not there')
        all.push({ item, keys })
      },
      async end() {
        const groups = gathered(all, run.on('CaseSensitive'))
        if (run.on('AsHashTable')) {
          if (all.length > 0) await run.out(asTable(groups, run.on('AsString'), run.on('CaseSensitive')))
          return
        }
        for (const group of groups) await run.out(info(group, run.on('NoElement')))
      },
    }
  },
)

function gathered(all: Keyed[], caseSensitive: boolean): Group[] {
  const order = (a: Keyed, b: Keyed) => {
    for (const [i, key] of a.keys.entries()) {
      const other = b.keys[i]
      if (key === MISSING_PROPERTY || other === MISSING_PROPERTY) {
        // What has no such property comes after everything else, but is no group of its own beside null.
        if (key !== other) return key === MISSING_PROPERTY ? 1 : -1
        continue
      }
      const by = orderKeys(key, other, caseSensitive)
      if (by !== 0) return by
    }
    return 0
  }
  const groups: Group[] = []
  const ordered = ofOneType(all) ? [...all].sort(order) : all
  for (const { item, keys: found } of ordered) {
    const keys = found.map(key => (key === MISSING_PROPERTY ? null : key))
    const group = groups.find(one => one.keys.every((key, i) => equal(key, keys[i] ?? null, caseSensitive)))
    if (group) group.items.push(item)
    else groups.push({ keys, items: [item] })
  }
  return groups
}

/** Whether the values of each property are of one type; null and what is not there are of any. */
function ofOneType(all: Keyed[]): boolean {
  const types: string[] = []
  return all.every(({ keys }) =>
    keys.every((key, i) => {
      if (isNull(key) || key === MISSING_PROPERTY) return true
      types[i] ??= typeOf(key)
      return types[i] === typeOf(key)
    }),
  )
}

function info(group: Group, noElement: boolean): PSObj {
  const made = new PSObj([
    `Microsoft.PowerShell.Commands.GroupInfo${noElement ? 'NoElement' : ''}`,
    'System.Object',
  ])
  made.set('Values', new PSList('System.Collections.ArrayList', [...group.keys]))
  made.set('Count', group.items.length)
  made.set('Group', new PSList(COLLECTION, noElement ? [] : group.items))
  made.set('Name', group.keys.map(key => toText(key)).join(', '))
  return made
}

function asTable(groups: Group[], asString: boolean, caseSensitive: boolean): PSHash {
  const table = new PSHash(undefined, caseSensitive)
  for (const group of groups) {
    if (group.keys.length > 1) refuse('-AsHashTable with several properties')
    const [key] = group.keys
    if (isNull(key) && !asString) refuse('-AsHashTable with a null key')
    table.set(asString ? toText(key) : key, new PSList(COLLECTION, group.items))
  }
  return table
}
