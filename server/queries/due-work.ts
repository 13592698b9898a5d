import type { Standing } from '@/domain/pacing/fair-order'
import { Prisma } from '@/generated/prisma/client'
import { db } from '@/server/store/client'

/** How long a wake-up may be on its way before the sweeper assumes that the queue lost it. */
const overdueSeconds = 20

/**
 * A job's id keeps the same wake-up from being queued twice, also while a worker is at it. A worker whose clock is ahead
 * keeps its job locked until a time that is far off, and may be killed: from the next round on the wake-up has another
 * id and is queued beside it. Counted by the database's clock.
 */
const roundSeconds = { item: 300, sync: 60 }

const roundOf = (seconds: number): Prisma.Sql =>
  Prisma.sql`floor(extract(epoch FROM clock_timestamp()) / ${seconds}::int)::int`
const itemRound = roundOf(roundSeconds.item)

export type DueItem = {
  itemId: string
  estateId: string
  stepKey: string | null
  purpose: 'work' | 'readiness'
  version: number
  /** Wake-ups of the same round are one. */
  round: number
  batchId: string
  /** A pilot, or put back by a person: goes ahead of others in its lane. */
  ahead: boolean
}

/**
 * How many whose wake-up should have come long ago are looked at again at once, of each step of a wave. In a long line most
 * wake-ups are only waiting for their turn; where the line was lost, this many each second are more than a lane works off.
 */
const overdueAtOnce = 50

/**
 * People who are due and have no wake-up on its way, or one that should have come long ago. With a wave given, only its
 * people. Lose the whole queue and this finds everybody again. Who waits at a step of the whole wave is not due, since the wave
 * goes on for all of them at once; nor who waits before a step whose segment nobody has approved yet.
 */
export async function dueItems(limit: number, waveId?: string): Promise<DueItem[]> {
  return db().$queryRaw<DueItem[]>`
    WITH place AS (
      SELECT w."id" AS "waveId", w."isPilot", s."step"->>'key' AS "stepKey",
        (w."pausedUntil" IS NULL OR w."pausedUntil" <= clock_timestamp()) AND EXISTS (
          SELECT 1 FROM "approval" a WHERE a."waveId" = w."id" AND a."state" = 'spent' AND a."segment" = s."segment") AS "mayChange"
      FROM "wave" w JOIN "batch" b ON b."id" = w."batchId" JOIN "runbook_version" v ON v."id" = b."runbookVersionId"
      CROSS JOIN LATERAL (
        SELECT t."step", count(*) FILTER (WHERE t."step"->>'kind' = 'approval') OVER (ORDER BY t."place") - 1 AS "segment"
        FROM jsonb_array_elements(v."definition"->'steps') WITH ORDINALITY AS t("step", "place")) AS s
      WHERE w."startedAt" IS NOT NULL AND w."state" <> 'cancelled' AND s."step"->>'kind' = 'item'
        AND (${waveId ?? null}::text IS NULL OR w."id" = ${waveId ?? null}))
    SELECT i."id" AS "itemId", i."estateId", i."stepKey", 'work' AS "purpose", i."version", ${itemRound} AS "round", i."batchId",
      (i."ahead" OR place."isPilot") AS "ahead"
    FROM place CROSS JOIN LATERAL (
      (SELECT f.* FROM "item" f WHERE f."waveId" = place."waveId" AND f."stepKey" = place."stepKey" AND f."queuedAt" IS NULL
        AND f."state" IN ('waiting', 'unknown') AND f."leaseAttemptId" IS NULL AND (f."state" = 'unknown' OR place."mayChange")
        AND (f."dueAt" IS NULL OR f."dueAt" <= clock_timestamp()))
      UNION ALL
      (SELECT o.* FROM "item" o WHERE o."waveId" = place."waveId" AND o."stepKey" = place."stepKey"
        AND o."queuedAt" < clock_timestamp() - make_interval(secs => ${overdueSeconds})
        AND o."state" IN ('waiting', 'unknown') AND o."leaseAttemptId" IS NULL AND (o."state" = 'unknown' OR place."mayChange")
        AND (o."dueAt" IS NULL OR o."dueAt" <= clock_timestamp()) ORDER BY o."queuedAt" LIMIT ${overdueAtOnce})) AS i
    ORDER BY (i."ahead" OR place."isPilot") DESC, row_number() OVER (PARTITION BY i."batchId" ORDER BY i."dueAt" NULLS FIRST, i."position"),
      i."dueAt" NULLS FIRST, i."position" LIMIT ${limit}`
}

