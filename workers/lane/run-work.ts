import { behaviours } from '@/domain/failures/classes'
import { findStep } from '@/runbooks/segments'
import type { Facts, RunOutcome } from '@/server/commands/attempt-outcome'
import type { Work } from '@/server/commands/begin-attempt'
import { beginApply, beginVerify } from '@/server/commands/hold-lease'
import type { Lease } from '@/workers/powershell/session-pool'
import { afterFailure, retryOrBlock, scriptDefect } from './after-failure'
import { failureOfLoss, metOf } from './failure-of'
import { judged } from './judged'
import { afterApplyFailure, readBack } from './read-back'
import { runScript } from './run-script'
import { blockedBy, reasonCode, reasonSentence } from './verdict'
import type { WorkContext } from './work-context'

/**
 * One run of a step: probe; if needed, write that the change begins, apply, read back. The answer is only what was seen:
 * a shell lost after the change began is unknown, and an error is followed by a reading before anything is said.
 * @throws LeaseLost when the lease went to somebody else on the way.
 */
export async function runWork(work: Work, lease: Lease, context: WorkContext): Promise<RunOutcome> {
  const startedMs = performance.now()
  const { probe, apply, verify } = work.scripts
  if (!probe || !apply || !verify) return scriptDefect('The plan has no script for this step.', null)
  const probed = await runScript(context, lease, {
    phase: 'probe',
    hash: probe,
    values: work.values,
    deadlineMs: work.probeDeadlineMs,
  })
  if (probed.kind === 'lost') return afterFailure(failureOfLoss(probed.loss, 'probe'), null, context)
  const before = probed.answer.result?.facts ?? null
  const failure = await judged(probed, 'probe', lease, context.minutesSinceWrite)
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
    const failure = failureOfLoss(applied.loss, 'apply')
    if (!applied.loss.began) return { ...afterFailure(failure, before, context), untouched: true }
    return {
      kind: 'unknown',
      reason: `The shell was lost after the change had begun: ${applied.loss.message}`,
      before,
      failure: metOf(failure),
    }
  }
  // An error from before the script ran says for certain that nothing was changed, whatever its words leave open.
  const began = applied.answer.began
  const applyFailure = await judged(applied, began ? 'apply' : 'probe', lease, context.minutesSinceWrite)
  if (applyFailure && !began) return { ...afterFailure(applyFailure, before, context), untouched: true }
  await context.patiently(() => beginVerify(work))
  const change = { work, lease, verify, before, context, startedMs }
  return applyFailure ? afterApplyFailure(applyFailure, change) : readBack(change)
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
