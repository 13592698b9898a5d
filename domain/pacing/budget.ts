/**
 * What a service has asked of a credential. It is met by fewer sessions at work, at once, and by a pause; it comes back one
 * session at a time. Budgets of Microsoft's services count a credential over all its sessions.
 */
export type Budget = {
  /** Sessions that may work at once now. */
  sessions: number
  /** Seconds before anything may begin; 0 where no pause was asked for. */
  pauseSeconds: number
}

export type Asked =
  /** Answered, with a delay that the service put in front of it. */
  | { kind: 'delayed'; milliseconds: number }
  /** Refused, with the pause it asked for where it named one. */
  | { kind: 'throttled'; retryAfterSeconds: number | null }

/** A shorter delay is the service's ordinary breathing. */
const LEAST_DELAY_MS = 500

/** Without another word it is a minute before one more session may work. */
export const raiseAfterSeconds = (kind: 'lab' | 'live'): number => (kind === 'lab' ? 5 : 60)

/** What to do when a service asks for less; null where it is nothing to act on. */
export function slowedBudget(sessionsNow: number, asked: Asked, kind: 'lab' | 'live'): Budget | null {
  const scale = kind === 'lab' ? 0.05 : 1
  switch (asked.kind) {
    case 'delayed':
      return asked.milliseconds < LEAST_DELAY_MS
        ? null
        : { sessions: Math.max(1, sessionsNow - 1), pauseSeconds: asked.milliseconds / 1000 }
    case 'throttled':
      return {
        sessions: Math.max(1, Math.floor(sessionsNow / 2)),
        // A pause that the service names is obeyed to the second, also in a lab.
        pauseSeconds: asked.retryAfterSeconds ?? Math.max(1, 60 * scale),
      }
    default:
      return asked satisfies never
  }
}

/** Sessions after so many quiet seconds: one more for each minute, at most all of them. */
export function recoveredSessions(
  sessions: number,
  all: number,
  quietSeconds: number,
  kind: 'lab' | 'live',
): number {
  const steps = Math.floor(Math.max(0, quietSeconds) / raiseAfterSeconds(kind))
  return Math.min(all, sessions + steps)
}

/** The delay that a warning of Microsoft's shells tells of, in milliseconds; null where it tells of none. */
export function microDelayMs(warning: string): number | null {
  const found = /micro delay applied.*?actual delayed:\s*(\d+)\s*msecs/i.exec(warning)?.[1]
  return found === undefined ? null : Number(found)
}

/** The delays in an attempt's warnings, added up; 0 where there are none. */
export const delayedMs = (warnings: readonly string[]): number =>
  warnings.reduce((sum, warning) => sum + (microDelayMs(warning) ?? 0), 0)
