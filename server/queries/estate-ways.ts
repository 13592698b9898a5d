import { recoveredSessions } from '@/domain/pacing/budget'
import type { EstateWay, LaneWay } from '@/domain/way/in-the-way'
import type { Blackout } from '@/domain/windows/may-start'
import type { Tx } from '@/server/store/ledger'
import { databaseNow } from '@/server/store/wave-lock'
import { openBreakers } from './breakers'

/** An estate's way with its barred days, which a wave's times are read with. */
export type EstateStanding = EstateWay & { blackouts: Blackout[] }

type LaneRow = Omit<LaneWay, 'allowed'> & {
  estateId: string
  all: number
  kind: 'lab' | 'live'
  sessions: number | null
  quiet: number
}

/**
 * What stands in the way of work on these estates at this moment, as it is read and not as it is recorded: a wait writes
 * nothing but when to look again. Takes a transaction, or the client for a page.
 */
export async function estateWays(
  database: Tx,
  estateIds: readonly string[],
): Promise<Map<string, EstateStanding>> {
  const ids = [...new Set(estateIds)]
  const now = await databaseNow(database)
  const estates = await database.estate.findMany({
    where: { id: { in: ids } },
    include: { blackouts: { where: { removedAt: null } } },
  })
  const holds = await database.hold.findMany({
    where: { releasedAt: null },
    orderBy: { scope: 'asc' },
    select: { scope: true, targetId: true, reason: true },
  })
  const lanes = await lanesOf(database, ids)
  const breakers = await openBreakers(database)
  return new Map(
    estates.map(estate => [
      estate.id,
      {
        now,
        estate: {
          id: estate.id,
          name: estate.name,
          kind: estate.kind,
          switchedOn: estate.switchedOnAt !== null,
          zone: estate.zone,
        },
        holds,
        lanes: lanes.filter(lane => lane.estateId === estate.id),
        breakers: breakers.filter(breaker => breaker.estateId === estate.id),
        blackouts: estate.blackouts,
      },
    ]),
  )
}

/** One estate's way. @throws Error where there is no such estate. */
export async function estateWay(database: Tx, estateId: string): Promise<EstateStanding> {
  const way = (await estateWays(database, [estateId])).get(estateId)
  if (!way) throw new Error(`There is no estate ${estateId}.`)
  return way
}

async function lanesOf(
  database: Tx,
  estateIds: readonly string[],
): Promise<(LaneWay & { estateId: string })[]> {
  const rows = await database.$queryRaw<LaneRow[]>`
    SELECT l."estateId", l."id", l."name", l."credentialId", l."concurrency", c."maxSessions" AS "all", e."kind"::text AS "kind",
      CASE WHEN l."stoppedAt" IS NOT NULL THEN coalesce(l."stoppedWhy", '') END AS "stoppedWhy", p."sessions",
      greatest(0, coalesce(extract(epoch FROM p."notBefore" - clock_timestamp()), 0))::float8 AS "pauseSeconds",
      coalesce(extract(epoch FROM clock_timestamp() - greatest(p."changedAt", p."notBefore")), 0)::float8 AS "quiet",
      (SELECT count(DISTINCT s."id")::int FROM "attempt" a JOIN "seat" s ON s."id" = a."seatId"
        WHERE a."state" IN ('queued', 'probing', 'applying', 'verifying') AND s."credentialId" = l."credentialId") AS "working",
      ARRAY(SELECT w."name" FROM "worker" w WHERE w."kind" = 'lane' AND w."stoppedAt" IS NULL
        AND l."estateId" || '.' || l."name" = ANY(w."lanes")) AS "workers"
    FROM "lane" l JOIN "estate" e ON e."id" = l."estateId" JOIN "credential" c ON c."id" = l."credentialId"
    LEFT JOIN "pace" p ON p."credentialId" = c."id"
    WHERE l."estateId" = ANY(${[...estateIds]}) ORDER BY l."name"`
  return rows.map(({ all, kind, sessions, quiet, ...lane }) => ({
    ...lane,
    allowed: sessions === null ? null : recoveredSessions(sessions, all, quiet, kind),
  }))
}
