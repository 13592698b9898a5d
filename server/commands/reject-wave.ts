import { mayReject } from '@/domain/lifecycle/approval'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { databaseNow, lockOpenApproval, lockWave } from '@/server/store/wave-lock'
import { Refused } from './refused'

/** Turns an open request down, with a reason that the one who asked can act on. */
export async function rejectWave(
  actor: Actor,
  input: { waveId: string; reason: string },
): Promise<{ approvalId: string }> {
  const personId = permitPerson(actor, 'approvals.decide')
  return db().$transaction(async tx => {
    const wave = await lockWave(tx, input.waveId)
    const open = await lockOpenApproval(tx, wave.id)
    if (!open) throw new Refused('conflict', 'This wave does not wait for a decision.')
    const may = mayReject(open, input.reason)
    if (!may.ok) throw new Refused(input.reason.trim() === '' ? 'invalid' : 'conflict', may.why)
    if (open.involvedIds.includes(personId))
      throw new Refused(
        'forbidden',
        'You imported, edited or asked for this wave, so somebody else decides. You can withdraw it.',
      )
    const reason = input.reason.trim()
    await tx.approval.update({
      where: { id: open.id },
      data: {
        state: 'rejected',
        decidedById: personId,
        decidedVia: actor.via,
        decidedAt: await databaseNow(tx),
        reason,
      },
    })
    await tx.wave.update({
      where: { id: wave.id },
      data: { state: 'draft', stateReason: `Rejected: ${reason}`, version: { increment: 1 } },
    })
    await recordEvent(tx, actor, {
      type: 'approval.rejected',
      about: { batchId: wave.batchId, waveId: wave.id },
      data: { approvalId: open.id, reason },
    })
    return { approvalId: open.id }
  })
}
