import type { FailureScope } from '@/domain/failures/classes'
import type { Heeded } from './heed-failure'

export type Facts = Readonly<Record<string, string | number | boolean | null>>

type Failure = {
  reason: string
  errorClass: string | null
  signature: string | null
  /** The pause that the service asked for in its own words. */
  askedSeconds?: number | null
  /** The script of the change never ran, although it was written down that it begins: nothing can have changed. */
  untouched?: boolean
}

/** A failure that does not decide an outcome by itself: what of it concerns others is heeded all the same. */
export type MetFailure = Heeded & { signature: string | null; reason: string }

/**
 * What a worker saw of one run. `before` is what the probe read, `after` what was read last.
 * done: changed and read back · no_change: the probe found the wanted state · blocked: a person has to look, nothing is
 * claimed · failed: an error that trying again does not mend · retry: nothing was changed, try again later · unknown: the
 * change had begun and nobody saw its end (rule 1) · lost: the shell was lost before anything could change.
 * `failure` of an unknown outcome is what it comes down to once the state is read as before: how the change itself failed,
 * or a script that cannot be run. `met` is what failed beside it, such as a refused reading.
 */
export type RunOutcome =
  | {
      kind: 'done'
      reason: string
      before: Facts | null
      after: Facts | null
      seconds: number
      met?: readonly MetFailure[]
    }
  | { kind: 'no_change'; reason: string; before: Facts | null }
  | ({ kind: 'blocked'; before: Facts | null } & Failure)
  | ({ kind: 'failed'; before: Facts | null; scope: FailureScope } & Failure)
  | ({ kind: 'retry'; before: Facts | null; delaySeconds: number; counts: boolean } & Failure)
  | {
      kind: 'unknown'
      reason: string
      before: Facts | null
      failure?: MetFailure | null
      met?: readonly MetFailure[]
    }
  | { kind: 'lost'; reason: string }

/** What a reading after an unknown outcome said; `failed` when it could not be read. */
export type ReadbackOutcome = {
  said: 'done' | 'needed' | 'blocked' | 'unknown' | 'failed'
  reason: string
  facts: Facts | null
  /** What ended a reading that failed, where that is known. */
  failure?: Heeded | null
}

/** What the reading before planning found: codes for the plan, facts for people. */
export type ReadinessOutcome =
  | { kind: 'read'; codes: readonly string[]; facts: Facts }
  | { kind: 'unread'; reason: string; failure: Heeded | null }
