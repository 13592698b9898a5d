import { setTimeout as sleep } from 'node:timers/promises'
import { behaviours } from '@/domain/failures/classes'
import { retryDelaySeconds } from '@/domain/outcome/backoff'
import type { Phase } from '@/domain/plan/phase'
import type { RunbookDefinition } from '@/runbooks/definition'
import { findStep } from '@/runbooks/segments'
import type { Facts, RunOutcome } from '@/server/commands/attempt-outcome'
import type { Work } from '@/server/commands/begin-attempt'
import { beginApply, beginVerify } from '@/server/commands/hold-lease'
import type { Loss } from '@/workers/powershell/loss'
import type { Lease } from '@/workers/powershell/session-pool'
import { failureOf, failureOfLoss, type StepFailure } from './failure-of'
import { type Answered, type Running, runScript } from './run-script'
import { blockedBy, reasonCode, reasonSentence } from './verdict'

export type WorkContext = Running & {
  runbook: RunbookDefinition
  estateKind: 'lab' | 'live'
  /** Retries of this step so far that count against the ladder. */
  retriesSoFar: number
  /** Minutes since Ferry last wrote something for this person, when the work began; null where it never did. */
  minutesSinceWrite: number | null
  /** Tries a database write again while the database is away. */
  patiently: <T>(write: () => Promise<T>) => Promise<T>
}

/**
 * One run of a step: probe; if needed, write that the change begins, apply, read back. The answer is only what was seen:
 * a shell lost after the change began is unknown, and an error is followed by a reading before anything is said.
 * @throws LeaseLost when the lease went to somebody else on the way.
 */
export async function runWork(work: Work, lease: Lease, context: WorkContext): Promise<RunOutcome> {
  const began = performance.now()
  const { probe, apply, verify } = work.scripts
  if (!probe || !apply || !verify) return scriptDefect('The plan has no script for this step.', null)
  const probed = await read(work, lease, context, 'probe', probe)
  if (probed.kind === 'lost') return lostBeforeChange(probed.loss, context)
  const before = probed.answer.result?.facts ?? null
  const failure = await judged(probed, 'probe', lease, context)
  if (failure) return afterFailure(failure, before, context)
  const said = probed.answer.result
  if (!said) return scriptDefect('The probe put out no result.', before)
  switch (said.state) {
    case 'done':
      return { kind: 'no_change', reason: reasonSentence(said.reason), before }
    case 'blocked':
      return waitOrBlock(work, said.reason, before, context)
    case 'unknown':
      return retryOrBlock(
        {
          class: 'TRANSIENT',
          signature: `probe:${reasonCode(said.reason)}`,
          reason: reasonSentence(said.reason),
          delaysSeconds: behaviours.TRANSIENT.delaysSeconds,
        },
        before,
        context,
      )
    case 'needed':
      break
    default:
      return scriptDefect(`The probe answered ${said.state}, which is not an answer.`, before)
  }
  // What the probe read is kept before anything is changed.
  const [go] = await Promise.all([context.patiently(() => beginApply(work, apply)), context.evidence.kept()])
  if (!go.go) return { kind: 'lost', reason: go.why }
  const applied = await runScript(context, lease, {
    phase: 'apply',
    hash: apply,
    values: work.values,
    deadlineMs: work.applyDeadlineMs,
  })
  if (applied.kind === 'lost') {
    if (!applied.loss.began) return lostBeforeChange(applied.loss, context)
    return {
      kind: 'unknown',
      reason: `The shell was lost after the change had begun: ${applied.loss.message}`,
      before,
    }
  }
  await context.patiently(() => beginVerify(work))
  const applyFailure = await judged(applied, 'apply', lease, context)
  if (applyFailure) return afterApplyFailure(applyFailure, work, lease, verify, before, context, began)
  return readBack(work, lease, verify, before, context, began)
}

/**
 * What went wrong in a script that answered, in the light of what Ferry wrote and of what this session did before. A
 * session that lost its connection is not used again.
 */
async function judged(
  answered: Extract<Answered, { kind: 'answered' }>,
  phase: Phase,
  lease: Lease,
  context: WorkContext,
): Promise<StepFailure | null> {
  const failure = failureOf(answered.answer, phase, {
    minutesSinceWrite: context.minutesSinceWrite,
    sessionWorkedBefore: answered.sessionWorkedBefore,
  })
  if (failure?.class === 'SESSION_LOST') await lease.session.kill()
  return failure
}

type ReadPhase = 'probe' | 'verify'

function read(
  work: Work,
  lease: Lease,
  context: WorkContext,
  phase: ReadPhase,
  hash: string,
): Promise<Answered> {
  return runScript(context, lease, {
    phase,
    hash,
    values: work.values,
    deadlineMs: work.probeDeadlineMs,
  })
}

