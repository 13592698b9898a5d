import { type MeasuredAttempt, type StepTimes, stepTimes, waitTimes } from '@/domain/forecast/step-times'
import type { RunbookDefinition } from '@/runbooks/definition'
import { workSteps } from '@/runbooks/segments'
import { db } from '@/server/store/client'

/** Of each step so many of the latest attempts are looked at, in so many of the waves that were started last. */
const ATTEMPTS = 200
const WAVES = 8
/** Of the estate's cycles so many of the latest. */
const CYCLES = 20

/**
 * Measures what steps cost lately on every estate with a wave at work, from its latest attempts and cycles. What was never
 * measured there has no row. Answers how many steps were.
 */
export async function measureSteps(): Promise<number> {
  const atWork = await db().$queryRaw<{ estateId: string; versionId: string }[]>`
    SELECT DISTINCT b."estateId", b."runbookVersionId" AS "versionId" FROM "wave" w JOIN "batch" b ON b."id" = w."batchId"
    WHERE w."state" IN ('running', 'syncing')`
  let measured = 0
  for (const { estateId, versionId } of atWork) {
    const version = await db().runbookVersion.findUniqueOrThrow({ where: { id: versionId } })
    const steps = workSteps(version.definition as unknown as RunbookDefinition).map(({ step }) => step)
    const keys = steps.flatMap(step => (step.kind === 'item' ? [step.key] : []))
    const attempts = await latestAttempts(estateId, version.runbook, keys)
    for (const step of steps) {
      const took =
        step.kind === 'item'
          ? stepTimes(attempts.filter(one => one.stepKey === step.key).slice(0, ATTEMPTS))
          : await cycleTimes(estateId)
      if (!took) continue
      await keep({ estateId, runbook: version.runbook, stepKey: step.key }, took)
      measured++
    }
  }
  return measured
}

/** Attempts that ended, the latest of each step first. */
function latestAttempts(
  estateId: string,
  runbook: string,
  keys: readonly string[],
): Promise<(MeasuredAttempt & { stepKey: string })[]> {
  return db().$queryRaw`
    SELECT a.* FROM (
      SELECT w."id" FROM "wave" w JOIN "batch" b ON b."id" = w."batchId" JOIN "runbook_version" v ON v."id" = b."runbookVersionId"
      WHERE w."startedAt" IS NOT NULL AND b."estateId" = ${estateId} AND v."runbook" = ${runbook}
      ORDER BY w."startedAt" DESC LIMIT ${WAVES}
    ) AS w CROSS JOIN unnest(${[...keys]}::text[]) AS s("key") CROSS JOIN LATERAL (
      SELECT a."stepKey", coalesce(a."seatId", a."id") AS "session", a."startedAt", a."endedAt", a."state" IN ('done', 'no_change') AS "through"
      FROM "attempt" a WHERE a."waveId" = w."id" AND a."stepKey" = s."key" AND a."endedAt" IS NOT NULL AND a."kind" = 'run'
      ORDER BY a."endedAt" DESC LIMIT ${ATTEMPTS}
    ) AS a ORDER BY a."endedAt" DESC`
}

/** From when a cycle was wanted until it was over, with the estate's spacing and a server that was busy. */
async function cycleTimes(estateId: string): Promise<StepTimes | null> {
  const rows = await db().$queryRaw<{ seconds: number }[]>`
    SELECT greatest(0, extract(epoch FROM "endedAt" - "wantedAt"))::float8 AS "seconds" FROM "sync_run"
    WHERE "estateId" = ${estateId} AND "state" = 'done' AND "endedAt" IS NOT NULL ORDER BY "endedAt" DESC LIMIT ${CYCLES}`
  const took = waitTimes(rows.map(({ seconds }) => seconds))
  return took && { ...took, sessions: 1 }
}

async function keep(
  on: { estateId: string; runbook: string; stepKey: string },
  { low, middle, high, sessions }: StepTimes,
): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "step_time" ("estateId", "runbook", "stepKey", "lowSeconds", "middleSeconds", "highSeconds", "sessions", "measuredAt")
    VALUES (${on.estateId}, ${on.runbook}, ${on.stepKey}, ${low}, ${middle}, ${high}, ${sessions}, clock_timestamp())
    ON CONFLICT ("estateId", "runbook", "stepKey") DO UPDATE SET "lowSeconds" = EXCLUDED."lowSeconds", "middleSeconds" = EXCLUDED."middleSeconds",
      "highSeconds" = EXCLUDED."highSeconds", "sessions" = EXCLUDED."sessions", "measuredAt" = EXCLUDED."measuredAt"`
}
