import type { Database } from '@/server/store/client'

/** How many minutes back the pace looks. */
export const PACE_MINUTES = 15

/**
 * People verified in each of the last 15 minutes, by batch; the oldest minute first, always 15 numbers. Of the batches in `shut`, where
 * nothing may start at this time, the last 15 minutes before the latest one verified: a closed window says nothing about the pace.
 */
export async function verifiedPerMinute(
  database: Database,
  batchIds: readonly string[],
  shut: readonly string[] = [],
): Promise<Map<string, number[]>> {
  const pace = new Map(batchIds.map(id => [id, new Array<number>(PACE_MINUTES).fill(0)]))
  if (batchIds.length === 0) return pace
  const open = batchIds.filter(id => !shut.includes(id))
  const rows = await database.$queryRaw<{ batchId: string; ago: number; people: number }[]>`
    SELECT i."batchId", floor(extract(epoch FROM e."at" - i."changedAt") / 60)::int AS "ago", count(*)::int AS "people"
    FROM (
      SELECT unnest(${open}::text[]) AS "batchId", now() AS "at"
      UNION ALL
      SELECT s."batchId", (SELECT max(l."changedAt") FROM "item" l WHERE l."batchId" = s."batchId" AND l."state" IN ('done', 'no_change'))
      FROM unnest(${[...shut]}::text[]) AS s("batchId")
    ) AS e
    JOIN "item" i ON i."batchId" = e."batchId" AND i."state" IN ('done', 'no_change')
      AND i."changedAt" > e."at" - make_interval(mins => ${PACE_MINUTES})
    GROUP BY 1, 2`
  for (const row of rows) {
    const minutes = pace.get(row.batchId)
    const slot = PACE_MINUTES - 1 - Math.max(0, row.ago)
    if (minutes?.[slot] !== undefined) minutes[slot] += row.people
  }
  return pace
}
