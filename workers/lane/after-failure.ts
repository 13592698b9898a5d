import { behaviours } from '@/domain/failures/classes'
import { retryDelaySeconds } from '@/domain/outcome/backoff'
import type { Facts, RunOutcome } from '@/server/commands/attempt-outcome'
import type { StepFailure } from './failure-of'
import type { WorkContext } from './work-context'

/** An outcome of a failure that left everything as it was. */
export type Unchanged = Extract<RunOutcome, { kind: 'failed' | 'blocked' | 'retry' }>

type Retrying = Pick<WorkContext, 'retriesSoFar' | 'estateKind'>

/** Nothing was changed: what the failure's class means for this person, this credential, this batch. */
export function afterFailure(failure: StepFailure, before: Facts | null, context: Retrying): Unchanged {
  const told = { reason: failure.reason, errorClass: failure.class, signature: failure.signature, before }
  switch (failure.class) {
    case 'FATAL':
    case 'AUTH':
      return { kind: 'failed', ...told, scope: failure.scope }
    case 'TRANSIENT':
    case 'THROTTLED':
    case 'SESSION_LOST':
    case 'BUSY':
      return retryOrBlock(failure, before, context)
    case 'PRECONDITION':
    case 'UNKNOWN_OUTCOME':
    case 'ALREADY_DONE':
    case 'NEEDS_PERSON':
      return { kind: 'blocked', ...told }
    default:
      return failure.class satisfies never
  }
}

/** Tries again after the pause of its class, or needs a person where the ladder is used up. */
export function retryOrBlock(
  failure: Pick<StepFailure, 'class' | 'signature' | 'reason' | 'delaysSeconds' | 'askedSeconds'>,
  before: Facts | null,
  context: Retrying,
): Unchanged {
  const told = {
    reason: failure.reason,
    errorClass: failure.class,
    signature: failure.signature,
    askedSeconds: failure.askedSeconds ?? null,
    before,
  }
  const polled = behaviours[failure.class].reaction === 'poll'
  const delaySeconds = retryDelaySeconds(failure.delaysSeconds, polled ? 0 : context.retriesSoFar, {
    kind: context.estateKind,
    jitter: Math.random(),
    askedSeconds: told.askedSeconds,
  })
  if (delaySeconds === null)
    return {
      kind: 'blocked',
      ...told,
      reason: `${failure.reason} It was tried ${context.retriesSoFar + 1} times.`,
    }
  return { kind: 'retry', ...told, delaySeconds, counts: !polled }
}

/** The runbook's scripts are not what they have to be: nobody else's would be either. */
export function scriptDefect(reason: string, before: Facts | null): Unchanged {
  return {
    kind: 'failed',
    reason,
    errorClass: 'FATAL',
    signature: 'script:defect',
    before,
    scope: 'estate',
  }
}
