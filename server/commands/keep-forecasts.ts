import { outlook } from '@/domain/forecast/outlook'
import type { RunbookDefinition } from '@/runbooks/definition'
import { countPeople } from '@/server/queries/people-counts'
import { startTimesOf } from '@/server/queries/start-times'
import { stepMeasures } from '@/server/queries/step-measures'
import { waveAhead } from '@/server/queries/wave-ahead'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'

/** A wave's forecast is written down so often at most, in seconds; a lab's waves are short. */
const every = { live: 600, lab: 10 }

/**
 * Writes the finish that is forecast for each wave at work, and for those that ended when they did, less the time in which a
 * person's approval was waited for, which no forecast knows: so that everybody can see how well forecasts held. Answers how
 * many were made.
 */
export async function keepForecasts(): Promise<number> {
  // Where two waves of a batch work at once, one of them goes on with what the other leaves, and its own end says nothing.
  const waves = await db().$queryRaw<{ id: string; now: Date }[]>`
    SELECT w."id", clock_timestamp() AS "now"
    FROM "wave" w JOIN "batch" b ON b."id" = w."batchId" JOIN "estate" e ON e."id" = b."estateId"
    WHERE w."state" IN ('running', 'syncing')
      AND NOT EXISTS (SELECT 1 FROM "wave" o WHERE o."batchId" = w."batchId" AND o."id" <> w."id" AND o."state" IN ('running', 'syncing'))
      AND NOT EXISTS (
        SELECT 1 FROM "forecast" f WHERE f."waveId" = w."id"
          AND f."madeAt" > clock_timestamp() - make_interval(secs => CASE WHEN e."kind" = 'live' THEN ${every.live}::int ELSE ${every.lab}::int END))`
  let made = 0
  for (const { id, now } of waves) {
    const wave = await db().wave.findUniqueOrThrow({
      where: { id },
      include: {
        batch: {
          include: {
            runbookVersion: true,
            estate: { include: { blackouts: { where: { removedAt: null } } } },
          },
        },
      },
    })
    const { batch } = wave
    const [rows, measures] = await Promise.all([
      countPeople(db(), [batch.id]),
      stepMeasures(db(), [batch.estateId]),
    ])
    const ahead = waveAhead(
      {
        estateId: batch.estateId,
        runbook: batch.runbookVersion.definition as unknown as RunbookDefinition,
        segment: wave.segment,
        times: startTimesOf(wave, batch.estate),
        syncingSince: wave.state === 'syncing' ? wave.syncingSince : null,
        rows: rows.filter(row => row.waveId === id),
      },
      measures,
      now,
    )
    const forecast = outlook([ahead], now)?.forecast
    if (!forecast) continue
    await db().forecast.create({
      data: {
        id: newId('forecast'),
        batchId: batch.id,
        waveId: id,
        madeAt: now,
        remaining: ahead.people,
        fromAt: forecast.from,
        middleAt: forecast.middle,
        toAt: forecast.to,
      },
    })
    made++
  }
  await db().$executeRaw`
    UPDATE "forecast" f SET "actualAt" = w."endedAt" - coalesce((
        SELECT sum(p."decidedAt" - p."requestedAt") FROM "approval" p
        WHERE p."waveId" = w."id" AND p."state" = 'spent' AND p."requestedAt" > f."madeAt"), interval '0')
    FROM "wave" w
    WHERE w."id" = f."waveId" AND f."actualAt" IS NULL AND w."state" = 'done' AND w."endedAt" IS NOT NULL`
  return made
}
