import type { Database } from './client'
import { storedPlanDocument } from './wave-plan'

/**
 * The script hashes of the plan under which a wave's segment was started, `<step>.<phase>` → hash; null where no
 * started approval covers it. What runs is what was approved, whatever lies on disk by now (rule 4).
 */
export async function approvedScripts(
  database: Database,
  waveId: string,
  segment: number,
): Promise<Readonly<Record<string, string>> | null> {
  const approval = await database.approval.findFirst({
    where: { waveId, segment, state: 'spent' },
    orderBy: { decidedAt: 'desc' },
    select: { planId: true },
  })
  return approval ? (await storedPlanDocument(database, approval.planId)).scripts : null
}
