import { type ImportState, importStates } from '@/domain/import/states'

/** The database's enum and the domain's list are the same words; this is where they meet. */
export function importState(stored: string): ImportState {
  const state = importStates.find(one => one === stored)
  if (state) return state
  throw new Error(`The database has an import state ${stored} that this Ferry does not know.`)
}
