import type { Tx } from '@/server/store/ledger'
import { lockOpenApproval, lockWave } from '@/server/store/wave-lock'
import { computeWavePlan, storedPlanDocument, whyPlanIsVoid } from '@/server/store/wave-plan'
import { voidApproval } from './void-approval'

/** After a change: every open request or unspent approval of these waves that no longer fits its plan becomes void. */
export async function voidChangedApprovals(tx: Tx, waveIds: readonly string[]): Promise<number> {
  let voided = 0
  for (const waveId of waveIds) {
    const wave = await lockWave(tx, waveId)
    const approval = await lockOpenApproval(tx, waveId)
    if (!approval) continue
    const plan = await computeWavePlan(tx, waveId, approval.segment)
    const document = await storedPlanDocument(tx, approval.planId)
    const reasons = whyPlanIsVoid({ document, hash: approval.planHash }, plan)
    if (reasons.length === 0) continue
    await voidApproval(tx, wave, approval, reasons)
    voided++
  }
  return voided
}