/** Reads the wanted state back, a few times, since directories take a moment; what is not seen is unknown. */
async function readBack(
  work: Work,
  lease: Lease,
  verify: string,
  before: Facts | null,
  context: WorkContext,
  began: number,
): Promise<RunOutcome> {
  const pauses = context.estateKind === 'lab' ? [300, 700] : [5_000, 15_000]
  for (let look = 0; ; look++) {
    const seen = await read(work, lease, context, 'verify', verify)
    if (seen.kind === 'lost')
      return {
        kind: 'unknown',
        reason: `The shell was lost while reading back: ${seen.loss.message}`,
        before,
      }
    const result = failureOf(seen.answer, 'verify') ? null : seen.answer.result
    if (result?.state === 'done')
      return {
        kind: 'done',
        reason: reasonSentence(result.reason),
        before,
        after: result.facts,
        seconds: (performance.now() - began) / 1000,
      }
    const pause = pauses[look]
    if (pause === undefined)
      return {
        kind: 'unknown',
        reason: `The change ended without an error, but reading back does not show it: ${reasonSentence(result?.reason ?? 'the reading failed')}`,
        before,
      }
    await sleep(pause)
  }
}

/** An error of the change says that it failed, not that nothing happened: the state is read before anything is said. */
async function afterApplyFailure(
  failure: StepFailure,
  work: Work,
  lease: Lease,
  verify: string,
  before: Facts | null,
  context: WorkContext,
  began: number,
): Promise<RunOutcome> {
  if (failure.class === 'UNKNOWN_OUTCOME' || failure.class === 'SESSION_LOST')
    return { kind: 'unknown', reason: failure.reason, before }
  const seen = await read(work, lease, context, 'verify', verify)
  const answer = seen.kind === 'answered' && !failureOf(seen.answer, 'verify') ? seen.answer : null
  if (!answer?.result)
    return { kind: 'unknown', reason: `${failure.reason} The state could not be read afterwards.`, before }
  if (answer.result.state === 'done')
    return {
      kind: 'done',
      reason: `${failure.reason} Reading back shows the wanted state all the same.`,
      before,
      after: answer.result.facts,
      seconds: (performance.now() - began) / 1000,
    }
  return afterFailure(failure, before, context)
}

/** Nothing was changed: what the failure's class means for this person, this credential, this batch. */
export function afterFailure(failure: StepFailure, before: Facts | null, context: Retrying): RunOutcome {
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

type Retrying = Pick<WorkContext, 'retriesSoFar' | 'estateKind'>

function retryOrBlock(
  failure: Pick<StepFailure, 'class' | 'signature' | 'reason' | 'delaysSeconds' | 'askedSeconds'>,
  before: Facts | null,
  context: Retrying,
): RunOutcome {
  const told = { reason: failure.reason, errorClass: failure.class, signature: failure.signature, before }
  const polled = behaviours[failure.class].reaction === 'poll'
  const delaySeconds = retryDelaySeconds(failure.delaysSeconds, polled ? 0 : context.retriesSoFar, {
    kind: context.estateKind,
    jitter: Math.random(),
    askedSeconds: failure.askedSeconds ?? null,
  })
  if (delaySeconds === null)
    return {
      kind: 'blocked',
      ...told,
      reason: `${failure.reason} It was tried ${context.retriesSoFar + 1} times.`,
    }
  return {
    kind: 'retry',
    ...told,
    delaySeconds,
    counts: !polled,
    askedSeconds: failure.askedSeconds ?? null,
  }
}

/** Some of a probe's blocks pass by themselves, such as the cloud not showing the sync yet: look again for a while. */
function waitOrBlock(work: Work, reason: string, before: Facts | null, context: WorkContext): RunOutcome {
  const step = findStep(context.runbook, work.stepKey)
  const code = reasonCode(reason)
  const wait = step?.kind === 'item' ? step.waitsFor?.[code] : undefined
  if (!wait) return blockedBy(reason, before)
  const seconds = context.estateKind === 'lab' ? Math.min(wait.seconds, 3) : wait.seconds
  if (context.retriesSoFar * seconds > wait.atMostMinutes * 60) return blockedBy(reason, before)
  return {
    kind: 'retry',
    reason: reasonSentence(reason),
    errorClass: 'WAITING',
    signature: `probe:${code}`,
    before,
    delaySeconds: seconds,
    counts: true,
  }
}

function lostBeforeChange(loss: Loss, context: Retrying): RunOutcome {
  return afterFailure(failureOfLoss(loss, 'probe'), null, context)
}

function scriptDefect(reason: string, before: Facts | null): RunOutcome {
  return {
    kind: 'failed',
    reason,
    errorClass: 'FATAL',
    signature: 'script:defect',
    before,
    scope: 'estate',
  }
}
