import type { Sql } from './direct'
import { wake } from './outbox'

/**
 * Something that stood in the way is gone: wake-ups that came meanwhile were let go, so everybody who waits is due at once,
 * on one estate or, without one, on all. A pause after a failure stays. Answers how many people wait there.
 */
export async function wakeEstate(tx: Sql, estateId: string | null): Promise<number> {
  const freed = await tx.$executeRaw`
    UPDATE "item" SET "queuedAt" = NULL, "queueRank" = NULL,
      "dueAt" = CASE WHEN "errorClass" IS NULL AND "state" = 'waiting' THEN clock_timestamp() ELSE "dueAt" END
    WHERE "id" IN (
      SELECT "id" FROM "item" WHERE (${estateId}::text IS NULL OR "estateId" = ${estateId}) AND "leaseAttemptId" IS NULL
        AND "state" IN ('not_started', 'waiting', 'unknown') ORDER BY "id" FOR UPDATE SKIP LOCKED)`
  const waves = await tx.$queryRaw<{ id: string }[]>`
    SELECT w."id" FROM "wave" w JOIN "batch" b ON b."id" = w."batchId"
    WHERE w."state" IN ('approved', 'running', 'syncing', 'awaiting_approval', 'draft')
      AND (${estateId}::text IS NULL OR b."estateId" = ${estateId})`
  await wake(
    tx,
    ...waves.flatMap(wave => [
      { topic: 'wave' as const, waveId: wave.id },
      { topic: 'wave-items' as const, waveId: wave.id },
      { topic: 'wave-readiness' as const, waveId: wave.id },
    ]),
  )
  return freed
}
