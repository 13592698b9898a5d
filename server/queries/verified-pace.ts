import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { countedPace } from '@/server/store/counted-people'

/** How many minutes back the pace looks. */
export const PACE_MINUTES = 15

/**
 * People verified in each of the last 15 minutes, by batch; the oldest minute first, always 15 numbers. They are counted by tens
 * of seconds, so somebody may fall into the minute before.
 */
export async function verifiedPerMinute(
  database: Database,
  batchIds: readonly string[],
): Promise<Map<string, number[]>> {
  const pace = new Map(batchIds.map(id => [id, new Array<number>(PACE_MINUTES).fill(0)]))
  if (batchIds.length === 0) return pace
  const rows = await database.$queryRaw<{ batchId: string; ago: number; people: number }[]>`
    SELECT "batchId", floor(extract(epoch FROM now() - "at") / 60)::int AS "ago", sum("people")::int AS "people"
    FROM ${countedPace(batchIds, 10, Prisma.sql`now() - make_interval(mins => ${PACE_MINUTES})`)} AS v GROUP BY 1, 2`
  for (const row of rows) {
    const minutes = pace.get(row.batchId)
    const slot = PACE_MINUTES - 1 - Math.max(0, row.ago)
    if (minutes?.[slot] !== undefined) minutes[slot] += row.people
  }
  return pace
}
