import { recoveredSessions } from '@/domain/pacing/budget'
import type { ChangeWindow } from '@/domain/windows/change-window'
import { type Blackout, mayStart } from '@/domain/windows/may-start'
import { notNowWords } from '@/domain/windows/window-words'
import { type Concerns, judgeHarm, passBreakers } from './breakers'
import type { Sql } from './direct'
import type { NewEvent } from './ledger'

/** A lane and all that may stand in the way of a next piece of work on it, read in one question. */
export type LaneView = {
  id: string
  name: string
  credentialId: string
  concurrency: number
  maxSessions: number
  stoppedAt: Date | null
  stoppedWhy: string | null
  now: Date
  /** Other sessions at work in the lane, and with its credential over all lanes. */
  inLane: number
  withCredential: number
  /** What the service asked of the credential; null where it asked nothing. */
  paceSessions: number | null
  paceSeconds: number
  quietSeconds: number
  harmed: number
  anyBreakerOpen: boolean
  blackouts: Blackout[]
}

export async function viewLane(
  tx: Sql,
  on: { estateId: string; lane: string; batchId: string; seatId: string },
): Promise<LaneView | null> {
  const rows = await tx.$queryRaw<(Omit<LaneView, 'blackouts'> & { blackouts: Blackout[] | null })[]>`
    SELECT l."id", l."name", l."credentialId", l."concurrency", c."maxSessions", l."stoppedAt", l."stoppedWhy",
      clock_timestamp() AS "now", busy."inLane", busy."withCredential", p."sessions" AS "paceSessions",
      greatest(0, extract(epoch FROM p."notBefore" - clock_timestamp()))::float8 AS "paceSeconds",
      coalesce(extract(epoch FROM clock_timestamp() - greatest(p."changedAt", p."notBefore")), 0)::float8 AS "quietSeconds",
      (SELECT count(*)::int FROM "item" h WHERE h."batchId" = ${on.batchId} AND h."harmed") AS "harmed",
      EXISTS (SELECT 1 FROM "breaker" b WHERE b."estateId" = l."estateId" AND b."state" <> 'closed') AS "anyBreakerOpen",
      (SELECT json_agg(json_build_object('firstDay', o."firstDay", 'lastDay', o."lastDay", 'reason', o."reason"))
        FROM "blackout" o WHERE o."estateId" = l."estateId" AND o."removedAt" IS NULL) AS "blackouts"
    FROM "lane" l JOIN "credential" c ON c."id" = l."credentialId" LEFT JOIN "pace" p ON p."credentialId" = c."id"
    CROSS JOIN LATERAL (
      -- Sessions, not attempts: how the one before it ended may still be written while the next begins on a session.
      SELECT count(DISTINCT s."id") FILTER (WHERE s."lane" = l."name")::int AS "inLane", count(DISTINCT s."id")::int AS "withCredential"
      FROM "attempt" a JOIN "seat" s ON s."id" = a."seatId"
      WHERE a."state" IN ('queued', 'probing', 'applying', 'verifying') AND s."credentialId" = l."credentialId" AND s."id" <> ${on.seatId}) AS busy
    WHERE l."estateId" = ${on.estateId} AND l."name" = ${on.lane}`
  const row = rows[0]
  return row ? { ...row, blackouts: row.blackouts ?? [] } : null
}

/** The pause that the service asked for, where it is not over: of readings as of changes. */
export const serviceAskedForPause = (lane: LaneView): { why: string; seconds: number } | null =>
  lane.paceSeconds > 0
    ? {
        why: `the service asked for a pause of ${Math.ceil(lane.paceSeconds)} s more`,
        seconds: lane.paceSeconds,
      }
    : null

/** Why a lane has no room at this moment, and after how many seconds to ask again; null where it has. */
export function laneIsFull(lane: LaneView, kind: 'lab' | 'live'): { why: string; seconds: number } | null {
  const pause = serviceAskedForPause(lane)
  if (pause) return pause
  if (lane.paceSessions !== null) {
    const allowed = recoveredSessions(lane.paceSessions, lane.maxSessions, lane.quietSeconds, kind)
    if (lane.withCredential >= allowed)
      return { why: `the service asked for less: ${allowed} sessions at once`, seconds: 1 }
  }
  if (lane.inLane >= lane.concurrency)
    return { why: `the lane works on ${lane.inLane} at once, which is its limit`, seconds: 1 }
  return null
}

/**
 * The same asked once more by one after the other of those who work with this credential, until the transaction ends: two
 * that begin at the same moment both saw the one place that was left. Where nothing is asked beyond the credential's own
 * sessions, the seats are enough and nobody waits.
 */
export async function laneFilledMeanwhile(
  tx: Sql,
  seen: LaneView,
  on: { estateId: string; batchId: string; seatId: string; kind: 'lab' | 'live' },
): Promise<{ why: string; seconds: number } | null> {
  if (seen.paceSessions === null && seen.concurrency >= seen.maxSessions) return null
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('ferry.lane-room'), hashtext(${seen.credentialId}))`
  const lane = await viewLane(tx, { ...on, lane: seen.name })
  return lane && laneIsFull(lane, on.kind)
}

/** Clear, or why not and when to ask again; events either way, such as a breaker that just opened. */
export type WayClear =
  | { clear: true; events: NewEvent[] }
  | { clear: false; why: string; seconds: number; events: NewEvent[] }

/** Whether something new may begin: change window, cut-off, barred days, harmed people, breakers; in this order. */
export async function wayClear(
  tx: Sql,
  lane: LaneView,
  on: Concerns,
  times: { identity: string; window: ChangeWindow | null; cutOffAt: Date | null; estateZone: string },
): Promise<WayClear> {
  if (times.window || times.cutOffAt || lane.blackouts.length > 0) {
    const may = mayStart({ ...times, blackouts: lane.blackouts }, lane.now)
    const why = notNowWords(may, times.window?.zone ?? times.estateZone, lane.now)
    if (why) return { clear: false, why, seconds: 5, events: [] }
  }
  if (lane.harmed === 0 && !lane.anyBreakerOpen) return { clear: true, events: [] }
  const harm = await judgeHarm(tx, on)
  if (harm.stands) return { clear: false, why: harm.why, seconds: 5, events: harm.events }
  const way = await passBreakers(tx, on, times.identity)
  return way.clear
    ? { clear: true, events: [...harm.events, ...way.events] }
    : { clear: false, why: way.why, seconds: way.seconds, events: harm.events }
}
