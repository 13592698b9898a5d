import { recoveredSessions } from '@/domain/pacing/budget'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'

export type PaceLine = {
  credentialId: string
  credential: string
  estateId: string
  estate: string
  kind: 'lab' | 'live'
  /** Sessions that may work at once now, of all the credential may hold, and how many do. */
  allowed: number
  all: number
  working: number
  /** Nothing begins for so long. */
  pauseSeconds: number
  cause: string
  since: Date
  /** Since when it has been slowed: answers that were delayed or refused, and the delays added up. */
  warnings: number
  delayedMs: number
}

type Row = Omit<PaceLine, 'allowed' | 'delayedMs'> & { sessions: number; quiet: number; delayedMs: bigint }

/** Credentials whose service asked for less, and that have not come back to all their sessions. */
export async function pacesNow(actor: Actor): Promise<PaceLine[]> {
  permit(actor, 'workers.read')
  const rows = await db().$queryRaw<Row[]>`
    SELECT c."id" AS "credentialId", c."name" AS "credential", e."id" AS "estateId", e."name" AS "estate", e."kind"::text AS "kind",
      p."sessions", c."maxSessions" AS "all", p."cause", p."since", p."warnings", p."delayedMs",
      greatest(0, extract(epoch FROM p."notBefore" - clock_timestamp()))::float8 AS "pauseSeconds",
      coalesce(extract(epoch FROM clock_timestamp() - greatest(p."changedAt", p."notBefore")), 0)::float8 AS "quiet",
      (SELECT count(*)::int FROM "attempt" a JOIN "seat" s ON s."id" = a."seatId" WHERE s."credentialId" = c."id"
        AND a."state" IN ('queued', 'probing', 'applying', 'verifying')) AS "working"
    FROM "pace" p JOIN "credential" c ON c."id" = p."credentialId" JOIN "estate" e ON e."id" = c."estateId"
    ORDER BY e."name", c."name"`
  return rows
    .map(({ sessions, quiet, ...row }) => ({
      ...row,
      delayedMs: Number(row.delayedMs),
      allowed: recoveredSessions(sessions, row.all, quiet, row.kind),
    }))
    .filter(pace => pace.allowed < pace.all || pace.pauseSeconds > 0)
}
