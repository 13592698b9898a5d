import { classify, type Failure } from '@/domain/failures/classify'
import type { FailureEvidence } from '@/domain/failures/evidence'
import type { Phase } from '@/domain/plan/phase'
import type { MetFailure } from '@/server/commands/attempt-outcome'
import type { Heeded } from '@/server/commands/heed-failure'
import type { ShellAnswer } from '@/workers/powershell/answer'
import type { Loss } from '@/workers/powershell/loss'
import { knownSignatures } from './known-signatures'

export type StepFailure = Failure & {
  /** One sentence for people: what the catalogue calls it, or the raw message of what nobody has described. */
  readonly reason: string
}

/** What is known besides the error itself: a fresh write makes "not found" pass by itself, a worn session a missing cmdlet. */
export type Circumstances = Pick<FailureEvidence, 'minutesSinceWrite' | 'sessionWorkedBefore'>

/** What went wrong in a script that answered, or null where it put out its result and nothing ended it. */
export function failureOf(
  answer: ShellAnswer,
  phase: Phase,
  circumstances: Circumstances = {},
): StepFailure | null {
  const ended = answer.errors.find(error => error.terminating)
  if (answer.result && !ended) return null
  if (!ended && answer.errors.length === 0) return null
  return withReason(
    classify(
      { phase, errors: answer.errors, warnings: answer.warnings, ...circumstances },
      knownSignatures(),
    ),
    (ended ?? answer.errors[0])?.message ?? '',
  )
}

/** What the loss of a shell means in this phase. */
export function failureOfLoss(loss: Loss, phase: Phase): StepFailure {
  return withReason(
    classify({ phase, errors: [], loss: { kind: loss.kind, message: loss.message, began: loss.began } }),
    loss.message,
  )
}

/** What of it concerns more than this one reading, change or cycle. */
export const heededOf = ({ class: errorClass, scope, askedSeconds = null }: StepFailure): Heeded => ({
  errorClass,
  scope,
  askedSeconds,
})

/** The same with its words, for an outcome that it does not decide. */
export const metOf = (failure: StepFailure): MetFailure => ({
  ...heededOf(failure),
  signature: failure.signature,
  reason: failure.reason,
})

function withReason(failure: Failure, message: string): StepFailure {
  const raw = message.trim().replace(/\s+/g, ' ')
  const reason = failure.class === 'NEEDS_PERSON' ? raw || failure.title : failure.title
  return { ...failure, reason: /[.!?]$/.test(reason) ? reason : `${reason}.` }
}
