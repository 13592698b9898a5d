import { setTimeout as sleep } from 'node:timers/promises'
import type { RunOutcome } from '@/server/commands/attempt-outcome'
import { beginAttempt, type Work } from '@/server/commands/begin-attempt'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { finishReadiness } from '@/server/commands/finish-readiness'
import { LeaseLost } from '@/server/commands/hold-lease'
import { beginSync, type SyncWork } from '@/server/commands/run-sync'
import { lanesStopped } from '@/server/commands/sign-in-turn'
import type { LaneSettings } from '@/server/queries/lane-settings'
import { workEvidence } from '@/server/queries/work-evidence'
import type { LaneJob } from '@/server/queue/names'
import { db } from '@/server/store/client'
import { batchRunbook } from '@/server/store/runbook-versions'
import type { PostgresSeats } from '@/server/store/seats'
import { logger } from '../logger'
import { patiently } from '../patience'
import { SessionLost } from '../powershell/loss'
import type { ScriptStore } from '../powershell/script-store'
import type { Lease, SessionPool } from '../powershell/session-pool'
import { traced } from '../tracing'
import { under, type WorkIds } from '../work-ids'
import { Evidence } from './evidence'
import type { HeldLeases } from './held-leases'
import { readSignatures } from './known-signatures'
import { runReadback, runReadiness } from './run-reading'
import { runSync } from './run-sync-work'
import { runWork } from './run-work'
import { NotSignedIn } from './sign-in'

export type LaneTools = {
  worker: { id: string; name: string }
  pool: SessionPool
  seats: PostgresSeats
  store: ScriptStore
  leases: HeldLeases
  /** What is still written after its session went back to the pool. */
  writing: Set<Promise<void>>
  /** Told of a piece of work that failed for a reason of Ferry's own. Must not throw. */
  onFailure: (error: unknown) => void
  /** Told of every try of a write that failed because the database is away. */
  onDatabaseError: (error: unknown) => void
  /** Aborted when the worker takes nothing new. */
  stopping: AbortSignal
  /** Says that somebody here waits for a seat of this credential. */
  askForSeat: (credentialId: string) => Promise<void>
}

/**
 * Works on one wake-up of a lane. The job only says whom to look at; what is to be done stands in Postgres. Anything
 * that cannot be done now is let go: the sweeper finds it again.
 */
export async function workOn(job: LaneJob, lane: LaneSettings, tools: LaneTools): Promise<void> {
  const subject = job.kind === 'item' ? job.itemId : job.syncRunId
  const lease = await seatFor(lane, subject, tools)
  if (!lease) return
  await onLoan(lease, tools, done =>
    job.kind === 'sync'
      ? workOnSync(job.syncRunId, lease, tools)
      : workOnItem(job.itemId, job.purpose, { lane, lease, tools, done }),
  )
}

/**
 * Does work on a leased session and resolves once the session is back in the pool. What goes well is written while the
 * next person's work begins on it: a session stands still for nothing that only the database has to hear.
 */
async function onLoan(
  lease: Lease,
  { writing, onFailure }: LaneTools,
  work: (done: () => void) => Promise<void>,
): Promise<void> {
  let done = (): void => undefined
  const free = new Promise<void>(resolve => {
    done = resolve
  })
  const whole = work(done)
    .catch(onFailure)
    .finally(() => writing.delete(whole))
  writing.add(whole)
  await Promise.race([whole, free])
  await lease.giveBack()
}

/** What work on one person has at hand; `done` says that its session is needed no more. */
type Loan = { lane: LaneSettings; lease: Lease; tools: LaneTools; done: () => void }

/** Waits for a seat as long as the worker runs; asks others for theirs where they are idle. */
async function seatFor(lane: LaneSettings, subject: string, tools: LaneTools): Promise<Lease | null> {
  // Whoever was woken before the lane stopped would open a shell only to find that out.
  if (lane.signIn !== 'none' && (await lanesStopped(lane.credentialId))) return null
  for (let round = 0; !tools.stopping.aborted; round++) {
    try {
      const lease = await tools.pool.lease({
        credentialId: lane.credentialId,
        lane: lane.name,
        attemptId: subject,
      })
      if (lease) return lease
    } catch (error) {
      if (error instanceof NotSignedIn) {
        logger.warn({ lane: lane.name, credential: lane.credential }, error.message)
        if (error.againMs === null) return null
        await sleep(error.againMs)
        continue
      }
      if (!(error instanceof SessionLost)) throw error
      logger.error(
        { lane: lane.name, kind: error.loss.kind, diagnostics: error.loss.diagnostics },
        error.loss.message,
      )
      await sleep(Math.min(10_000, 500 * 2 ** round))
      continue
    }
    if (round % 8 === 0) await tools.askForSeat(lane.credentialId)
    await sleep(250)
  }
  return null
}

