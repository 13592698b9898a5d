import { setTimeout as sleep } from 'node:timers/promises'
import { afterSyncLook, type SyncLook, type SyncNext } from '@/domain/sync/barrier'
import {
  endSync,
  markSyncLooking,
  markSyncStarted,
  postponeSync,
  renewSync,
  type SyncDelay,
  type SyncWork,
} from '@/server/commands/run-sync'
import type { Lease } from '@/workers/powershell/session-pool'
import { failureOfLoss, heededOf, type StepFailure } from './failure-of'
import { judged } from './judged'
import { type Answered, type Running, runScript } from './run-script'
import { reasonCode, reasonSentence } from './verdict'

/**
 * Runs one delta sync: waits for a cycle that is running, starts one, and looks until it is over. The lease is renewed
 * at every look; if it is lost, somebody else runs the cycle and this one says nothing.
 */
export async function runSync(work: SyncWork, lease: Lease, how: Running, until: AbortSignal): Promise<void> {
  if (work.spacingSeconds > 0)
    return postponeSync(work, {
      reason: `The estate wants ${Math.ceil(work.spacingSeconds)} s more between two syncs.`,
      seconds: work.spacingSeconds,
      as: 'poll',
    })
  // A call can outlast the lease; it is renewed beside it, and what is lost shows at the next write.
  const renewing = setInterval(() => void renewSync(work).catch(() => undefined), RENEW_MS)
  try {
    await cycle(work, lease, how, until)
  } finally {
    clearInterval(renewing)
  }
}

const RENEW_MS = 5_000

/** The longer a cycle runs, the less a moment more matters: looked at again after a twentieth of its time so far. */
const pauseMs = (sinceMs: number): number => Math.min(500, Math.max(50, sinceMs / 20))

async function cycle(work: SyncWork, lease: Lease, how: Running, until: AbortSignal): Promise<void> {
  const look = async (phase: 'probe' | 'apply' | 'verify') => {
    const seen = await runScript(how, lease, {
      phase,
      hash: work.scripts[phase],
      values: {},
      deadlineMs: phase === 'apply' ? work.applyDeadlineMs : work.probeDeadlineMs,
    })
    await how.evidence.kept()
    const { failure, ...said } = await lookOf(seen, phase, lease)
    return { failure, next: afterSyncLook(said, work.faults, work.estateKind) }
  }
  for (const phase of ['probe', 'apply'] as const) {
    // The start is written before it is sent: its time is what changes are compared with.
    if (phase === 'apply') {
      const start = await markSyncStarted(work)
      if (start === 'lost') return
      // Whoever releases the hold wakes it; until then it is looked at as often as a server that is busy.
      if (start !== 'started') return postponeSync(work, { reason: start.held, seconds: 2, as: 'poll' })
    }
    const { next, failure } = await look(phase)
    if (next.next === 'poll' || next.next === 'fault') return postponeSync(work, delayOf(next, failure))
  }
  if (!(await markSyncLooking(work))) return
  const began = performance.now()
  for (;;) {
    if (until.aborted)
      return postponeSync(work, {
        reason: 'The worker stopped while the sync was running.',
        seconds: 0,
        as: 'poll',
      })
    if (!(await renewSync(work))) return
    const { next, failure } = await look('verify')
    if (next.next === 'over') return endSync(work)
    if (next.next === 'poll' || next.next === 'fault') return postponeSync(work, delayOf(next, failure))
    await sleep(pauseMs(performance.now() - began))
  }
}

const delayOf = (
  next: Extract<SyncNext, { next: 'poll' | 'fault' }>,
  failure: StepFailure | null,
): SyncDelay => ({
  reason: next.reason,
  seconds: next.seconds,
  as: next.next,
  failure: failure && heededOf(failure),
})

async function lookOf(
  seen: Answered,
  phase: SyncLook['phase'],
  lease: Lease,
): Promise<SyncLook & { failure: StepFailure | null }> {
  const failure =
    seen.kind === 'lost' ? failureOfLoss(seen.loss, 'probe') : await judged(seen, phase, lease, null)
  if (failure)
    return {
      phase,
      state: seen.kind === 'lost' ? 'lost' : 'failed',
      code: 'unnamed',
      reason: failure.reason,
      errorClass: failure.class,
      failure,
    }
  const result = seen.kind === 'answered' ? seen.answer.result : null
  return {
    phase,
    state: result?.state ?? 'failed',
    code: reasonCode(result?.reason ?? ''),
    reason: result ? reasonSentence(result.reason) : 'The script put out no result.',
    errorClass: null,
    failure: null,
  }
}
