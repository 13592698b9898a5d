import { type Asked, recoveredSessions, slowedBudget } from '@/domain/pacing/budget'
import { systemActor } from '@/domain/people/actor'
import type { Sql } from './direct'
import { recordEvent } from './ledger'

/**
 * Writes what a service asked of an attempt's credential. Sessions are given up at most once a moment, since calls that
 * were in flight together are told the same thing together; a pause is the longest that anybody was told.
 */
export async function slowDown(tx: Sql, attemptId: string, asked: Asked, cause: string): Promise<void> {
  const rows = await tx.$queryRaw<
    { credentialId: string; kind: 'lab' | 'live'; all: number; batchId: string; waveId: string }[]
  >`
    SELECT c."id" AS "credentialId", e."kind"::text AS "kind", c."maxSessions" AS "all", a."batchId", a."waveId"
    FROM "attempt" a JOIN "seat" s ON s."id" = a."seatId" JOIN "credential" c ON c."id" = s."credentialId"
    JOIN "estate" e ON e."id" = c."estateId" WHERE a."id" = ${attemptId}`
  const on = rows[0]
  if (!on) return
  const paces = await tx.$queryRaw<{ sessions: number; quiet: number; age: number }[]>`
    SELECT "sessions", coalesce(extract(epoch FROM clock_timestamp() - greatest("changedAt", "notBefore")), 0)::float8 AS "quiet",
      extract(epoch FROM clock_timestamp() - "changedAt")::float8 AS "age"
    FROM "pace" WHERE "credentialId" = ${on.credentialId} FOR UPDATE`
  const pace = paces[0]
  const before = pace ? recoveredSessions(pace.sessions, on.all, pace.quiet, on.kind) : on.all
  const budget = slowedBudget(before, asked, on.kind)
  if (!budget) return
  const justNow = pace !== undefined && pace.age < (on.kind === 'lab' ? 0.5 : 10)
  const sessions = justNow ? Math.min(pace.sessions, before) : budget.sessions
  const delayed = asked.kind === 'delayed' ? Math.round(asked.milliseconds) : 0
  await tx.$executeRaw`
    INSERT INTO "pace" ("credentialId", "sessions", "notBefore", "cause", "warnings", "delayedMs", "since", "changedAt")
    VALUES (${on.credentialId}, ${sessions}, clock_timestamp() + make_interval(secs => ${budget.pauseSeconds}::float8), ${cause}, 1, ${delayed},
      clock_timestamp(), clock_timestamp())
    ON CONFLICT ("credentialId") DO UPDATE SET "sessions" = ${sessions},
      "notBefore" = greatest("pace"."notBefore", EXCLUDED."notBefore"), "cause" = EXCLUDED."cause",
      "warnings" = CASE WHEN ${before >= on.all} THEN 1 ELSE "pace"."warnings" + 1 END,
      "delayedMs" = CASE WHEN ${before >= on.all} THEN ${delayed} ELSE "pace"."delayedMs" + ${delayed} END,
      "since" = CASE WHEN ${before >= on.all} THEN clock_timestamp() ELSE "pace"."since" END,
      "changedAt" = CASE WHEN ${justNow} THEN "pace"."changedAt" ELSE clock_timestamp() END`
  if (justNow || (sessions === before && asked.kind === 'delayed')) return
  await recordEvent(tx, systemActor, {
    type: 'pace.slowed',
    about: { batchId: on.batchId, waveId: on.waveId },
    data: { credentialId: on.credentialId, sessions, seconds: Math.round(budget.pauseSeconds), cause },
  })
}
