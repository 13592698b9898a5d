import { mayApprove } from '@/domain/lifecycle/approval'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { type NewEvent, recordEvents, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { databaseNow, lockOpenApproval, lockWave } from '@/server/store/wave-lock'
import { computeWavePlan, storedPlanDocument, whyPlanIsVoid } from '@/server/store/wave-plan'
import { Refused } from './refused'
import { voidApproval } from './void-approval'

export type CarveOutInput = { itemId?: string; upn?: string; reason: string }
export type ApproveInput = {
  waveId: string
  /** The hash the approver looked at; where it is given, a plan that differs is not approved. */
  planHash?: string
  carveOuts?: readonly CarveOutInput[]
  note?: string
  /** On a live estate: its name, typed by the approver. */
  estateName?: string
}

/**
 * The one place where an approval is given, for screens, actions, routes and the command line alike. Bound to the plan
 * hash; carved-out people end as left out; the requester and everybody involved are refused (rule 7).
 */
export async function approveWave(
  actor: Actor,
  input: ApproveInput,
): Promise<{ people: number; carvedOut: number }> {
  const personId = permitPerson(actor, 'approvals.decide')
  const outcome = await db().$transaction(
    async tx => {
      const wave = await lockWave(tx, input.waveId)
      const approval = await lockOpenApproval(tx, wave.id)
      if (!approval) throw new Refused('conflict', 'This wave does not wait for a decision.')
      const may = mayApprove(
        { ...approval, involved: approval.involvedIds },
        {
          personId,
          planHash: input.planHash ?? approval.planHash,
          now: await databaseNow(tx),
        },
      )
      if (!may.ok)
        throw new Refused(approval.involvedIds.includes(personId) ? 'forbidden' : 'conflict', may.why)
      const estate = await tx.estate.findUniqueOrThrow({ where: { id: wave.batch.estateId } })
      if (estate.kind === 'live' && input.estateName?.trim() !== estate.name)
        throw new Refused('invalid', `${estate.name} is a LIVE estate. Type its name to approve.`)
      const plan = await computeWavePlan(tx, wave.id, wave.segment)
      const reasons = whyPlanIsVoid(
        { document: await storedPlanDocument(tx, approval.planId), hash: approval.planHash },
        plan,
      )
      if (reasons.length > 0) {
        await voidApproval(tx, wave, approval, reasons)
        return { voided: reasons }
      }
      const carved = await carveOut(tx, wave.id, approval.id, personId, input.carveOuts ?? [])
      if (carved.length === plan.people)
        throw new Refused('invalid', 'Everybody is carved out. Reject the request instead, with a reason.')
      const note = input.note?.trim() || null
      await tx.approval.update({
        where: { id: approval.id },
        data: {
          state: 'approved',
          decidedById: personId,
          decidedVia: actor.via,
          decidedAt: await databaseNow(tx),
          reason: note,
        },
      })
      await tx.wave.update({
        where: { id: wave.id },
        data: { state: 'approved', stateReason: null, editedByIds: [], version: { increment: 1 } },
      })
      await wake(tx, { topic: 'wave', waveId: wave.id })
      const people = plan.people - carved.length
      const about = { batchId: wave.batchId, waveId: wave.id }
      await recordEvents(tx, actor, [
        ...carved.map(
          (one): NewEvent => ({
            type: 'approval.carved_out',
            about: { ...about, itemId: one.itemId },
            data: { approvalId: approval.id, identity: one.identity, reason: one.reason },
          }),
        ),
        {
          type: 'approval.approved',
          about,
          data: {
            approvalId: approval.id,
            segment: wave.segment,
            planHash: approval.planHash,
            people,
            carvedOut: carved.length,
            note,
          },
        },
      ])
      return { people, carvedOut: carved.length }
    },
    { timeout: 60_000 },
  )
  if ('voided' in outcome)
    throw new Refused(
      'conflict',
      'The plan has changed since it was asked for, so the request is void. Ask again for the plan as it is now.',
      outcome.voided,
    )
  return outcome
}

type Carved = { itemId: string; identity: string; reason: string }

/** Each carved-out person is named, is in the wave and has not ended, and has a reason; else nothing is approved. */
async function carveOut(
  tx: Tx,
  waveId: string,
  approvalId: string,
  byId: string,
  wanted: readonly CarveOutInput[],
): Promise<Carved[]> {
  const carved: Carved[] = []
  for (const one of wanted) {
    const reason = one.reason.trim()
    const who = one.itemId ?? one.upn ?? ''
    if (reason === '') throw new Refused('invalid', `Carving out ${who} needs a reason.`)
    const found = await tx.item.findFirst({
      where: one.itemId
        ? { id: one.itemId, waveId }
        : {
            waveId,
            OR: [
              { upn: { equals: who, mode: 'insensitive' } },
              { identity: who.replace(/^sip:/i, '').toLowerCase() },
            ],
          },
    })
    if (!found)
      throw new Refused(
        'invalid',
        `${who} is not in this wave, so nothing was approved. Check the name, then approve again.`,
      )
    if (carved.some(other => other.itemId === found.id)) continue
    const left = await tx.item.updateMany({
      where: {
        id: found.id,
        state: { in: ['not_started', 'waiting', 'needs_person', 'failed'] },
        leaseAttemptId: null,
      },
      data: {
        state: 'left_out',
        outKind: 'carved_out',
        open: false,
        reason: `Carved out at approval: ${reason}`,
        changedAt: await databaseNow(tx),
        version: { increment: 1 },
      },
    })
    if (left.count === 0)
      throw new Refused(
        'conflict',
        `${found.displayName} is ${found.state.replace('_', ' ')} and cannot be carved out now.`,
      )
    carved.push({ itemId: found.id, identity: found.identity, reason })
  }
  await tx.carveOut.createMany({
    data: carved.map(one => ({ approvalId, itemId: one.itemId, reason: one.reason, byId })),
  })
  return carved
}
