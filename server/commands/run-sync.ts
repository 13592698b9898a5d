import { systemActor } from '@/domain/people/actor'
import { segmentsOf } from '@/runbooks/segments'
import { approvedScripts } from '@/server/store/approved-scripts'
import { db } from '@/server/store/client'
import { shareHoldMoment } from '@/server/store/hold-moment'
import { holdsInForce } from '@/server/store/holds'
import { newId } from '@/server/store/ids'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { returnSync } from '@/server/store/return-sync'
import { batchRunbook } from '@/server/store/runbook-versions'
import { pauseNow } from '@/server/store/start-times'
import { leaseSeconds, type NothingToDo, nextToken } from './begin-attempt'
import { type Heeded, heedFailure } from './heed-failure'

export type SyncWork = {
  syncRunId: string
  attemptId: string
  stepKey: string
  token: bigint
  estateId: string
  batchId: string
  waveId: string
  scripts: { probe: string; apply: string; verify: string }
  probeDeadlineMs: number
  applyDeadlineMs: number
  /** Seconds until the estate's minimum spacing since the last cycle is over; 0 when it is. */
  spacingSeconds: number
  estateKind: 'lab' | 'live'
  /** How often in a row this cycle could not be run. */
  faults: number
}

/** Leases a wanted cycle for one worker, with an attempt of the wave that waits longest. */
export async function beginSync(input: {
  syncRunId: string
  workerId: string
  seatId: string
}): Promise<SyncWork | NothingToDo> {
  return db().$transaction(async tx => {
    const rows = await tx.$queryRaw<
      {
        id: string
        estateId: string
        state: string
        leased: boolean
        spacing: number
        due: boolean
        faults: number
      }[]
    >`
      SELECT r."id", r."estateId", r."state"::text AS "state", (r."leaseUntil" IS NOT NULL AND r."leaseUntil" > clock_timestamp()) AS "leased",
        (r."dueAt" IS NULL OR r."dueAt" <= clock_timestamp()) AS "due",
        r."failures" AS "faults",
        greatest(0, extract(epoch FROM greatest(
            (SELECT max(p."endedAt") FROM "sync_run" p WHERE p."estateId" = r."estateId" AND p."state" = 'done'),
            -- A cycle whose worker was lost ran all the same.
            (SELECT max(a."applyBeganAt") FROM "attempt" a JOIN "batch" b ON b."id" = a."batchId"
              WHERE a."kind" = 'barrier' AND b."estateId" = r."estateId"))
          + make_interval(secs => e."syncSpacingSeconds") - clock_timestamp()))::float8 AS "spacing"
      FROM "sync_run" r JOIN "estate" e ON e."id" = r."estateId" WHERE r."id" = ${input.syncRunId} FOR UPDATE OF r`
    const run = rows[0]
    if (!run) return { skip: 'there is no such cycle' }
    if (run.state === 'done' || run.state === 'failed') return { skip: 'the cycle is over' }
    if (run.leased) return { skip: 'a worker is at it' }
    if (!run.due) return { skip: 'not due yet' }
    const waiting = await tx.wave.findMany({
      where: { syncRunId: run.id, state: { notIn: ['cancelled'] } },
      orderBy: { syncingSince: 'asc' },
      include: { batch: { include: { estate: true } } },
    })
    const lane = await tx.lane.findUnique({
      where: { estateId_name: { estateId: run.estateId, name: 'sync' } },
    })
    if (lane?.stoppedAt) return { skip: `the lane is stopped: ${lane.stoppedWhy ?? 'no reason given'}` }
    const { wave, why } = await firstThatMay(tx, waiting, lane?.id ?? null)
    if (!wave) return { skip: why }
    const { estate } = wave.batch
    if (estate.kind === 'live' && !estate.switchedOnAt)
      return { skip: `${estate.name} has not been switched on` }
    const runbook = await batchRunbook(tx, wave.batch.runbookVersionId)
    const segment = segmentsOf(runbook).find(one => one.steps.some(step => step.kind === 'wave'))
    const step = segment?.steps.find(one => one.kind === 'wave')
    const scripts = segment && step ? await approvedScripts(tx, wave.id, segment.index) : null
    const [probe, apply, verify] = ['probe', 'apply', 'verify'].map(
      phase => scripts?.[`${step?.key}.${phase}`],
    )
    if (!step || !probe || !apply || !verify) return { skip: 'no approval covers the sync' }
    const token = await nextToken(tx)
    const attemptId = newId('attempt')
    await tx.$executeRaw`
      UPDATE "sync_run" SET "leaseToken" = ${token}, "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds}), "state" = 'wanted', "startedAt" = NULL
      WHERE "id" = ${run.id}`
    await tx.$executeRaw`
      INSERT INTO "attempt" ("id", "batchId", "waveId", "stepKey", "kind", "number", "state", "fencingToken", "leaseUntil", "workerId", "seatId", "startedAt")
      VALUES (${attemptId}, ${wave.batchId}, ${wave.id}, ${step.key}, 'barrier', 1, 'probing', ${token},
        clock_timestamp() + make_interval(secs => ${leaseSeconds}), ${input.workerId}, ${input.seatId}, clock_timestamp())`
    return {
      syncRunId: run.id,
      attemptId,
      stepKey: step.key,
      token,
      estateId: estate.id,
      batchId: wave.batchId,
      waveId: wave.id,
      scripts: { probe, apply, verify },
      probeDeadlineMs: estate.probeDeadlineSeconds * 1000,
      applyDeadlineMs: estate.applyDeadlineSeconds * 1000,
      spacingSeconds: run.spacing,
      estateKind: estate.kind,
      faults: run.faults,
    }
  })
}

