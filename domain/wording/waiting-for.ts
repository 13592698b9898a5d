import type { ItemState } from '../lifecycle/item'
import type { WaveState } from '../lifecycle/wave'

export type WaitingFacts = {
  state: ItemState
  waveState: WaveState
  /** A hold keeps this person from going on. */
  isHeld: boolean
  /** The person's next step is the wave's own, such as the delta sync. */
  atWaveStep: boolean
  /** As recorded: `code: sentence`. */
  reason: string | null
}

/** What somebody who waits is waiting for, as it goes on after “Waiting for”; null for everybody else. */
export function waitingFor(facts: WaitingFacts): string | null {
  if (facts.state !== 'waiting') return null
  if (facts.isHeld) return 'the hold to be released'
  if (facts.waveState === 'awaiting_approval' || facts.waveState === 'draft') return 'the approval'
  if (facts.waveState === 'approved') return 'the start of the wave'
  if (facts.atWaveStep || facts.waveState === 'syncing') return 'the sync'
  if (facts.reason?.startsWith('not-synced:')) return 'the cloud to show the sync'
  if (facts.reason?.startsWith('Retry: ')) return 'the retry'
  return facts.reason && /^[a-z0-9-]+: /.test(facts.reason) ? 'the next try' : 'a free session'
}
