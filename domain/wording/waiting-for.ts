import type { ItemState } from '../lifecycle/item'
import type { WaveState } from '../lifecycle/wave'
import type { InTheWay } from '../way/in-the-way'
import { awaitedWords } from '../way/way-words'

export type WaitingFacts = {
  state: ItemState
  waveState: WaveState
  /** What keeps the next step from beginning now, as `inTheWay` says. */
  way: InTheWay | null
  /** The person's next step is the wave's own, such as the delta sync. */
  atWaveStep: boolean
  /** As recorded: `code: sentence`. */
  reason: string | null
  /** For times: the zone they are written in, and the moment they are read. */
  zone: string
  now: Date
}

/** What somebody who waits is waiting for, as it goes on after “Waiting for”; null for everybody else. */
export function waitingFor(facts: WaitingFacts): string | null {
  if (facts.state !== 'waiting') return null
  const { way } = facts
  if (way?.kind === 'hold') return awaitedWords(way, facts.zone, facts.now)
  if (facts.waveState === 'awaiting_approval' || facts.waveState === 'draft') return 'the approval'
  if (facts.waveState === 'approved') return 'the start of the wave'
  if (way) return awaitedWords(way, facts.zone, facts.now)
  if (facts.atWaveStep || facts.waveState === 'syncing') return 'the sync'
  if (facts.reason?.startsWith('not-synced:')) return 'the cloud to show the sync'
  if (facts.reason?.startsWith('Retry: ')) return 'the retry'
  return facts.reason && /^[a-z0-9-]+: /.test(facts.reason) ? 'the next try' : 'a free session'
}