async function workOnItem(itemId: string, purpose: 'work' | 'readiness', loan: Loan): Promise<void> {
  const { lease, tools } = loan
  const number = tools.seats.numberOf(lease.seat)
  const [begun] = await Promise.all([
    beginAttempt({
      itemId,
      purpose,
      workerId: tools.worker.id,
      workerName: tools.worker.name,
      seat: { id: lease.seat.id, number, token: lease.seat.token },
    }),
    readSignatures(),
  ])
  if ('skip' in begun) {
    logger.debug({ itemId, purpose, why: begun.skip }, 'Nothing to do')
    return
  }
  await watched(begun.kind, { ...idsOf(begun), itemId: begun.itemId }, async () => {
    tools.leases.add(begun.attemptId, begun.token, () =>
      logger.warn('This lease is lost; whatever comes of it is not written.'),
    )
    try {
      await perform(begun, loan, write => patiently(write, tools.onDatabaseError))
    } finally {
      tools.leases.remove(begun.attemptId)
    }
  })
}

const idsOf = (work: Work | SyncWork): WorkIds => ({
  batchId: work.batchId,
  waveId: work.waveId,
  attemptId: work.attemptId,
  step: work.stepKey,
})

/** Does work under its ids, in a span and in the log; a lease that went to somebody else ends it without an error. */
async function watched(kind: Work['kind'] | 'sync', ids: WorkIds, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await under(ids, async () => {
    try {
      await traced(`ferry.${kind}`, spanOf(ids), work)
      logger.info({ kind, ms: Math.round(performance.now() - began) }, 'An attempt is over')
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
      logger.warn({ kind }, 'The lease went to somebody else; nothing was written.')
    }
  })
}

const spanOf = ({ batchId, waveId, itemId, attemptId, step }: WorkIds) => ({
  'ferry.batch': batchId,
  'ferry.wave': waveId,
  ...(itemId ? { 'ferry.item': itemId } : {}),
  'ferry.attempt': attemptId,
  'ferry.step': step,
})

async function perform(
  work: Work,
  { lane, lease, tools, done }: Loan,
  patient: <T>(write: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const how = { store: tools.store, evidence: new Evidence(work.attemptId) }
  switch (work.kind) {
    case 'readiness': {
      const outcome = await runReadiness(work, lease, how)
      if (outcome.kind === 'read') done()
      await how.evidence.kept()
      return patient(() => finishReadiness(work, outcome))
    }
    case 'readback': {
      const outcome = await runReadback(work, lease, how)
      await how.evidence.kept()
      return patient(() => finishReadback(work, outcome))
    }
    case 'run': {
      const evidence = await workEvidence(work.itemId)
      const outcome = await runWork(work, lease, {
        ...how,
        runbook: await batchRunbook(db(), work.runbookVersionId),
        estateKind: lane.estateKind,
        retriesSoFar: evidence.transientTries,
        minutesSinceWrite: evidence.minutesSinceWrite,
        patiently: patient,
      })
      // After a failure nobody else begins here before it is written: it may open a breaker or reach the cap on harmed people.
      if (endedWell(outcome)) done()
      await how.evidence.kept()
      return patient(() => finishAttempt(work, outcome))
    }
    default:
      return work.kind satisfies never
  }
}

/** Nothing failed on the way that others have to hear of before they begin. */
const endedWell = (outcome: RunOutcome): boolean =>
  outcome.kind === 'no_change' || (outcome.kind === 'done' && !outcome.met?.length)

async function workOnSync(syncRunId: string, lease: Lease, tools: LaneTools): Promise<void> {
  await readSignatures()
  const begun = await beginSync({ syncRunId, workerId: tools.worker.id, seatId: lease.seat.id })
  if ('skip' in begun) {
    logger.debug({ syncRunId, why: begun.skip }, 'No sync to run')
    return
  }
  await watched('sync', idsOf(begun), async () => {
    await tools.seats.workFor(lease.seat, begun.attemptId)
    const how = { store: tools.store, evidence: new Evidence(begun.attemptId) }
    await runSync(begun, lease, how, tools.stopping)
  })
}