/** One of the waves that wait carries the cycle for all: the first that is not held and whose window is open. */
async function firstThatMay<
  W extends {
    id: string
    batchId: string
    window: unknown
    cutOffAt: Date | null
    batch: { estateId: string; zone: string }
  },
>(tx: Tx, waves: readonly W[], laneId: string | null): Promise<{ wave: W | null; why: string }> {
  let why = 'no wave waits for it'
  for (const wave of waves) {
    const { estateId } = wave.batch
    const holds = await holdsInForce(tx, { estateId, laneId, batchId: wave.batchId, waveId: wave.id })
    const pause = holds[0] ? null : await pauseNow(tx, wave)
    if (!holds[0] && !pause) return { wave, why: '' }
    why = holds[0] ? `held: ${holds[0].reason}` : (pause?.why ?? why)
  }
  return { wave: null, why }
}

/** Keeps the lease of a cycle; answers false when it is somebody else's. */
export async function renewSync(work: SyncWork): Promise<boolean> {
  const kept = await db().$executeRaw`
    UPDATE "sync_run" SET "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE "id" = ${work.syncRunId} AND "leaseToken" = ${work.token}`
  await db().$executeRaw`
    UPDATE "attempt" SET "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token} AND "endedAt" IS NULL`
  return kept > 0
}

/**
 * Writes that the cycle is about to be started. Its time is what changes are compared with: a change written after it
 * does not count as synced, even where the real cycle happened to read it. Answers why not where a hold came meanwhile, or that the
 * lease is somebody else's by now.
 */
export async function markSyncStarted(work: SyncWork): Promise<'started' | 'lost' | { held: string }> {
  return db().$transaction(async tx => {
    await shareHoldMoment(tx)
    const lane = await tx.lane.findUnique({
      where: { estateId_name: { estateId: work.estateId, name: 'sync' } },
    })
    const holds = await holdsInForce(tx, { ...work, laneId: lane?.id ?? null })
    if (holds[0]) return { held: `Held before it was started: ${holds[0].reason}` }
    const marked = await tx.$executeRaw`
      UPDATE "sync_run" SET "state" = 'running', "startedAt" = clock_timestamp() WHERE "id" = ${work.syncRunId} AND "leaseToken" = ${work.token}`
    if (marked === 0) return 'lost'
    await tx.$executeRaw`
      UPDATE "attempt" SET "state" = 'applying', "applyBeganAt" = clock_timestamp() WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token}`
    const waves = await tx.wave.count({ where: { syncRunId: work.syncRunId } })
    await recordEvent(tx, systemActor, {
      type: 'sync.started',
      about: { batchId: work.batchId, waveId: work.waveId },
      data: { syncRunId: work.syncRunId, waves },
    })
    return 'started'
  })
}

