import type { FailureClass } from '../failures/classes'

/** What one look at a sync server said. `code` is the reason's: busy, staging, suspended, idle, running, ended. */
export type SyncLook = {
  phase: 'probe' | 'apply' | 'verify'
  state: string
  code: string
  reason: string
  /** Class of the error that ended it, where one did; a lost shell is SESSION_LOST. */
  errorClass: FailureClass | null
}

/**
 * go: the next phase · look: ask again in a moment, the cycle runs · over: it has ended · poll: not now and nobody's fault, such as
 * a cycle that runs already · fault: not now, and it counts; the pauses grow.
 */
export type SyncNext =
  | { next: 'go' | 'look' | 'over' }
  | { next: 'poll' | 'fault'; reason: string; seconds: number }

const ladder = [10, 30, 60, 120, 300] as const

/** Words for what keeps a sync server from running a cycle, which a person has to change. */
const named: Readonly<Record<string, string>> = {
  staging:
    'This sync server is in staging mode and exports nothing. Make it the active one, or name the active one.',
  suspended:
    'The sync scheduler is suspended, as it is while somebody has the wizard open. Close the wizard.',
}

/** What follows from a look. `faults` is how often in a row it failed so far; a lab keeps the pauses' shape and shortens them. */
export function afterSyncLook(look: SyncLook, faults: number, kind: 'lab' | 'live'): SyncNext {
  const pause = (seconds: number): number => (kind === 'lab' ? Math.max(1, seconds * 0.05) : seconds)
  const standing = named[look.code]
  if (standing && look.errorClass === null) return { next: 'poll', reason: standing, seconds: pause(60) }
  if (look.errorClass === 'BUSY' || (look.state === 'blocked' && look.code === 'busy'))
    return {
      next: 'poll',
      reason:
        'A sync cycle is running already. It may have begun too early to count, so one more follows it.',
      seconds: pause(20),
    }
  if (look.errorClass === null) {
    if (look.phase === 'probe' && (look.state === 'needed' || look.state === 'done')) return { next: 'go' }
    if (look.phase === 'apply' && look.state === 'applied') return { next: 'go' }
    if (look.phase === 'verify' && look.state === 'done') return { next: 'over' }
    if (look.phase === 'verify' && look.state === 'unknown') return { next: 'look' }
  }
  const seconds = pause(ladder[Math.min(faults, ladder.length - 1)] ?? 300)
  return { next: 'fault', reason: look.reason, seconds }
}
