import { type May, no, type TransitionTable, yes } from './transitions'

/**
 * An item is one person in a batch. `not_started` until a segment of its wave starts; `waiting` while it is due but
 * nothing works on it (a seat, the sync, the next approval, a hold, a retry later); `running` while a worker holds
 * its lease. It ends `done`, `no_change` (already there), `left_out`, or stands in front of a person as
 * `needs_person` or `failed`. Out of `unknown` leads only a probe (rule 1): back to `waiting` or on to `done` and its
 * like when the state was read; to `needs_person` when it was read as before and the change itself had failed in a way that
 * only a person mends; to `needs_person` or `left_out` when a person says so after readings failed. Somebody of whom a person
 * said so goes back to `unknown` when tried again: what was not seen is read before anything is repeated (rule 2).
 */
export const itemStates = [
  'not_started',
  'running',
  'waiting',
  'done',
  'no_change',
  'needs_person',
  'failed',
  'unknown',
  'left_out',
] as const
export type ItemState = (typeof itemStates)[number]

export const itemTransitions: TransitionTable<ItemState> = {
  not_started: ['waiting', 'left_out'],
  waiting: ['running', 'waiting', 'done', 'no_change', 'needs_person', 'left_out'],
  running: ['waiting', 'done', 'no_change', 'needs_person', 'failed', 'unknown'],
  done: [],
  no_change: [],
  needs_person: ['waiting', 'unknown', 'left_out'],
  failed: ['waiting', 'left_out'],
  unknown: ['waiting', 'done', 'no_change', 'needs_person', 'left_out'],
  left_out: [],
}

/** Why an item was left out; one bucket on screen, but never one story. */
export const outKinds = ['carved_out', 'skipped', 'cancelled'] as const
export type OutKind = (typeof outKinds)[number]

/** Nothing more happens by itself: ended for good, or standing in front of a person. */
export const isItemSettled = (state: ItemState): boolean =>
  state === 'done' ||
  state === 'no_change' ||
  state === 'left_out' ||
  state === 'needs_person' ||
  state === 'failed'

export const isItemVerified = (state: ItemState): boolean => state === 'done' || state === 'no_change'

export type ItemCounts = Record<ItemState, number>

export function emptyCounts(): ItemCounts {
  return Object.fromEntries(itemStates.map(state => [state, 0])) as ItemCounts
}

export function totalOf(counts: ItemCounts): number {
  return itemStates.reduce((sum, state) => sum + counts[state], 0)
}

/** People who are still on their way by themselves. */
export const peopleAhead = (counts: ItemCounts): number =>
  counts.not_started + counts.waiting + counts.running + counts.unknown

export function mayRetryItem(item: { state: ItemState }): May {
  if (item.state === 'unknown')
    return no('The outcome is unknown. Ferry reads the real state back first and repeats nothing until then.')
  if (item.state !== 'needs_person' && item.state !== 'failed')
    return no('Only people who failed or need a person can be retried.')
  return yes
}

export function maySkipItem(item: { state: ItemState; readbacksFailed: number }): May {
  if (item.state === 'needs_person' || item.state === 'failed' || item.state === 'not_started') return yes
  if (item.state === 'unknown')
    return item.readbacksFailed >= 3
      ? yes
      : no('Ferry is still reading the real state back. A person may decide after three readings failed.')
  return no('Only people who have not started, failed or need a person can be skipped.')
}

export function mayReadBackItem(item: { state: ItemState }): May {
  return item.state === 'unknown' ? yes : no('The outcome is known, so there is nothing to read back.')
}

/** Rule 1: a person may say what becomes of an unknown outcome, after readings that failed; never that it is done. */
export function mayResolveItem(item: { state: ItemState; readbacksFailed: number }): May {
  if (item.state !== 'unknown') return no('The outcome is known, so there is nothing to decide.')
  return item.readbacksFailed >= 3
    ? yes
    : no('Ferry is still reading the real state back. A person may decide after three readings failed.')
}

/** The state in words. A running item shows its step's own verb instead, see wording/item-state. */
export function itemWord(state: ItemState): string {
  switch (state) {
    case 'not_started':
      return 'Not started'
    case 'running':
      return 'Running'
    case 'waiting':
      return 'Waiting'
    case 'done':
      return 'Moved and verified'
    case 'no_change':
      return 'Already there, no change'
    case 'needs_person':
      return 'Needs a person'
    case 'failed':
      return 'Failed'
    case 'unknown':
      return 'Outcome unknown, reading back'
    case 'left_out':
      return 'Left out'
    default:
      return state satisfies never
  }
}
