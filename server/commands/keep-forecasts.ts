import { outlook } from '@/domain/forecast/outlook'
import { isShut, startTimesOf } from '@/server/queries/start-times'
import { verifiedPerMinute } from '@/server/queries/verified-pace'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'

/** A wave's forecast is written down so often at most, in seconds; a lab's waves are short. */
const every = { live: 600, lab: 10 }

/**
 * Writes the finish that is forecast for each running wave, and for those that ended when they did: so that everybody can see how
 * well forecasts held. Answers how many were made.
 */
export async function keepForecasts(): Promise<number> {
  const waves = await db().$queryRaw<
    { id: string; batchId: string; remaining: number; now: Date; alone: boolean }[]
  >`
    SELECT w."id", w."batchId", clock_timestamp() AS "now",
      (SELECT count(*)::int FROM "item" i WHERE i."waveId" = w."id" AND i."state" IN ('waiting', 'running', 'unknown')) AS "remaining",
      NOT EXISTS (SELECT 1 FROM "wave" o WHERE o."batchId" = w."batchId" AND o."id" <> w."id" AND o."state" IN ('running', 'syncing')) AS "alone"
    FROM "wave" w JOIN "batch" b ON b."id" = w."batchId" JOIN "estate" e ON e."id" = b."estateId"
    WHERE w."state" = 'running' AND NOT EXISTS (
      SELECT 1 FROM "forecast" f WHERE f."waveId" = w."id"
        AND f."madeAt" > clock_timestamp() - make_interval(secs => CASE WHEN e."kind" = 'live' THEN ${every.live}::int ELSE ${every.lab}::int END))`
  let made = 0
  // The pace is the batch's; where two waves run at once it says nothing about one of them.
  for (const wave of waves.filter(one => one.alone && one.remaining > 0)) {
    const row = await db().wave.findUniqueOrThrow({
      where: { id: wave.id },
      include: {
        batch: { include: { estate: { include: { blackouts: { where: { removedAt: null } } } } } },
      },
    })
    const { estate } = row.batch
    const shut = isShut([row], estate, wave.now) ? [wave.batchId] : []
    const pace = await verifiedPerMinute(db(), [wave.batchId], shut)
    const ahead = [{ people: wave.remaining, times: startTimesOf(row, estate) }]
    const forecast = outlook(pace.get(wave.batchId) ?? [], ahead, wave.now)?.forecast
    if (!forecast) continue
    await db().forecast.create({
      data: {
        id: newId('forecast'),
        batchId: wave.batchId,
        waveId: wave.id,
        madeAt: wave.now,
        remaining: wave.remaining,
        fromAt: forecast.from,
        middleAt: forecast.middle,
        toAt: forecast.to,
      },
    })
    made++
  }
  await db().$executeRaw`
    UPDATE "forecast" f SET "actualAt" = w."endedAt" FROM "wave" w
    WHERE w."id" = f."waveId" AND f."actualAt" IS NULL AND w."state" = 'done' AND w."endedAt" IS NOT NULL`
  return made
}