/** The start was sent and answered; what follows only looks. Answers false when the lease is somebody else's. */
export async function markSyncLooking(work: SyncWork): Promise<boolean> {
  const marked = await db().$executeRaw`
    UPDATE "attempt" SET "state" = 'verifying' WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token} AND "state" = 'applying'`
  return marked > 0
}

/** The cycle is over; the waves that wait for it go on. */
export async function endSync(work: SyncWork): Promise<void> {
  await db().$transaction(async tx => {
    const ended = await tx.$queryRaw<{ seconds: number }[]>`
      UPDATE "sync_run" SET "state" = 'done', "endedAt" = clock_timestamp(), "leaseUntil" = NULL, "reason" = NULL
      WHERE "id" = ${work.syncRunId} AND "leaseToken" = ${work.token} AND "state" = 'running'
      RETURNING extract(epoch FROM clock_timestamp() - "startedAt")::float8 AS "seconds"`
    const run = ended[0]
    if (!run) return
    await endBarrier(tx, work, 'done', 'The cycle is over.')
    await wakeWaiting(tx, work.syncRunId)
    await recordEvent(tx, systemActor, {
      type: 'sync.ended',
      about: { batchId: work.batchId, waveId: work.waveId },
      data: { syncRunId: work.syncRunId, seconds: Math.round(run.seconds * 10) / 10 },
    })
  })
}

/** Why a cycle was not run now. A busy server is polled and is no fault; a fault may stop the credential's lanes. */
export type SyncDelay = {
  reason: string
  seconds: number
  as: 'poll' | 'fault'
  failure?: Heeded | null
}

/**
 * Nothing was started, or it cannot be told whether it was: a delta sync does no harm twice, so it is wanted again. A failure
 * of credential scope stops the credential's lanes (rule 10); a defect of the environment holds the batch.
 */
export async function postponeSync(work: SyncWork, delay: SyncDelay): Promise<void> {
  const { reason, seconds } = delay
  await db().$transaction(async tx => {
    const rows = await tx.$queryRaw<{ id: string; estateId: string }[]>`
      SELECT "id", "estateId" FROM "sync_run"
      WHERE "id" = ${work.syncRunId} AND "leaseToken" = ${work.token} AND "state" IN ('wanted', 'running') FOR UPDATE`
    const run = rows[0]
    if (!run) return
    await endBarrier(tx, work, 'blocked', reason)
    await returnSync(tx, run, reason, seconds)
    const faulty = delay.as === 'fault'
    await tx.$executeRaw`
      UPDATE "sync_run" SET "failures" = CASE WHEN ${faulty} THEN "failures" + 1 ELSE 0 END, "polls" = "polls" + ${faulty ? 0 : 1}
      WHERE "id" = ${run.id}`
    if (!faulty) return
    if (delay.failure) await heedFailure(tx, work, reason, delay.failure)
    await recordEvent(tx, systemActor, {
      type: 'sync.failed',
      about: { batchId: work.batchId, waveId: work.waveId },
      data: { syncRunId: work.syncRunId, reason },
    })
  })
}

async function endBarrier(tx: Tx, work: SyncWork, state: 'done' | 'blocked', reason: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "attempt" SET "state" = ${state}::"AttemptState", "reason" = ${reason}, "endedAt" = clock_timestamp()
    WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token} AND "endedAt" IS NULL`
}

async function wakeWaiting(tx: Tx, syncRunId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "wave" SET "stateReason" = NULL WHERE "syncRunId" = ${syncRunId}`
  const waves = await tx.wave.findMany({ where: { syncRunId }, select: { id: true } })
  await wake(tx, ...waves.map(wave => ({ topic: 'wave' as const, waveId: wave.id })))
}
