import { setTimeout as sleep } from 'node:timers/promises'
import { endSync, markSyncStarted, postponeSync, renewSync, type SyncWork } from '@/server/commands/run-sync'
import type { ScriptStore } from '@/workers/powershell/script-store'
import type { Lease } from '@/workers/powershell/session-pool'
import { failureOf } from './failure-of'
import { type Answered, runScript } from './run-script'
import { reasonSentence } from './verdict'

/**
 * Runs one delta sync: waits for a cycle that is running, starts one, and looks until it is over. The lease is renewed
 * at every look; if it is lost, somebody else runs the cycle and this one says nothing.
 */
export async function runSync(
  work: SyncWork,
  lease: Lease,
  store: ScriptStore,
  until: AbortSignal,
): Promise<void> {
  if (work.spacingSeconds > 0)
    return postponeSync(
      work,
      `The estate wants ${Math.ceil(work.spacingSeconds)} s more between two syncs.`,
      work.spacingSeconds,
    )
  const run = (phase: 'probe' | 'apply' | 'verify'): Promise<Answered> =>
    runScript(store, lease, {
      attemptId: work.attemptId,
      phase,
      hash: work.scripts[phase],
      values: {},
      deadlineMs: phase === 'apply' ? work.applyDeadlineMs : work.probeDeadlineMs,
    })
  const probed = verdictOf(await run('probe'))
  if (probed.state !== 'needed' && probed.state !== 'done') return postponeSync(work, probed.reason, 2)
  if (!(await markSyncStarted(work))) return
  const applied = verdictOf(await run('apply'))
  if (applied.state !== 'applied') return postponeSync(work, applied.reason, 3)
  for (;;) {
    if (until.aborted) return postponeSync(work, 'The worker stopped while the sync was running.', 0)
    if (!(await renewSync(work))) return
    const seen = verdictOf(await run('verify'))
    if (seen.state === 'done') return endSync(work)
    if (seen.state === 'lost' || seen.state === 'needed') return postponeSync(work, seen.reason, 3)
    await sleep(500)
  }
}

function verdictOf(outcome: Answered): { state: string; reason: string } {
  if (outcome.kind === 'lost') return { state: 'lost', reason: outcome.loss.message }
  const failure = failureOf(outcome.answer, 'probe')
  if (failure) return { state: 'failed', reason: failure.reason }
  const result = outcome.answer.result
  return result
    ? { state: result.state, reason: reasonSentence(result.reason) }
    : { state: 'failed', reason: 'The script put out no result.' }
}
