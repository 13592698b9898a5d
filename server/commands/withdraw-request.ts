import { mayWithdraw } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { databaseNow, lockOpenApproval, lockWave } from '@/server/store/wave-lock'
import { Refused } from './refused'

/** Takes an open request back; the wave is as before it was asked for. */
export async function withdrawRequest(
  actor: Actor,
  input: { waveId: string; reason?: string },
): Promise<{ approvalId: string }> {
  const personId = permitPerson(actor, 'approvals.withdraw')
  return db().$transaction(async tx => {
    const wave = await lockWave(tx, input.waveId)
    const open = await lockOpenApproval(tx, wave.id)
    const may = mayWithdraw(wave)
    if (!may.ok || open?.state !== 'requested')
      throw new Refused('conflict', may.ok ? 'There is no open request to withdraw.' : may.why)
    const reason = input.reason?.trim() || null
    await tx.approval.update({
      where: { id: open.id },
      data: {
        state: 'withdrawn',
        decidedById: personId,
        decidedVia: actor.via,
        decidedAt: await databaseNow(tx),
        reason,
      },
    })
    await tx.wave.update({ where: { id: wave.id }, data: { state: 'draft', version: { increment: 1 } } })
    await recordEvent(tx, actor, {
      type: 'approval.withdrawn',
      about: { batchId: wave.batchId, waveId: wave.id },
      data: { approvalId: open.id, reason },
    })
    return { approvalId: open.id }
  })
}
