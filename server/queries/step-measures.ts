import type { StepTimes } from '@/domain/forecast/step-times'
import { recoveredSessions } from '@/domain/pacing/budget'
import type { Database } from '@/server/store/client'

/** What steps took lately on some estates, and how many sessions a batch may use there now. */
export type StepMeasures = {
  times(on: { estateId: string; runbook: string; step: string }): StepTimes | null
  sessions(on: { estateId: string; lane: string }, times: StepTimes | null): number
}

type TimeRow = StepTimes & { estateId: string; runbook: string; step: string }
type LaneRow = {
  estateId: string
  lane: string
  kind: 'lab' | 'live'
  allowed: number
  paceSessions: number | null
  quietSeconds: number
  open: number
  batches: number
}

/** Two small questions, whatever the size of the batches. */
export async function stepMeasures(database: Database, estateIds: readonly string[]): Promise<StepMeasures> {
  const ids = [...new Set(estateIds)]
  const [times, lanes] =
    ids.length === 0 ? [[], []] : await Promise.all([timesOf(database, ids), lanesOf(database, ids)])
  const timeOf = new Map(times.map(row => [`${row.estateId} ${row.runbook} ${row.step}`, row]))
  const laneOf = new Map(lanes.map(row => [`${row.estateId} ${row.lane}`, row]))
  return {
    times: ({ estateId, runbook, step }) => timeOf.get(`${estateId} ${runbook} ${step}`) ?? null,
    sessions: ({ estateId, lane }, measured) => {
      const row = laneOf.get(`${estateId} ${lane}`)
      return row ? usable(row, measured) : 1
    },
  }
}

/**
 * What lane, credential, tenant and service allow, but no more than are open now or worked at once when it was measured: of
 * two workers one may be away. Batches at work take turns, so each has its share.
 */
function usable(lane: LaneRow, measured: StepTimes | null): number {
  const asked =
    lane.paceSessions === null
      ? lane.allowed
      : recoveredSessions(lane.paceSessions, lane.allowed, lane.quietSeconds, lane.kind)
  const seen = Math.max(lane.open, measured?.sessions ?? 0)
  return Math.max(1, Math.min(asked, seen > 0 ? seen : asked)) / Math.max(1, lane.batches)
}

const timesOf = (database: Database, ids: string[]): Promise<TimeRow[]> => database.$queryRaw`
  SELECT "estateId", "runbook", "stepKey" AS "step", "lowSeconds" AS "low", "middleSeconds" AS "middle", "highSeconds" AS "high", "sessions"
  FROM "step_time" WHERE "estateId" = ANY(${ids})`

const lanesOf = (database: Database, ids: string[]): Promise<LaneRow[]> => database.$queryRaw`
  SELECT l."estateId", l."name" AS "lane", e."kind"::text AS "kind", least(l."concurrency", c."maxSessions", e."maxSessions") AS "allowed",
    p."sessions" AS "paceSessions",
    coalesce(extract(epoch FROM clock_timestamp() - greatest(p."changedAt", p."notBefore")), 0)::float8 AS "quietSeconds",
    (SELECT count(*)::int FROM "seat" s WHERE s."credentialId" = c."id" AND s."state" IN ('idle', 'busy')
      AND s."lane" IN (l."name", l."estateId" || '.' || l."name")) AS "open",
    (SELECT count(DISTINCT w."batchId")::int FROM "wave" w JOIN "batch" b ON b."id" = w."batchId"
      WHERE w."state" IN ('running', 'syncing') AND b."estateId" = l."estateId") AS "batches"
  FROM "lane" l JOIN "estate" e ON e."id" = l."estateId" JOIN "credential" c ON c."id" = l."credentialId"
  LEFT JOIN "pace" p ON p."credentialId" = c."id" WHERE l."estateId" = ANY(${ids})`
