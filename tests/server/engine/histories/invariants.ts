import { approvalTransitions } from '@/domain/lifecycle/approval'
import { attemptTransitions } from '@/domain/lifecycle/attempt'
import { batchTransitions } from '@/domain/lifecycle/batch'
import { itemTransitions } from '@/domain/lifecycle/item'
import { waveTransitions } from '@/domain/lifecycle/wave'
import { workSteps } from '@/runbooks/segments'
import { sfbReturn } from '@/runbooks/sfb-return/definition'
import { db } from '@/server/store/client'
import { wrongCounts } from './counted'

const tables = {
  batch: batchTransitions,
  wave: waveTransitions,
  item: itemTransitions,
  attempt: attemptTransitions,
  approval: approvalTransitions,
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>

type States = Map<string, string>

/** The state of everything that has a lifecycle. */
export async function statesNow(): Promise<States> {
  const rows = await db().$queryRaw<{ kind: string; id: string; state: string }[]>`
    SELECT 'batch' AS "kind", "id", "state"::text AS "state" FROM "batch" UNION ALL SELECT 'wave', "id", "state"::text FROM "wave"
    UNION ALL SELECT 'item', "id", "state"::text FROM "item" UNION ALL SELECT 'attempt', "id", "state"::text FROM "attempt"
    UNION ALL SELECT 'approval', "id", "state"::text FROM "approval"`
  return new Map(rows.map(row => [`${row.kind} ${row.id}`, row.state]))
}

/** Every change of state between two looks that no table has. One command makes one step of each. */
export function illegalSteps(before: States, after: States): string[] {
  const wrong: string[] = []
  for (const [key, to] of after) {
    const from = before.get(key)
    if (from === undefined || from === to) continue
    const table: Readonly<Record<string, readonly string[]>> =
      tables[key.split(' ')[0] as keyof typeof tables]
    if (!table[from]?.includes(to)) wrong.push(`${key} went from ${from} to ${to}`)
  }
  for (const key of before.keys()) if (!after.has(key)) wrong.push(`${key} is gone`)
  return wrong
}

/** The segment of each step, as rows of SQL: what the approval of another segment covers is not what was done. */
const segments = workSteps(sfbReturn)
  .map(({ step, segment }) => `('${step.key}', ${segment})`)
  .join(', ')

/** What must never be true, each as a question whose answer is the rows that break it. */
const never: Readonly<Record<string, string>> = {
  'two live leases on one person': `
    SELECT "itemId" AS "id" FROM "attempt" WHERE "itemId" IS NOT NULL AND "state" IN ('queued', 'probing', 'applying', 'verifying')
    GROUP BY 1 HAVING count(*) > 1`,
  'a lease whose attempt is over': `
    SELECT i."id" FROM "item" i JOIN "attempt" a ON a."id" = i."leaseAttemptId" WHERE a."endedAt" IS NOT NULL`,
  'somebody running without a lease': `
    SELECT "id" FROM "item" WHERE "state" = 'running' AND "leaseAttemptId" IS NULL`,
  'somebody ended who is still open, or open who has ended': `
    SELECT "id" FROM "item" WHERE "open" = ("state" IN ('done', 'no_change', 'left_out'))`,
  'two open items of one person': `
    SELECT min("id") AS "id" FROM "item" WHERE "open" GROUP BY "estateId", "identity" HAVING count(*) > 1`,
  'a change without an approval of its own segment that was given and started before it': `
    SELECT a."id" FROM "attempt" a LEFT JOIN (VALUES ${segments}) AS s("stepKey", "segment") ON s."stepKey" = a."stepKey"
    WHERE a."applyBeganAt" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "approval" p WHERE p."waveId" = a."waveId" AND p."segment" = s."segment" AND p."state" = 'spent'
        AND p."decidedAt" <= a."applyBeganAt")`,
  'somebody past the barrier whose change no finished cycle began after': `
    SELECT i."id" FROM "item" i JOIN "attempt" a ON a."itemId" = i."id" AND a."stepKey" = 'enable' AND a."kind" = 'run' AND a."state" = 'done'
    WHERE i."stepKey" = 'move' AND NOT EXISTS (
      SELECT 1 FROM "sync_run" r WHERE r."state" = 'done' AND r."startedAt" > a."endedAt")`,
  'a step run again after unknown without two readings that agreed': `
    SELECT a."id" FROM "attempt" a WHERE a."kind" = 'run' AND EXISTS (
      SELECT 1 FROM "attempt" u WHERE u."itemId" = a."itemId" AND u."kind" = 'run' AND u."state" = 'unknown' AND u."startedAt" < a."startedAt"
        AND NOT EXISTS (SELECT 1 FROM "attempt" d WHERE d."readsBackId" = u."id" AND d."probeSaid" = 'done')
        AND 2 > (SELECT count(*) FROM "attempt" r WHERE r."readsBackId" = u."id" AND r."probeSaid" = 'needed' AND r."startedAt" < a."startedAt"))`,
  'a done that nothing saw': `
    SELECT i."id" FROM "item" i WHERE i."state" IN ('done', 'no_change') AND NOT EXISTS (
      SELECT 1 FROM "attempt" a WHERE a."itemId" = i."id" AND a."stepKey" = i."stepKey" AND a."state" IN ('done', 'no_change'))`,
  'somebody done who counts as harmed': `
    SELECT "id" FROM "item" WHERE "harmed" AND "state" IN ('done', 'no_change')`,
  'an unknown outcome that does not count as harmed': `
    SELECT "id" FROM "item" WHERE "state" = 'unknown' AND NOT "harmed"`,
  'a wave that is done with somebody who could go on': `
    SELECT w."id" FROM "wave" w JOIN "item" i ON i."waveId" = w."id"
    WHERE w."state" = 'done' AND (i."state" IN ('waiting', 'running', 'not_started') OR (i."state" = 'unknown' AND i."readbacksFailed" < 3))`,
  'a batch that is done with a wave that is not': `
    SELECT b."id" FROM "batch" b JOIN "wave" w ON w."batchId" = b."id" WHERE b."state" = 'done' AND w."state" NOT IN ('done', 'cancelled')`,
  'a wave under way, or somebody who could go on, in a cancelled batch': `
    SELECT w."id" FROM "batch" b JOIN "wave" w ON w."batchId" = b."id" LEFT JOIN "item" i ON i."waveId" = w."id" AND i."open"
    WHERE b."state" = 'cancelled' AND (w."state" NOT IN ('done', 'cancelled') OR i."id" IS NOT NULL)`,
  'somebody carved out who is not left out': `
    SELECT c."itemId" AS "id" FROM "carve_out" c JOIN "approval" p ON p."id" = c."approvalId" JOIN "item" i ON i."id" = c."itemId"
    WHERE p."state" = 'spent' AND i."state" <> 'left_out'`,
  'two cycles running on one estate': `
    SELECT min("id") AS "id" FROM "sync_run" WHERE "state" = 'running' GROUP BY "estateId" HAVING count(*) > 1`,
}

/** Every invariant that does not hold now, with the first that breaks it. `people` is how many there are in all. */
export async function brokenInvariants(people: number): Promise<string[]> {
  const wrong: string[] = []
  for (const [what, sql] of Object.entries(never)) {
    const rows = await db().$queryRawUnsafe<{ id: string }[]>(sql)
    if (rows[0]) wrong.push(`${what}: ${rows[0].id}, ${rows.length} in all`)
  }
  const counts = await db().$queryRaw<{ people: number }[]>`
    SELECT coalesce(sum(n), 0)::int AS "people" FROM (SELECT count(*) AS n FROM "item" GROUP BY "waveId", "state") AS c`
  if (counts[0]?.people !== people) wrong.push(`counts add up to ${counts[0]?.people}, not to ${people}`)
  return [...wrong, ...(await wrongCounts(['numbers of people']))]
}

/**
 * Whoever the engine counts as across must be so by an outcome of the last step in the ledger, and whoever has one must count
 * as across. Answers how many there are, and the ids of those of whom only one of the two is true.
 */
export async function acrossByLedger(): Promise<{ across: number; wrong: string[] }> {
  const last = workSteps(sfbReturn).at(-1)?.step.key ?? ''
  const rows = await db().$queryRaw<{ id: string; across: boolean; told: boolean }[]>`
    SELECT i."id", i."state" IN ('done', 'no_change') AS "across", EXISTS (
      SELECT 1 FROM "event" e LEFT JOIN "attempt" a ON a."id" = e."data"->>'readsBack' WHERE e."itemId" = i."id"
        AND ((e."type" IN ('attempt.done', 'attempt.no_change') AND e."data"->>'step' = ${last})
          OR (e."type" = 'attempt.read_back' AND e."data"->>'said' = 'done' AND a."stepKey" = ${last}))) AS "told"
    FROM "item" i JOIN "batch" b ON b."id" = i."batchId"`
  return {
    across: rows.filter(row => row.across).length,
    wrong: rows.filter(row => row.across !== row.told).map(row => row.id),
  }
}

/** Whether a hold in force covers somebody, asked in other words than the engine's. */
export async function isHeld(itemId: string, laneId: string): Promise<boolean> {
  const item = await db().item.findUniqueOrThrow({ where: { id: itemId } })
  const targets = ['', item.estateId, laneId, item.batchId, item.waveId, item.id]
  return (await db().hold.count({ where: { releasedAt: null, targetId: { in: targets } } })) > 0
}
