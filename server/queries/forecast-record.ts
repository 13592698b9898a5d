import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'

/** How well forecasts of waves that have ended held. */
export type ForecastRecord = {
  made: number
  /** In how many the wave ended within the range; eight of ten is what the range promises. */
  held: number
  /** Half of them missed the middle by less than this share of the time that was left. */
  medianMiss: number | null
}

/** Over one batch, or over everything this instance has forecast. */
export async function forecastRecord(actor: Actor, batchId?: string): Promise<ForecastRecord> {
  permit(actor, 'batches.read')
  const rows = await db().$queryRaw<ForecastRecord[]>`
    SELECT count(*)::int AS "made", count(*) FILTER (WHERE "actualAt" BETWEEN "fromAt" AND "toAt")::int AS "held",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(extract(epoch FROM "actualAt" - "middleAt"))
        / greatest(1, extract(epoch FROM "actualAt" - "madeAt")))::float8 AS "medianMiss"
    FROM "forecast" WHERE "actualAt" IS NOT NULL AND "actualAt" > "madeAt" AND (${batchId ?? null}::text IS NULL OR "batchId" = ${batchId ?? null})`
  return rows[0] ?? { made: 0, held: 0, medianMiss: null }
}
