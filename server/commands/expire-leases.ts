import { stateAfterLoss } from '@/domain/lifecycle/attempt'
import { systemActor } from '@/domain/people/actor'
import type { AttemptState } from '@/generated/prisma/enums'
import { findStep } from '@/runbooks/segments'
import { type Concerns, judgeHarm, tellBreakers } from '@/server/store/breakers'
import { db } from '@/server/store/client'
import { type NewEvent, recordEvents, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { returnSync } from '@/server/store/return-sync'
import { batchRunbook } from '@/server/store/runbook-versions'
import { targetPoolOf } from '@/server/store/step-values'
import { wakeEstate } from '@/server/store/wake-estate'

type Expired = {
  id: string
  batchId: string
  waveId: string
  itemId: string | null
  stepKey: string
  kind: string
  state: AttemptState
  workerId: string | null
}

/**
 * Ends what was leased to a worker that is gone, frozen or cut off: an attempt that was only reading is lost and its
 * person due again; one whose change had begun is unknown and will be read back (rule 1). Breakers and the cap on harmed
 * people hear of it as of any other end: a worker that keeps dying is stopped like one that keeps failing. Answers how many.
 */
export async function expireLeases(): Promise<number> {
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "attempt" WHERE "state" IN ('queued', 'probing', 'applying', 'verifying') AND "leaseUntil" < clock_timestamp()
    ORDER BY "leaseUntil" LIMIT 500`
  let ended = 0
  for (const { id } of found) if (await db().$transaction(tx => expireOne(tx, id))) ended++
  return ended + (await expireSyncs())
}

async function expireOne(tx: Tx, attemptId: string): Promise<boolean> {
  // The item's row first: everybody who writes both takes them in this order.
  await tx.$queryRaw`SELECT i."id" FROM "item" i JOIN "attempt" a ON a."itemId" = i."id" WHERE a."id" = ${attemptId} FOR UPDATE OF i`
  const rows = await tx.$queryRaw<Expired[]>`
    SELECT "id", "batchId", "waveId", "itemId", "stepKey", "kind"::text AS "kind", "state"::text AS "state", "workerId"
    FROM "attempt" WHERE "id" = ${attemptId} AND "state" IN ('queued', 'probing', 'applying', 'verifying')
      AND "leaseUntil" < clock_timestamp() FOR UPDATE`
  const attempt = rows[0]
  if (!attempt) return false
  const state = attempt.kind === 'run' || attempt.kind === 'barrier' ? stateAfterLoss(attempt.state) : 'lost'
  const reason =
    state === 'unknown'
      ? 'The worker was lost after the change had begun.'
      : 'The worker was lost before anything changed.'
  await tx.$executeRaw`
    UPDATE "attempt" SET "state" = ${state}::"AttemptState", "reason" = ${reason}, "endedAt" = clock_timestamp() WHERE "id" = ${attempt.id}`
  if (attempt.itemId === null) return true
  const next = attempt.kind === 'run' ? (state === 'unknown' ? 'unknown' : 'waiting') : null
  // A reading of an unknown outcome that was lost with its worker is one more that failed: the way to a person stays open.
  await tx.$executeRaw`
    UPDATE "item" SET "leaseAttemptId" = NULL, "leaseUntil" = NULL, "queuedAt" = NULL, "queueRank" = NULL, "dueAt" = clock_timestamp(),
      "harmed" = "harmed" OR ${next === 'unknown'},
      "state" = coalesce(${next}::"ItemState", "state"), "reason" = CASE WHEN ${next}::text IS NULL THEN "reason" ELSE ${reason} END,
      "readbacksFailed" = CASE ${attempt.kind} WHEN 'run' THEN 0 WHEN 'readback' THEN "readbacksFailed" + 1 ELSE "readbacksFailed" END,
      "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "id" = ${attempt.itemId} AND "leaseAttemptId" = ${attempt.id}`
  if (next !== null)
    await tx.$executeRaw`
      UPDATE "item_step" SET "state" = ${next}::"ItemState" WHERE "itemId" = ${attempt.itemId} AND "stepKey" = ${attempt.stepKey}`
  await wake(tx, {
    topic: attempt.kind === 'readiness' ? 'wave-readiness' : 'wave-items',
    waveId: attempt.waveId,
  })
  if (next !== null)
    await recordEvents(tx, systemActor, [
      {
        type: state === 'unknown' ? 'attempt.unknown' : 'attempt.lost',
        about: { batchId: attempt.batchId, waveId: attempt.waveId, itemId: attempt.itemId },
        data: { attemptId: attempt.id, step: attempt.stepKey, reason },
      },
      ...(await consequences(tx, attempt, attempt.itemId, next, reason)),
    ])
  return true
}

/** What it means for others that this attempt's worker is gone. Answers the events to write with it. */
async function consequences(
  tx: Tx,
  attempt: Expired,
  itemId: string,
  next: 'unknown' | 'waiting',
  reason: string,
): Promise<NewEvent[]> {
  const concerns = await concernsOf(tx, attempt, itemId)
  if (!concerns) return []
  const harm = next === 'unknown' ? await judgeHarm(tx, concerns) : null
  const told = await tellBreakers(tx, concerns, {
    kind: 'failed',
    errorClass: next === 'unknown' ? 'UNKNOWN_OUTCOME' : 'SESSION_LOST',
    signature: null,
    reason,
  })
  const events = [...(harm?.events ?? []), ...told]
  if (events.some(event => event.type === 'breaker.closed')) await wakeEstate(tx, concerns.estateId)
  return events
}

/** What the attempt concerned when it began, from what is stored; null where its lane is no longer there. */
async function concernsOf(tx: Tx, attempt: Expired, itemId: string): Promise<Concerns | null> {
  const batch = await tx.batch.findUniqueOrThrow({
    where: { id: attempt.batchId },
    select: { estateId: true, targetPool: true, runbookVersionId: true, estate: { select: { kind: true } } },
  })
  const { estateId } = batch
  const step = findStep(await batchRunbook(tx, batch.runbookVersionId), attempt.stepKey)
  const lane = step && (await tx.lane.findUnique({ where: { estateId_name: { estateId, name: step.lane } } }))
  if (!lane) return null
  const worker = await tx.worker.findUnique({ where: { id: attempt.workerId ?? '' } })
  const item = await tx.item.findUniqueOrThrow({
    where: { id: itemId },
    select: { upn: true, sipAddress: true, targetPool: true },
  })
  return {
    estateId,
    estateKind: batch.estate.kind,
    batchId: attempt.batchId,
    waveId: attempt.waveId,
    itemId,
    laneId: lane.id,
    pool: targetPoolOf({ item, batch }),
    worker: worker?.name ?? attempt.workerId ?? '',
    credentialId: lane.credentialId,
  }
}

/** Cycles whose worker is gone are wanted again: a delta sync does no harm twice. */
async function expireSyncs(): Promise<number> {
  return db().$transaction(async tx => {
    const runs = await tx.$queryRaw<{ id: string; estateId: string }[]>`
      SELECT "id", "estateId" FROM "sync_run" WHERE "leaseUntil" < clock_timestamp() AND "state" IN ('wanted', 'running') FOR UPDATE SKIP LOCKED`
    for (const run of runs)
      await returnSync(tx, run, 'The worker that ran the sync was lost; it is run again.', 0)
    return runs.length
  })
}
