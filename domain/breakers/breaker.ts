import { type FailureClass, failureClasses } from '../failures/classes'

/**
 * What a breaker watches. errors: one class of errors on an estate · pool: a target pool · worker: one process ·
 * credential · wave · harmed: people of a batch whose change began and did not end well.
 */
export const breakerScopes = ['errors', 'pool', 'worker', 'credential', 'wave', 'harmed'] as const
export type BreakerScope = (typeof breakerScopes)[number]

/** closed: work begins · open: nothing new begins · half_open: one person has begun, to see whether it has passed. */
export const breakerStates = ['closed', 'open', 'half_open'] as const
export type BreakerState = (typeof breakerStates)[number]

export type Breaker = {
  state: BreakerState
  /** Failures in a row. */
  consecutive: number
  /** The latest outcomes, oldest first: `x` failed, `.` did not. */
  recent: string
  /** How often it opened without a person having closed it: the pause grows with it. */
  timesOpened: number
}

export const closedBreaker: Breaker = { state: 'closed', consecutive: 0, recent: '', timesOpened: 0 }

/** When it opens: so many failures in a row, or such a share of the latest ones. */
export type Limits = { consecutive: number; share: number; of: number }

const usual: Limits = { consecutive: 8, share: 0.5, of: 20 }

/**
 * Limits of each scope. A class that concerns the estate or the shell opens after few; what lies in people's data only
 * where it is the rule and not the exception. BUSY and WAITING are no failures; THROTTLED has its budget (domain/pacing).
 */
const byClass: Readonly<Record<FailureClass, Limits | null>> = {
  ALREADY_DONE: null,
  BUSY: null,
  THROTTLED: null,
  TRANSIENT: usual,
  SESSION_LOST: { consecutive: 5, share: 0.5, of: 20 },
  UNKNOWN_OUTCOME: { consecutive: 5, share: 0.25, of: 20 },
  PRECONDITION: { consecutive: 15, share: 0.8, of: 30 },
  AUTH: { consecutive: 5, share: 0.4, of: 20 },
  FATAL: { consecutive: 3, share: 0.25, of: 20 },
  NEEDS_PERSON: { consecutive: 5, share: 0.3, of: 20 },
}

export function limitsOf(scope: Exclude<BreakerScope, 'harmed'>, target: string): Limits | null {
  switch (scope) {
    case 'errors': {
      const known = failureClasses.find(one => one === target)
      return known ? byClass[known] : null
    }
    case 'pool':
    case 'worker':
    case 'credential':
      return { consecutive: 10, share: 0.6, of: 20 }
    case 'wave':
      return { consecutive: 15, share: 0.6, of: 30 }
    default:
      return scope satisfies never
  }
}

/**
 * Whether an end of that class counts against a scope. Somebody's own data say nothing about a pool, a worker or a
 * credential; a lost shell says something about its worker and not about the pool.
 */
export function countsAgainst(scope: Exclude<BreakerScope, 'harmed'>, failure: FailureClass): boolean {
  if (byClass[failure] === null) return false
  switch (scope) {
    case 'errors':
    case 'wave':
      return true
    case 'pool':
      return failure === 'TRANSIENT' || failure === 'NEEDS_PERSON' || failure === 'UNKNOWN_OUTCOME'
    case 'worker':
      return failure === 'SESSION_LOST' || failure === 'UNKNOWN_OUTCOME' || failure === 'FATAL'
    case 'credential':
      return failure === 'AUTH' || failure === 'SESSION_LOST'
    default:
      return scope satisfies never
  }
}

export const classOf = (name: string | null): FailureClass | null =>
  failureClasses.find(one => one === name) ?? null

export type Judged = {
  breaker: Breaker
  /** What this outcome made of it; null where nothing changed that people would want to know. */
  turned: 'opened' | 'closed' | null
  /** Which limit was reached, in words; null unless it opened. */
  because: string | null
}

/**
 * One more outcome. A closed breaker opens at a limit. In half-open only the one person who was let through counts: a
 * failure opens it again, anything else closes it. What was in flight when it opened changes nothing.
 */
export function afterOutcome(breaker: Breaker, failed: boolean, limits: Limits, isProbe: boolean): Judged {
  const recent = (breaker.recent + (failed ? 'x' : '.')).slice(-limits.of)
  const consecutive = failed ? breaker.consecutive + 1 : 0
  if (breaker.state !== 'closed') {
    if (!isProbe) return { breaker: { ...breaker, recent }, turned: null, because: null }
    if (!failed) return { breaker: { ...closedBreaker }, turned: 'closed', because: null }
    return opened({ ...breaker, recent, consecutive }, 'The one person who was let through failed, too')
  }
  const now = { ...breaker, recent, consecutive }
  if (failed && consecutive >= limits.consecutive)
    return opened(now, consecutive === 1 ? 'One failure is enough' : `${consecutive} failures in a row`)
  const failures = recent.split('x').length - 1
  if (failed && recent.length >= limits.of && failures / recent.length >= limits.share)
    return opened(now, `${failures} of the latest ${recent.length} failed`)
  // A window without a failure in it says nothing more; the row rests until the next one.
  if (failures === 0) return { breaker: { ...now, recent: '' }, turned: null, because: null }
  return { breaker: now, turned: null, because: null }
}

function opened(breaker: Breaker, because: string): Judged {
  return {
    breaker: { ...breaker, state: 'open', timesOpened: breaker.timesOpened + 1, consecutive: 0, recent: '' },
    turned: 'opened',
    because,
  }
}

/**
 * Seconds until one person may try: a minute, doubled each time it opens again, thirty minutes at most; a lab keeps the shape
 * and shortens it. Null where only a person closes it: a crowd of harmed people is no matter of time. A credential that
 * is refused has its lanes stopped at once instead (rule 10), so that trying does not lock the account.
 */
export function probeAfterSeconds(
  breaker: { scope: BreakerScope; targetId: string; timesOpened: number },
  kind: 'lab' | 'live',
): number | null {
  if (breaker.scope === 'harmed') return null
  const seconds = Math.min(1800, 60 * 2 ** Math.max(0, breaker.timesOpened - 1))
  return kind === 'lab' ? Math.max(2, seconds * 0.05) : seconds
}

/** Whether so many harmed people stop the batch. What a person has taken note of does not count again. */
export const harmedReached = (harmed: number, cap: number, allowance: number): boolean =>
  harmed - allowance >= cap
