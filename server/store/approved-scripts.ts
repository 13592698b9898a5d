import { db } from './client'
import type { Sql } from './direct'
import { storedPlanDocument } from './wave-plan'

type Scripts = Readonly<Record<string, string>>

// A plan never changes, and names everybody of a wave: its text is read once, not for each of them.
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
  const { scripts } = await storedPlanDocument(db(), approval.planId)
  scriptsOfPlans.set(approval.planId, scripts)
  return scripts
}
