import { stateAfterLoss } from '@/domain/lifecycle/attempt'
import { systemActor } from '@/domain/people/actor'
import type { AttemptState } from '@/generated/prisma/enums'
import { db } from '@/server/store/client'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { returnSync } from '@/server/store/return-sync'

type Expired = {
  id: string
  batchId: string
  waveId: string
  itemId: string | null
  stepKey: string
  kind: string
  state: AttemptState
  reads: string | null
}

/**
 * Ends what was leased to a worker that is gone, frozen or cut off: an attempt that was only reading is lost and its
 * person due again; one whose change had begun is unknown and will be read back (rule 1). Answers how many.
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
    SELECT "id", "batchId", "waveId", "itemId", "stepKey", "kind"::text AS "kind", "state"::text AS "state", "readsBackId" AS "reads"
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
  const about = { batchId: attempt.batchId, waveId: attempt.waveId, itemId: attempt.itemId }
  const next = attempt.kind === 'run' ? (state === 'unknown' ? 'unknown' : 'waiting') : null
  await tx.$executeRaw`
    UPDATE "item" SET "leaseAttemptId" = NULL, "leaseUntil" = NULL, "queuedAt" = NULL, "queueRank" = NULL, "dueAt" = clock_timestamp(),
      "harmed" = "harmed" OR ${next === 'unknown'},
      "state" = coalesce(${next}::"ItemState", "state"), "reason" = CASE WHEN ${next}::text IS NULL THEN "reason" ELSE ${reason} END,
      "readbacksFailed" = 0, "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "id" = ${attempt.itemId} AND "leaseAttemptId" = ${attempt.id}`
  if (next !== null)
    await tx.$executeRaw`
      UPDATE "item_step" SET "state" = ${next}::"ItemState" WHERE "itemId" = ${attempt.itemId} AND "stepKey" = ${attempt.stepKey}`
  await wake(tx, {
    topic: attempt.kind === 'readiness' ? 'wave-readiness' : 'wave-items',
    waveId: attempt.waveId,
  })
  if (attempt.kind === 'run')
    await recordEvent(tx, systemActor, {
      type: state === 'unknown' ? 'attempt.unknown' : 'attempt.lost',
      about,
      data: { attemptId: attempt.id, step: attempt.stepKey, reason },
    })
  return true
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
