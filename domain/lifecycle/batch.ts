import { type May, no, type TransitionTable, yes } from './transitions'

/**
 * A batch is a draft until its first wave is asked for, active while any wave is under way, and ends either
 * done (every wave done or cancelled, at least one done) or cancelled. A draft can be edited, split and
 * deleted; what has been active is history and can only end. A retry takes one that is done up again.
 */
export const batchStates = ['draft', 'active', 'done', 'cancelled'] as const
export type BatchState = (typeof batchStates)[number]

export const batchTransitions: TransitionTable<BatchState> = {
  draft: ['active', 'cancelled'],
  active: ['draft', 'done', 'cancelled'],
  done: ['active'],
  cancelled: [],
}

export const isBatchOpen = (state: BatchState): boolean => state === 'draft' || state === 'active'

export function mayEditBatch(batch: { state: BatchState; startedWaves: number }): May {
  if (!isBatchOpen(batch.state))
    return no(`The batch is ${batchWord(batch.state)}, so nothing in it can be changed.`)
  if (batch.startedWaves > 0)
    return no(
      'A wave of this batch has started. Waves that have not started can still be split or cancelled.',
    )
  return yes
}

export function mayDeleteBatch(batch: { state: BatchState; startedWaves: number }): May {
  if (batch.startedWaves > 0)
    return no('Something in this batch has run, so its history stays. Cancel what is left instead.')
  if (batch.state === 'done') return no('The batch is done, so its history stays.')
  return yes
}

export function mayCancelBatch(batch: { state: BatchState }): May {
  return isBatchOpen(batch.state) ? yes : no(`The batch is already ${batchWord(batch.state)}.`)
}

/** The state in words, as badges and sentences show it. */
export function batchWord(state: BatchState): string {
  switch (state) {
    case 'draft':
      return 'a draft'
    case 'active':
      return 'under way'
    case 'done':
      return 'done'
    case 'cancelled':
      return 'cancelled'
    default:
      return state satisfies never
  }
}
