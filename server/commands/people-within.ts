import type { HoldScope } from '@/generated/prisma/enums'
import type { Tx } from '@/server/store/ledger'

export type Within = {
  /** People of open waves within the scope who are not at work, and so do not begin while it is held. */
  touched: number
  /** Those at work, who may end. */
  running: number
  /** Those of `touched` whom some hold keeps from beginning now. */
  held: number
}

/**
 * Counts them. A lane has those whose next step runs on it, as their runbook says: whoever has not started stands before its
 * first step. An unknown outcome is in none of the numbers: it is read back also while it is held.
 */
export async function peopleWithin(tx: Tx, scope: HoldScope, targetId: string): Promise<Within> {
  const rows = await tx.$queryRaw<Within[]>`
    WITH step AS (
      SELECT v."id" AS "version", s."step"->>'key' AS "key", s."step"->>'lane' AS "lane",
        s."place" = min(s."place") OVER (PARTITION BY v."id") AS "first"
      FROM "runbook_version" v CROSS JOIN LATERAL jsonb_array_elements(v."definition"->'steps') WITH ORDINALITY AS s("step", "place")
      WHERE s."step" ? 'lane'),
    within AS (
      SELECT i."state" = 'running' AS "running", EXISTS (
        SELECT 1 FROM "hold" h WHERE h."releasedAt" IS NULL AND (h."scope" = 'everything'
          OR (h."scope"::text, h."targetId") IN (('estate', i."estateId"), ('lane', l."id"), ('batch', i."batchId"), ('wave', i."waveId"), ('item', i."id")))
        ) AS "held"
      FROM "item" i JOIN "wave" w ON w."id" = i."waveId" JOIN "batch" b ON b."id" = w."batchId"
      LEFT JOIN step ON step."version" = b."runbookVersionId" AND (step."key" = i."stepKey" OR (i."stepKey" IS NULL AND step."first"))
      LEFT JOIN "lane" l ON l."estateId" = i."estateId" AND l."name" = step."lane"
      WHERE w."state" NOT IN ('done', 'cancelled') AND i."state" IN ('not_started', 'waiting', 'running') AND CASE ${scope}
        WHEN 'estate' THEN i."estateId" = ${targetId}
        WHEN 'lane' THEN l."id" = ${targetId}
        WHEN 'batch' THEN i."batchId" = ${targetId}
        WHEN 'wave' THEN i."waveId" = ${targetId}
        WHEN 'item' THEN i."id" = ${targetId}
        ELSE true END)
    SELECT count(*) FILTER (WHERE NOT "running")::int AS "touched", count(*) FILTER (WHERE "running")::int AS "running",
      count(*) FILTER (WHERE "held" AND NOT "running")::int AS "held" FROM within`
  return rows[0] ?? { touched: 0, running: 0, held: 0 }
}
