import type { Actor } from '@/domain/people/actor'
import { newId } from './ids'
import { type NewEvent, recordEvent, type Tx } from './ledger'
import { databaseNow, type LockedWave } from './wave-lock'
import { storePlan, type WavePlan } from './wave-plan'

/**
 * Opens a request for the wave's current segment in the caller's transaction: stores the plan, names everybody who
 * imported, edited, accepted rows or asked since the last approval (rule 7), sets the wave to awaiting_approval.
 */
export async function openRequest(
  tx: Tx,
  actor: Actor,
  wave: LockedWave,
  plan: WavePlan,
  by: { personId: string; note: string | null },
): Promise<{ approvalId: string; event: NewEvent }> {
  const estate = await tx.estate.findUniqueOrThrow({ where: { id: wave.batch.estateId } })
  const now = await databaseNow(tx)
  const endsAt = new Date(now.getTime() + estate.approvalLifetimeSeconds * 1000)
  const planId = await storePlan(tx, wave.id, wave.segment, plan)
  const approvalId = newId('approval')
  await tx.approval.create({
    data: {
      id: approvalId,
      batchId: wave.batchId,
      waveId: wave.id,
      segment: wave.segment,
      planId,
      planHash: plan.hash,
      people: plan.people,
      requestedById: by.personId,
      requestedBySystem: actor.kind === 'system',
      requestedVia: actor.via,
      requestedAt: now,
      requestNote: by.note,
      involvedIds: await involvedIn(tx, wave, by.personId),
      endsAt,
    },
  })
  await tx.wave.update({
    where: { id: wave.id },
    data: { state: 'awaiting_approval', stateReason: null, version: { increment: 1 } },
  })
  const event: NewEvent = {
    type: 'approval.requested',
    about: { batchId: wave.batchId, waveId: wave.id },
    data: {
      approvalId,
      segment: wave.segment,
      planHash: plan.hash,
      people: plan.people,
      note: by.note,
      onBehalfOf: by.personId,
      endsAt: endsAt.toISOString(),
    },
  }
  return { approvalId, event }
}

/** openRequest with its event written at once. */
export async function openRequestNow(
  tx: Tx,
  actor: Actor,
  wave: LockedWave,
  plan: WavePlan,
  by: { personId: string; note: string | null },
): Promise<string> {
  const { approvalId, event } = await openRequest(tx, actor, wave, plan, by)
  await recordEvent(tx, actor, event)
  return approvalId
}

async function involvedIn(tx: Tx, wave: LockedWave, requesterId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT "acceptedById" AS "id" FROM "item" WHERE "waveId" = ${wave.id} AND "acceptedById" IS NOT NULL
    UNION SELECT "createdById" FROM "import_file" WHERE "id" = ${wave.batch.importId ?? ''}
    UNION SELECT f->>'byId' FROM "import_row", jsonb_array_elements("fixes") f
      WHERE "importId" = ${wave.batch.importId ?? ''} AND "fixes" <> '[]'
    UNION SELECT "createdById" FROM "batch" WHERE "id" = ${wave.batchId}`
  return [...new Set([requesterId, ...wave.editedByIds, ...rows.map(row => row.id)])].sort()
}
