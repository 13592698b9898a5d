import { mayCancelWave } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { people } from '@/domain/wording/count'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { databaseNow, type LockedWave, lockOpenApproval, lockWave } from '@/server/store/wave-lock'
import { endBatchIfOver, leaveOutRest } from './end-wave'
import { Refused } from './refused'

/** Cancels a wave that is not at work; its people are left out, open requests end as withdrawn. */
export async function cancelWave(
  actor: Actor,
  input: { waveId: string; reason: string },
): Promise<{ people: number }> {
  const personId = permitPerson(actor, 'batches.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Cancelling a wave needs a reason.')
  return db().$transaction(async tx => {
    const wave = await lockWave(tx, input.waveId)
    const left = await cancelLockedWave(tx, actor, personId, wave, reason)
    await endBatchIfOver(tx, wave.batchId)
    return { people: left }
  })
}

export async function cancelLockedWave(
  tx: Tx,
  actor: Actor,
  personId: string,
  wave: LockedWave,
  reason: string,
): Promise<number> {
  const may = mayCancelWave(wave)
  if (!may.ok) throw new Refused('conflict', may.why)
  const busy = await tx.item.count({ where: { waveId: wave.id, state: { in: ['running', 'unknown'] } } })
  if (busy > 0)
    throw new Refused(
      'conflict',
      `${people(busy)} ${busy === 1 ? 'is' : 'are'} being worked on or read back. Wait until that has ended, then cancel.`,
    )
  const open = await lockOpenApproval(tx, wave.id)
  if (open) {
    const state = open.state === 'requested' ? 'withdrawn' : 'voided'
    await tx.approval.update({
      where: { id: open.id },
      data: {
        state,
        decidedById: personId,
        decidedVia: actor.via,
        decidedAt: await databaseNow(tx),
        reason: `Wave cancelled: ${reason}`,
      },
    })
  }
  const leftOut = await leaveOutRest(tx, wave.id, reason)
  await tx.$executeRaw`
    UPDATE "wave" SET "state" = 'cancelled', "stateReason" = ${reason}, "endedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "id" = ${wave.id}`
  await recordEvent(tx, actor, {
    type: 'wave.cancelled',
    about: { batchId: wave.batchId, waveId: wave.id },
    data: { reason, people: leftOut },
  })
  return leftOut
}
