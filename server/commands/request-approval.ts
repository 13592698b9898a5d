import { mayRequestApproval } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { openRequestNow } from '@/server/store/open-request'
import { lockOpenApproval, lockWave } from '@/server/store/wave-lock'
import { computeWavePlan } from '@/server/store/wave-plan'
import { Refused } from './refused'

export type Requested = { approvalId: string; planHash: string; people: number; already: boolean }

/** A lead asks for a wave's next segment. Asked twice, it answers the open request and changes nothing. */
export async function requestApproval(
  actor: Actor,
  input: { waveId: string; note?: string },
): Promise<Requested> {
  const personId = permitPerson(actor, 'approvals.request')
  return db().$transaction(
    async tx => {
      const wave = await lockWave(tx, input.waveId)
      const open = await lockOpenApproval(tx, wave.id)
      if (open?.state === 'requested')
        return { approvalId: open.id, planHash: open.planHash, people: open.people, already: true }
      const plan = await computeWavePlan(tx, wave.id, wave.segment)
      const may = mayRequestApproval({
        state: wave.state,
        segment: wave.segment,
        people: plan.people,
        unread: plan.unread,
        hasTargetPool: plan.withoutPool === 0,
      })
      if (!may.ok) throw new Refused('conflict', may.why)
      if (wave.batch.state === 'draft')
        await tx.batch.update({
          where: { id: wave.batchId },
          data: { state: 'active', version: { increment: 1 } },
        })
      const approvalId = await openRequestNow(tx, actor, wave, plan, {
        personId,
        note: input.note?.trim() || null,
      })
      return { approvalId, planHash: plan.hash, people: plan.people, already: false }
    },
    { timeout: 60_000 },
  )
}
