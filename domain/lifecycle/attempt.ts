import type { TransitionTable } from './transitions'

/**
 * One execution of a step. The state is written before the thing it names begins: an attempt found in `applying`
 * after its worker died may have changed the estate, so it becomes `unknown`; one found in `probing` has changed
 * nothing and is `lost`. Kinds: `run` (probe, apply, verify), `readback` (probe only, to resolve unknown),
 * `readiness` (probe only, before planning), `barrier` (a wave's step).
 */
export const attemptStates = [
  'queued',
  'probing',
  'applying',
  'verifying',
  'done',
  'no_change',
  'blocked',
  'failed',
  'unknown',
  'lost',
] as const
export type AttemptState = (typeof attemptStates)[number]

export const attemptKinds = ['run', 'readback', 'readiness', 'barrier'] as const
export type AttemptKind = (typeof attemptKinds)[number]

export const attemptTransitions: TransitionTable<AttemptState> = {
  queued: ['probing', 'lost'],
  probing: ['applying', 'done', 'no_change', 'blocked', 'failed', 'lost'],
  applying: ['verifying', 'failed', 'unknown', 'blocked'],
  verifying: ['done', 'failed', 'unknown', 'blocked'],
  done: [],
  no_change: [],
  blocked: [],
  failed: [],
  unknown: [],
  lost: [],
}

export const isAttemptOpen = (state: AttemptState): boolean => attemptTransitions[state].length > 0

/** What a lost shell, timeout or kill makes of an attempt (rule 1): only an apply that had begun is unknown. */
export function stateAfterLoss(state: AttemptState): AttemptState {
  return state === 'applying' || state === 'verifying' ? 'unknown' : 'lost'
}

export function attemptWord(state: AttemptState): string {
  switch (state) {
    case 'queued':
      return 'Queued'
    case 'probing':
      return 'Reading the state'
    case 'applying':
      return 'Changing'
    case 'verifying':
      return 'Reading back'
    case 'done':
      return 'Done and verified'
    case 'no_change':
      return 'Already there, no change'
    case 'blocked':
      return 'Blocked'
    case 'failed':
      return 'Failed'
    case 'unknown':
      return 'Outcome unknown'
    case 'lost':
      return 'Lost before anything changed'
    default:
      return state satisfies never
  }
}
