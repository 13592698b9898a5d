import { systemActor } from '@/domain/people/actor'
import { segmentsOf } from '@/runbooks/segments'
import { holdsInForce } from '@/server/store/holds'
import { type NewEvent, recordEvents, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { pauseNow } from '@/server/store/start-times'
import { type LockedWave, lockOpenApproval } from '@/server/store/wave-lock'
import { computeWavePlan, storedPlanDocument, whyPlanIsVoid } from '@/server/store/wave-plan'
import { voidApproval } from './void-approval'

/**
 * Starts the approved segment of a wave whose row is locked, if nothing is in the way: hold, LIVE switch, the pilot's
 * gate (rule 14), fresh readings; then recomputes the plan hash in this same transaction and compares it with the
 * approved one (rule 4). A changed plan voids the approval. What is in the way is written where people see it.
 */
export async function startWave(tx: Tx, wave: LockedWave): Promise<void> {
  const approval = await lockOpenApproval(tx, wave.id)
  if (approval?.state !== 'approved') return
  const estate = await tx.estate.findUniqueOrThrow({ where: { id: wave.batch.estateId } })
  const holds = await holdsInForce(tx, { estateId: estate.id, batchId: wave.batchId, waveId: wave.id })
  if (holds[0]) return say(tx, wave, `Held: ${holds[0].reason}`)
  if (estate.kind === 'live' && !estate.switchedOnAt)
    return say(
      tx,
      wave,
      `${estate.name} is LIVE and has not been switched on. An administrator does that on the estate’s page.`,
    )
  const pause = await pauseNow(tx, wave)
  if (pause) return say(tx, wave, pause.why)
  const events: NewEvent[] = []
  const about = { batchId: wave.batchId, waveId: wave.id }
  if (!wave.isPilot && !wave.gateOpenedAt) {
    const gate = await pilotSays(tx, wave.batchId)
    if (!gate.open) return say(tx, wave, gate.why)
    await tx.$executeRaw`UPDATE "wave" SET "gateOpenedAt" = clock_timestamp(), "gateReason" = ${gate.why} WHERE "id" = ${wave.id}`
    events.push({ type: 'gate.opened', about, data: { by: 'pilot', reason: gate.why } })
  }
  const plan = await computeWavePlan(tx, wave.id, wave.segment)
  if (plan.stale > 0) {
    // Codes stay until the new reading; only its time is taken away, so that a changed reading voids and an equal one does not.
    await tx.$executeRaw`
      UPDATE "item" SET "readAt" = NULL, "dueAt" = NULL WHERE "waveId" = ${wave.id} AND "state" = 'not_started'
        AND "readAt" < now() - make_interval(secs => ${estate.readinessFreshSeconds})`
    await wake(tx, { topic: 'wave-readiness', waveId: wave.id })
    return say(
      tx,
      wave,
      'The readings of some people are too old. They are being read again before anything starts.',
    )
  }
  if (plan.unread > 0)
    return say(tx, wave, `${plan.unread} people are being read on the estate again before anything starts.`)
  const approved = { document: await storedPlanDocument(tx, approval.planId), hash: approval.planHash }
  const reasons = whyPlanIsVoid(approved, plan)
  if (reasons.length > 0) return voidApproval(tx, wave, approval, reasons)
  const firstStep = segmentsOf(plan.runbook)[wave.segment]?.steps[0]
  const people = await tx.$executeRaw`
    UPDATE "item" SET "state" = 'waiting', "stepKey" = ${firstStep?.key ?? null}, "reason" = NULL, "dueAt" = clock_timestamp(),
      "queuedAt" = NULL, "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "waveId" = ${wave.id} AND "state" = 'not_started'`
  // People of a later segment wait with a sentence about the approval; that is over now.
  const waiting = await tx.$executeRaw`
    UPDATE "item" SET "reason" = NULL, "dueAt" = clock_timestamp(), "queuedAt" = NULL, "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "waveId" = ${wave.id} AND "state" = 'waiting' AND "stepKey" = ${firstStep?.key ?? null} AND ${wave.segment} > 0`
  await tx.approval.update({ where: { id: approval.id }, data: { state: 'spent' } })
  await tx.$executeRaw`
    UPDATE "wave" SET "state" = 'running', "stateReason" = NULL, "startedAt" = coalesce("startedAt", clock_timestamp()),
      "segmentStartedAt" = clock_timestamp(), "version" = "version" + 1 WHERE "id" = ${wave.id}`
  await wake(tx, { topic: 'wave-items', waveId: wave.id }, { topic: 'wave', waveId: wave.id })
  events.push({
    type: 'wave.started',
    about,
    data: {
      segment: wave.segment,
      planHash: approval.planHash,
      approvalId: approval.id,
      people: Math.max(people, waiting),
    },
  })
  await recordEvents(tx, systemActor, events)
}

async function say(tx: Tx, wave: LockedWave, reason: string): Promise<void> {
  await tx.$executeRaw`UPDATE "wave" SET "stateReason" = ${reason} WHERE "id" = ${wave.id} AND "stateReason" IS DISTINCT FROM ${reason}`
}

/** Rule 14: the gate opens by itself when all of the pilot is verified, and at least one was. */
async function pilotSays(tx: Tx, batchId: string): Promise<{ open: boolean; why: string }> {
  const pilot = await tx.wave.findFirst({
    where: { batchId, isPilot: true },
    select: { id: true, name: true, state: true },
  })
  if (!pilot) return { open: true, why: 'This batch has no pilot.' }
  const rows = await tx.$queryRaw<{ verified: number; rest: number }[]>`
    SELECT count(*) FILTER (WHERE "state" IN ('done', 'no_change'))::int AS "verified",
      count(*) FILTER (WHERE "state" NOT IN ('done', 'no_change', 'left_out'))::int AS "rest"
    FROM "item" WHERE "waveId" = ${pilot.id}`
  const { verified, rest } = rows[0] ?? { verified: 0, rest: 0 }
  if (verified > 0 && rest === 0)
    return { open: true, why: `All ${verified} people of the pilot are verified.` }
  if (pilot.state === 'cancelled')
    return {
      open: false,
      why: 'The pilot was cancelled, so a person has to open this wave’s gate with a reason.',
    }
  return {
    open: false,
    why: `Waiting for the pilot: ${rest} of its people ${rest === 1 ? 'is' : 'are'} not verified yet.`,
  }
}