/** People who are to be read before planning and have not been. */
export async function unreadItems(limit: number, waveId?: string): Promise<DueItem[]> {
  return db().$queryRaw<DueItem[]>`
    SELECT i."id" AS "itemId", i."estateId", NULL AS "stepKey", 'readiness' AS "purpose", i."version", ${itemRound} AS "round",
      i."batchId", false AS "ahead"
    FROM "wave" w CROSS JOIN LATERAL (
      (SELECT f.* FROM "item" f WHERE f."waveId" = w."id" AND f."queuedAt" IS NULL
        AND f."readAt" IS NULL AND f."state" = 'not_started' AND f."leaseAttemptId" IS NULL
        AND (f."dueAt" IS NULL OR f."dueAt" <= clock_timestamp()))
      UNION ALL
      (SELECT o.* FROM "item" o WHERE o."waveId" = w."id"
        AND o."queuedAt" < clock_timestamp() - make_interval(secs => ${overdueSeconds * 3})
        AND o."readAt" IS NULL AND o."state" = 'not_started' AND o."leaseAttemptId" IS NULL
        AND (o."dueAt" IS NULL OR o."dueAt" <= clock_timestamp()) ORDER BY o."queuedAt" LIMIT ${overdueAtOnce})) AS i
    WHERE w."state" IN ('draft', 'awaiting_approval', 'approved') AND (${waveId ?? null}::text IS NULL OR w."id" = ${waveId ?? null})
    ORDER BY row_number() OVER (PARTITION BY i."batchId" ORDER BY i."position"), i."batchId" LIMIT ${limit}`
}

/** Open waves the sweeper looks at again, whether or not somebody woke them. */
export async function openWaveIds(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "wave" WHERE "state" IN ('approved', 'running', 'syncing')
      OR ("state" = 'awaiting_approval' AND "startedAt" IS NOT NULL)`
  return rows.map(row => row.id)
}

/** One person, if due. */
export async function dueItem(itemId: string): Promise<DueItem[]> {
  return db().$queryRaw<DueItem[]>`
    SELECT i."id" AS "itemId", i."estateId", i."stepKey", 'work' AS "purpose", i."version", ${itemRound} AS "round", i."batchId",
      (i."ahead" OR w."isPilot") AS "ahead"
    FROM "item" i JOIN "wave" w ON w."id" = i."waveId"
    WHERE i."id" = ${itemId} AND i."state" IN ('waiting', 'unknown') AND i."leaseAttemptId" IS NULL
      AND (i."dueAt" IS NULL OR i."dueAt" <= clock_timestamp())`
}

export type DueSync = { syncRunId: string; estateId: string; round: number }

/** Cycles that are wanted, due, and not leased: of one alone, where its id is given. */
export async function dueSyncs(syncRunId?: string): Promise<DueSync[]> {
  return db().$queryRaw<DueSync[]>`
    SELECT "id" AS "syncRunId", "estateId", ${roundOf(roundSeconds.sync)} AS "round" FROM "sync_run" WHERE "state" = 'wanted'
      AND (${syncRunId ?? null}::text IS NULL OR "id" = ${syncRunId ?? null}) AND ("leaseUntil" IS NULL OR "leaseUntil" < clock_timestamp()) AND ("dueAt" IS NULL OR "dueAt" <= clock_timestamp())`
}

/** Marks wake-ups as on their way, each with its place in the lane's order. */
export async function markQueued(ranks: ReadonlyMap<string, number>): Promise<void> {
  await db().$executeRaw`
    UPDATE "item" i SET "queuedAt" = clock_timestamp(), "queueRank" = r."rank"
    FROM unnest(${[...ranks.keys()]}::text[], ${[...ranks.values()]}::int[]) AS r("id", "rank")
    WHERE i."id" = r."id" AND i."leaseAttemptId" IS NULL`
}

/** The queue did not take them: they are due as before. */
export async function unmarkQueued(itemIds: readonly string[]): Promise<void> {
  await db().$executeRaw`
    UPDATE "item" SET "queuedAt" = NULL, "queueRank" = NULL WHERE "id" = ANY(${[...itemIds]}) AND "leaseAttemptId" IS NULL`
}

/** Where an estate's wake-ups stand: the smallest place still on its way, and the last one of each batch. */
export async function queueStanding(estateId: string, readiness: boolean): Promise<Standing> {
  const rows = await db().$queryRaw<{ batchId: string; first: number; last: number }[]>`
    SELECT "batchId", min("queueRank")::int AS "first", max("queueRank")::int AS "last" FROM "item"
    WHERE "estateId" = ${estateId} AND "queueRank" IS NOT NULL AND "leaseAttemptId" IS NULL
      AND ("state" = 'not_started') = ${readiness}
      AND "queuedAt" > clock_timestamp() - interval '10 minutes'
    GROUP BY 1`
  return {
    clock: rows.reduce((least, row) => Math.min(least, row.first), rows[0]?.first ?? 1),
    last: new Map(rows.map(row => [row.batchId, row.last])),
  }
}
