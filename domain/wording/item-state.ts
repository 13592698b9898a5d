import { type ItemState, itemWord } from '../lifecycle/item'

/** What an item is about at the moment, as far as it is known; times come ready for the reader's zone. */
export type ItemSituation = {
  state: ItemState
  /** The verb of the step that runs: “Moving”, “Enabling”. */
  verb?: string | null
  /** What is waited for: “the sync”, “a free session”, “the hold on the wave to be released”. */
  waitingFor?: string | null
  /** Since when, already written as a clock time: “22:36”. */
  since?: string | null
}

/** The words beside an item's glyph: “Moving”, “Waiting for the sync since 22:36”, “Moved and verified”. */
export function itemPhrase({ state, verb, waitingFor, since }: ItemSituation): string {
  if (state === 'running') return verb || itemWord(state)
  if (state !== 'waiting') return itemWord(state)
  const what = waitingFor ? `Waiting for ${waitingFor}` : itemWord(state)
  return since ? `${what} since ${since}` : what
}

/** The words of one part of a crossing bar, after its number: “1,184 verified”, “21 need a person”. */
export function partWord(state: ItemState, count: number): string {
  switch (state) {
    case 'not_started':
      return 'not started'
    case 'running':
      return 'in progress'
    case 'waiting':
      return 'waiting'
    case 'done':
      return 'verified'
    case 'no_change':
      return 'already there'
    case 'needs_person':
      return count === 1 ? 'needs a person' : 'need a person'
    case 'failed':
      return 'failed'
    case 'unknown':
      return 'outcome unknown'
    case 'left_out':
      return 'left out'
    default:
      return state satisfies never
  }
}
