import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { countedPace } from '@/server/store/counted-people'

/** How many minutes back the pace looks. */
export const PACE_MINUTES = 15

/**
 * People verified in each of the last 15 minutes, by batch; the oldest minute first, always 15 numbers. Of the batches in `shut`, where
 * nothing may start at this time, the last 15 minutes before the latest one verified: a closed window says nothing about the pace.
 * They are counted by tens of seconds, and where it is shut by minutes, so somebody may fall into the minute before.
 */
export async function verifiedPerMinute(
  database: Database,
  batchIds: readonly string[],
  shut: readonly string[] = [],
): Promise<Map<string, number[]>> {
  const pace = new Map(batchIds.map(id => [id, new Array<number>(PACE_MINUTES).fill(0)]))
  if (batchIds.length === 0) return pace
  const open = batchIds.filter(id => !shut.includes(id))
  const rows = [
    ...(await database.$queryRaw<Row[]>`
      SELECT "batchId", floor(extract(epoch FROM now() - "at") / 60)::int AS "ago", sum("people")::int AS "people"
      FROM ${countedPace(open, 10, Prisma.sql`now() - make_interval(mins => ${PACE_MINUTES})`)} AS v GROUP BY 1, 2`),
    ...(shut.length > 0 ? await beforeTheLast(database, shut) : []),
  ]
  for (const row of rows) {
    const minutes = pace.get(row.batchId)
    const slot = PACE_MINUTES - 1 - Math.max(0, row.ago)
    if (minutes?.[slot] !== undefined) minutes[slot] += row.people
  }
  return pace
}

type Row = { batchId: string; ago: number; people: number }

const beforeTheLast = (database: Database, batchIds: readonly string[]): Promise<Row[]> => database.$queryRaw<
  Row[]
>`
  SELECT e."batchId", (extract(epoch FROM e."at" - v."at") / 60)::int AS "ago", sum(v."people")::int AS "people"
  FROM (
    SELECT s."batchId", greatest(
      (SELECT max("slot") FROM "item_pace" p WHERE p."batchId" = s."batchId" AND p."seconds" = 60),
      (SELECT date_bin('1 minute', max("verifiedAt"), 'epoch') FROM "item_change" c WHERE c."batchId" = s."batchId" AND c."people" > 0)
    ) AS "at" FROM unnest(${[...batchIds]}::text[]) AS s("batchId")
  ) AS e CROSS JOIN LATERAL (
    SELECT "slot" AS "at", "people" FROM "item_pace" p
    WHERE p."batchId" = e."batchId" AND p."seconds" = 60 AND p."slot" > e."at" - make_interval(mins => ${PACE_MINUTES})
    UNION ALL
    SELECT date_bin('1 minute', "verifiedAt", 'epoch'), "people" FROM "item_change" c
    WHERE c."batchId" = e."batchId" AND date_bin('1 minute', c."verifiedAt", 'epoch') > e."at" - make_interval(mins => ${PACE_MINUTES})
  ) AS v GROUP BY 1, 2`
