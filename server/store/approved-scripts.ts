import type { Sql } from './direct'

type Scripts = Readonly<Record<string, string>>

// A plan never changes, and names everybody of a wave: it is read once, not for each of them.
const scriptsOfPlans = new Map<string, Scripts>()

/**
 * The script hashes of the plan under which a wave's segment was started, `<step>.<phase>` → hash; null where no
 * started approval covers it. What runs is what was approved, whatever lies on disk by now (rule 4).
 */
export async function approvedScripts(
  database: Sql,
  waveId: string,
  segment: number,
): Promise<Scripts | null> {
  const approvals = await database.$queryRaw<{ planId: string }[]>`
    SELECT "planId" FROM "approval" WHERE "waveId" = ${waveId} AND "segment" = ${segment}::int AND "state" = 'spent'
    ORDER BY "decidedAt" DESC LIMIT 1`
  const approval = approvals[0]
  if (!approval) return null
  const known = scriptsOfPlans.get(approval.planId)
  if (known) return known
  // Only the scripts come over: the text of a wave of ten thousand is a megabyte, and a worker reads it at every wave. Asked on
  // the caller's own connection: where every connection of the pool waits for another one, nobody gets it.
  const plans = await database.$queryRaw<{ scripts: Scripts }[]>`
    SELECT "canonical"::jsonb->'scripts' AS "scripts" FROM "plan" WHERE "id" = ${approval.planId}`
  const scripts = plans[0]?.scripts
  if (!scripts) throw new Error(`The plan ${approval.planId} is approved and not there.`)
  scriptsOfPlans.set(approval.planId, scripts)
  return scripts
}
