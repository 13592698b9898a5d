import { type May, no, type TransitionTable, yes } from './transitions'

/**
 * A wave goes through its runbook's segments: each segment is asked for (awaiting_approval), approved, runs its
 * item steps (running), then its wave step such as the delta sync (syncing). After that it waits for the next
 * segment's approval, or is done. A withdrawn, rejected, lapsed or voided request leads back to draft, which for
 * a later segment means: not asked for at the moment.
 */
export const waveStates = [
  'draft',
  'awaiting_approval',
  'approved',
  'running',
  'syncing',
  'done',
  'cancelled',
] as const
export type WaveState = (typeof waveStates)[number]

export const waveTransitions: TransitionTable<WaveState> = {
  draft: ['awaiting_approval', 'done', 'cancelled'],
  awaiting_approval: ['approved', 'draft', 'cancelled'],
  approved: ['running', 'draft', 'cancelled'],
  running: ['syncing', 'awaiting_approval', 'draft', 'done', 'cancelled'],
  syncing: ['running', 'awaiting_approval', 'draft', 'done', 'cancelled'],
  done: ['running'],
  cancelled: [],
}

export const isWaveOpen = (state: WaveState): boolean => state !== 'done' && state !== 'cancelled'
export const isWaveAtWork = (state: WaveState): boolean => state === 'running' || state === 'syncing'

export type WaveFacts = {
  state: WaveState
  segment: number
  people: number
  unread: number
  hasTargetPool: boolean
}

/** What a request waits for when nothing else is in the way; whoever asks can wait for it and ask again. */
export const NOT_READ_YET = 'have not been read on the estate yet'

export function mayRequestApproval(wave: WaveFacts): May {
  if (wave.state === 'awaiting_approval') return no('This wave already waits for a decision.')
  if (wave.state === 'approved') return no('This wave is already approved.')
  if (wave.state !== 'draft')
    return no(`This wave is ${waveWord(wave.state).toLowerCase()}, so there is nothing to ask for.`)
  if (wave.people === 0) return no('Nobody is in this wave. Move people into it first.')
  if (!wave.hasTargetPool)
    return no(
      'Somebody in this wave has no target pool. Set the batch’s target pool, or give each person one in a TargetPool column.',
    )
  if (wave.unread > 0)
    return no(
      `${wave.unread} of ${wave.people} people ${NOT_READ_YET}. Wait for readiness, or start a worker.`,
    )
  return yes
}

export function mayWithdraw(wave: { state: WaveState }): May {
  return wave.state === 'awaiting_approval' ? yes : no('There is no open request to withdraw.')
}

export function mayDecide(wave: { state: WaveState }): May {
  return wave.state === 'awaiting_approval' ? yes : no('There is no open request to decide.')
}

export function maySplitWave(wave: { state: WaveState; segment: number }): May {
  if (wave.state !== 'draft' || wave.segment > 0)
    return no('Only a wave that has not been asked for or started can be split.')
  return yes
}

export function mayCancelWave(wave: { state: WaveState }): May {
  if (isWaveAtWork(wave.state))
    return no('The wave is running. Hold it first; what runs is given its time to end.')
  return isWaveOpen(wave.state) ? yes : no(`The wave is already ${waveWord(wave.state).toLowerCase()}.`)
}

export function mayOpenGate(wave: { isPilot: boolean; state: WaveState; gateOpen: boolean }): May {
  if (wave.isPilot) return no('The pilot has no gate before it.')
  if (wave.gateOpen) return no('The gate is already open.')
  return isWaveOpen(wave.state) ? yes : no('The wave has ended.')
}

/** The state in words, as badges show it. */
export function waveWord(state: WaveState): string {
  switch (state) {
    case 'draft':
      return 'Not asked for'
    case 'awaiting_approval':
      return 'Waiting for approval'
    case 'approved':
      return 'Approved'
    case 'running':
      return 'Running'
    case 'syncing':
      return 'Waiting for the sync'
    case 'done':
      return 'Done'
    case 'cancelled':
      return 'Cancelled'
    default:
      return state satisfies never
  }
}
