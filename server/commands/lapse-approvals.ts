import { systemActor } from '@/domain/people/actor'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { databaseNow, lockOpenApproval, lockWave } from '@/server/store/wave-lock'

/** A request that nobody decided in time counts as no. Answers how many lapsed. */
export async function lapseApprovals(): Promise<number> {
  const due = await db().$queryRaw<{ waveId: string }[]>`
    SELECT "waveId" FROM "approval" WHERE "state" = 'requested' AND "endsAt" <= clock_timestamp() LIMIT 200`
  let lapsed = 0
  for (const { waveId } of due)
    lapsed += await db().$transaction(async tx => {
      const wave = await lockWave(tx, waveId)
      const open = await lockOpenApproval(tx, waveId)
      if (open?.state !== 'requested' || open.endsAt > (await databaseNow(tx))) return 0
      await tx.approval.update({ where: { id: open.id }, data: { state: 'lapsed' } })
      await tx.wave.update({
        where: { id: waveId },
        data: {
          state: 'draft',
          stateReason: 'Nobody decided in time, which counts as no. Ask again.',
          version: { increment: 1 },
        },
      })
      await recordEvent(tx, systemActor, {
        type: 'approval.lapsed',
        about: { batchId: wave.batchId, waveId },
        data: { approvalId: open.id },
      })
      return 1
    })
  return lapsed
}
