import { db } from '@/server/store/client'

/** How long a wake-up may be on its way before the sweeper assumes that the queue lost it. */
const overdueSeconds = 20

export type DueItem = {
  itemId: string
  estateId: string
  stepKey: string | null
  purpose: 'work' | 'readiness'
  version: number
}

/**
 * People who are due and have no wake-up on its way, or one that should have come long ago. With a wave given, only its
 * people. Lose the whole queue and this finds everybody again.
 */
export async function dueItems(limit: number, waveId?: string): Promise<DueItem[]> {
  return db().$queryRaw<DueItem[]>`
    SELECT i."id" AS "itemId", i."estateId", i."stepKey", 'work' AS "purpose", i."version" FROM "item" i JOIN "wave" w ON w."id" = i."waveId"
    WHERE i."state" IN ('waiting', 'unknown') AND i."leaseAttemptId" IS NULL
      AND (${waveId ?? null}::text IS NULL OR i."waveId" = ${waveId ?? null})
      AND w."startedAt" IS NOT NULL AND w."state" <> 'cancelled'
      AND (i."dueAt" IS NULL OR i."dueAt" <= clock_timestamp())
      AND (i."queuedAt" IS NULL OR i."queuedAt" < clock_timestamp() - make_interval(secs => ${overdueSeconds}))
      AND (i."state" = 'unknown' OR EXISTS (
        SELECT 1 FROM "approval" a WHERE a."waveId" = w."id" AND a."state" = 'spent'
          AND a."segment" = CASE WHEN w."state" IN ('running', 'syncing') THEN w."segment" ELSE w."segment" - 1 END))
    ORDER BY w."isPilot" DESC, i."dueAt" NULLS FIRST, i."position" LIMIT ${limit}`
}

/** People who are to be read before planning and have not been. */
export async function unreadItems(limit: number, waveId?: string): Promise<DueItem[]> {
  return db().$queryRaw<DueItem[]>`
    SELECT i."id" AS "itemId", i."estateId", NULL AS "stepKey", 'readiness' AS "purpose", i."version" FROM "item" i JOIN "wave" w ON w."id" = i."waveId"
    WHERE i."readAt" IS NULL AND i."state" = 'not_started' AND i."leaseAttemptId" IS NULL
      AND (${waveId ?? null}::text IS NULL OR i."waveId" = ${waveId ?? null})
      AND w."state" IN ('draft', 'awaiting_approval', 'approved')
      AND (i."dueAt" IS NULL OR i."dueAt" <= clock_timestamp())
      AND (i."queuedAt" IS NULL OR i."queuedAt" < clock_timestamp() - make_interval(secs => ${overdueSeconds * 3}))
    ORDER BY i."batchId", i."position" LIMIT ${limit}`
}

/** Open waves the sweeper looks at again, whether or not somebody woke them. */
export async function openWaveIds(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "wave" WHERE "state" IN ('approved', 'running', 'syncing')
      OR ("state" = 'awaiting_approval' AND "startedAt" IS NOT NULL)`
  return rows.map(row => row.id)
}

/** Cycles that are wanted, due, and not leased. */
export async function dueSyncs(): Promise<{ syncRunId: string; estateId: string }[]> {
  return db().$queryRaw<{ syncRunId: string; estateId: string }[]>`
    SELECT "id" AS "syncRunId", "estateId" FROM "sync_run" WHERE "state" = 'wanted'
      AND ("leaseUntil" IS NULL OR "leaseUntil" < clock_timestamp()) AND ("dueAt" IS NULL OR "dueAt" <= clock_timestamp())`
}

/** Marks a wake-up as on its way; answers false where somebody took the item up meanwhile. */
export async function markQueued(itemIds: readonly string[]): Promise<void> {
  await db().$executeRaw`UPDATE "item" SET "queuedAt" = clock_timestamp() WHERE "id" = ANY(${[...itemIds]})`
}
