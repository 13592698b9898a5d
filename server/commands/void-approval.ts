import { systemActor } from '@/domain/people/actor'
import { recordEvent, type Tx } from '@/server/store/ledger'
import type { LockedWave, OpenApproval } from '@/server/store/wave-lock'

/** The plan is no longer the plan: the request or approval ends, the wave stands before it again, and both say why. */
export async function voidApproval(
  tx: Tx,
  wave: LockedWave,
  approval: OpenApproval,
  because: string[],
): Promise<void> {
  await tx.approval.update({ where: { id: approval.id }, data: { state: 'voided', voidedBecause: because } })
  await tx.wave.update({
    where: { id: wave.id },
    data: {
      state: 'draft',
      stateReason: `The plan changed after it was ${approval.state === 'approved' ? 'approved' : 'asked for'}: ${because.join('; ')}.`,
      version: { increment: 1 },
    },
  })
  await recordEvent(tx, systemActor, {
    type: 'approval.voided',
    about: { batchId: wave.batchId, waveId: wave.id },
    data: { approvalId: approval.id, because },
  })
}
