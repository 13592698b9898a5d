import { itemStates } from '@/domain/lifecycle/item'
import type { ItemFilter } from '@/server/queries/item-where'
import type { Option } from '../command'
import { type Given, Misuse } from '../given'

/** The options by which people of a batch are found, as in the table on a batch's page. */
export const filterOptions: Readonly<Record<string, Option>> = {
  states: { value: 'STATE,…', does: `in one of these states: ${itemStates.join(', ')}` },
  wave: { value: 'ID', does: 'in this wave' },
  cluster: { value: 'SIGNATURE', does: 'with this failure, as ferry clusters names it' },
  search: { value: 'TEXT', does: 'with these words in name, addresses or note' },
}

/** The filter that was given; no key where none was. Throws Misuse for a state that does not exist. */
export function filterOf(given: Given): ItemFilter {
  const states = given.list('states').map(name => {
    const state = itemStates.find(one => one === name)
    if (!state) throw new Misuse(`There is no state ${name}. There are ${itemStates.join(', ')}.`)
    return state
  })
  const [waveId, cluster, search] = ['wave', 'cluster', 'search'].map(name => given.maybe(name))
  return {
    ...(states.length > 0 ? { states } : {}),
    ...(waveId ? { waveId } : {}),
    ...(cluster ? { cluster } : {}),
    ...(search ? { search } : {}),
  }
}
