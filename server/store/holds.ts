import type { Sql } from './direct'

export type HoldInForce = { id: string; scope: string; targetId: string; reason: string }

/** The holds that keep this piece of work from starting, widest first. */
export async function holdsInForce(
  database: Sql,
  on: { estateId: string; laneId?: string | null; batchId?: string; waveId?: string; itemId?: string },
): Promise<HoldInForce[]> {
  return database.$queryRaw<HoldInForce[]>`
    SELECT "id", "scope"::text AS "scope", "targetId", "reason" FROM "hold"
    WHERE "releasedAt" IS NULL AND (
      "scope" = 'everything'
      OR ("scope" = 'estate' AND "targetId" = ${on.estateId})
      OR ("scope" = 'lane' AND "targetId" = ${on.laneId ?? ''})
      OR ("scope" = 'batch' AND "targetId" = ${on.batchId ?? ''})
      OR ("scope" = 'wave' AND "targetId" = ${on.waveId ?? ''})
      OR ("scope" = 'item' AND "targetId" = ${on.itemId ?? ''}))
    ORDER BY "scope"`
}
