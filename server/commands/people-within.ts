import { Prisma } from '@/generated/prisma/client'
import type { HoldScope } from '@/generated/prisma/enums'
import type { Tx } from '@/server/store/ledger'

export type Within = {
  /** People of open waves within the scope who are not at work, and so do not begin while it is held. */
  touched: number
  /** Those at work, who may end. */
  running: number
}

/** Each runbook version's steps on a lane, as the table `step`; `first` is the one that everybody starts with. */
export const steps = Prisma.sql`
  step AS (
    SELECT v."id" AS "version", s."step"->>'key' AS "key", s."step"->>'lane' AS "lane", s."step"->>'kind' AS "kind",
      s."place" = min(s."place") OVER (PARTITION BY v."id") AS "first"
    FROM "runbook_version" v CROSS JOIN LATERAL jsonb_array_elements(v."definition"->'steps') WITH ORDINALITY AS s("step", "place")
    WHERE s."step" ? 'lane')`

/**
 * Everybody of a scope's open waves as `i`, with their wave `w`, batch `b`, next `step` and its lane `l`. A lane has those whose
 * next step runs on it, as their runbook says: whoever has not started stands before its first step. An unknown outcome is not
 * among them: it is read back also while it is held.
 */
export const peopleOf = (scope: HoldScope, targetId: string): Prisma.Sql => Prisma.sql`
  "item" i JOIN "wave" w ON w."id" = i."waveId" JOIN "batch" b ON b."id" = w."batchId"
  LEFT JOIN step ON step."version" = b."runbookVersionId" AND (step."key" = i."stepKey" OR (i."stepKey" IS NULL AND step."first"))
  LEFT JOIN "lane" l ON l."estateId" = i."estateId" AND l."name" = step."lane"
  WHERE w."state" NOT IN ('done', 'cancelled') AND i."state" IN ('not_started', 'waiting', 'running') AND CASE ${scope}
    WHEN 'estate' THEN i."estateId" = ${targetId}
    WHEN 'lane' THEN l."id" = ${targetId}
    WHEN 'batch' THEN i."batchId" = ${targetId}
    WHEN 'wave' THEN i."waveId" = ${targetId}
    WHEN 'item' THEN i."id" = ${targetId}
    ELSE true END`

/** Counts them. */
export async function peopleWithin(tx: Tx, scope: HoldScope, targetId: string): Promise<Within> {
  const rows = await tx.$queryRaw<Within[]>`
    WITH ${steps}
    SELECT count(*) FILTER (WHERE i."state" <> 'running')::int AS "touched", count(*) FILTER (WHERE i."state" = 'running')::int AS "running"
    FROM ${peopleOf(scope, targetId)}`
  return rows[0] ?? { touched: 0, running: 0 }
}
