import type { AttemptKind } from '@/domain/lifecycle/attempt'
import { systemActor } from '@/domain/people/actor'
import type { Phase } from '@/domain/plan/phase'
import { storedWindow } from '@/domain/windows/change-window'
import { findStep, segmentOfStep } from '@/runbooks/segments'
import { approvedScripts } from '@/server/store/approved-scripts'
import type { Concerns } from '@/server/store/breakers'
import { db } from '@/server/store/client'
import { holdsInForce } from '@/server/store/holds'
import { newId } from '@/server/store/ids'
import { type NewEvent, recordEvents, type Tx } from '@/server/store/ledger'
import { batchRunbook } from '@/server/store/runbook-versions'
import { storeStepScripts } from '@/server/store/step-scripts'
import { stepValues, targetPoolOf } from '@/server/store/step-values'
import { laneFilledMeanwhile, laneIsFull, viewLane, wayClear } from '@/server/store/way-clear'

/** Seconds a lease lasts without renewal. A worker renews it several times in that time. */
export const leaseSeconds = 30

export type BeginInput = {
  itemId: string
  purpose: 'work' | 'readiness'
  workerId: string
  workerName: string
  seat: { id: string; number: number }
}

export type Work = {
  attemptId: string
  kind: Exclude<AttemptKind, 'barrier'>
  stepKey: string
  token: bigint
  batchId: string
  waveId: string
  itemId: string
  scripts: Readonly<Partial<Record<Phase, string>>>
  values: Readonly<Record<string, string>>
  probeDeadlineMs: number
  applyDeadlineMs: number
  concerns: Concerns
}

/** Nothing to do for this wake-up, with the reason for the log. Truth is in the tables; a later wake-up follows. */
export type NothingToDo = { skip: string }

/**
 * Takes a person's next step up: compare-and-set on what is stored, with a lease under a new fencing token, the attempt
 * row and its event in one transaction. An item whose outcome is unknown is only ever read back (rule 1).
 */
export async function beginAttempt(input: BeginInput): Promise<Work | NothingToDo> {
  return db().$transaction(async tx => {
    const item = await lockDueItem(tx, input.itemId, input.purpose)
    if ('skip' in item) return item
    const wave = await tx.wave.findUniqueOrThrow({
      where: { id: item.waveId },
      include: { batch: { include: { estate: true } } },
    })
    const { batch } = wave
    const { estate } = batch
    const runbook = await batchRunbook(tx, batch.runbookVersionId)
    const readiness = input.purpose === 'readiness'
    const stepKey = readiness ? runbook.readiness.key : item.stepKey
    if (!stepKey) return { skip: 'no step is due' }
    const step = readiness ? null : findStep(runbook, stepKey)
    if (!readiness && step?.kind !== 'item') return { skip: `${stepKey} is not a person’s step` }
    const laneName = readiness ? runbook.readiness.lane : (step?.lane ?? '')
    if (readiness && targetPoolOf({ item, batch }) === null)
      return { skip: 'nobody has set a target pool yet' }
    const lane = await viewLane(tx, { estateId: estate.id, lane: laneName, batchId: batch.id })
    if (!lane) return { skip: `the estate has no lane ${laneName}` }
    if (lane.stoppedAt) return { skip: `the lane is stopped: ${lane.stoppedWhy ?? 'no reason given'}` }
    const holds = await holdsInForce(tx, {
      estateId: estate.id,
      laneId: lane.id,
      batchId: batch.id,
      waveId: wave.id,
      itemId: item.id,
    })
    const readback = !readiness && item.state === 'unknown'
    // A hold stops what changes things; reading an unknown outcome back is how a held wave gets to the truth.
    if (holds[0] && !readback) return { skip: `held: ${holds[0].reason}` }
    if (!readiness && !readback && estate.kind === 'live' && !estate.switchedOnAt)
      return { skip: `${estate.name} is LIVE and has not been switched on` }
    const full = readback
      ? null
      : (laneIsFull(lane, estate.kind) ??
        (await laneFilledMeanwhile(tx, lane, { estateId: estate.id, batchId: batch.id, kind: estate.kind })))
    if (full) return wait(tx, item.id, full)
    const concerns: Concerns = {
      estateId: estate.id,
      estateKind: estate.kind,
      batchId: batch.id,
      waveId: wave.id,
      itemId: item.id,
      laneId: lane.id,
      pool: targetPoolOf({ item, batch }),
      worker: input.workerName,
      credentialId: lane.credentialId,
    }
    const events: NewEvent[] = []
    if (!readiness && !readback) {
      const way = await wayClear(tx, lane, concerns, {
        identity: item.identity,
        window: storedWindow(wave.window),
        cutOffAt: wave.cutOffAt,
        estateZone: estate.zone,
      })
      if (!way.clear) {
        await recordEvents(tx, systemActor, way.events)
        return wait(tx, item.id, way)
      }
      events.push(...way.events)
    }
    const scripts = readiness
      ? await storeStepScripts(tx, runbook)
      : await approvedScripts(tx, wave.id, segmentOfStep(runbook, stepKey))
    if (!scripts) return { skip: 'no approval covers this step' }
    const kind: Work['kind'] = readiness ? 'readiness' : readback ? 'readback' : 'run'
    const attemptId = newId('attempt')
    const token = await nextToken(tx)
    const earlier = await tx.attempt.count({ where: { itemId: item.id, stepKey, kind } })
    await tx.$executeRaw`
      INSERT INTO "attempt" ("id", "batchId", "waveId", "itemId", "stepKey", "kind", "number", "state", "fencingToken", "leaseUntil",
        "workerId", "seatId", "readsBackId", "startedAt")
      VALUES (${attemptId}, ${batch.id}, ${wave.id}, ${item.id}, ${stepKey}, ${kind}::"AttemptKind", ${earlier + 1}, 'probing', ${token},
        clock_timestamp() + make_interval(secs => ${leaseSeconds}), ${input.workerId}, ${input.seat.id},
        ${readback ? item.unknownAttemptId : null}, clock_timestamp())`
    await takeLease(tx, { itemId: item.id, attemptId, token, kind, stepKey })
    if (!readiness)
      await recordEvents(tx, systemActor, [
        ...events,
        {
          type: 'attempt.started',
          about: { batchId: batch.id, waveId: wave.id, itemId: item.id },
          data: {
            attemptId,
            step: stepKey,
            kind,
            number: earlier + 1,
            worker: input.workerName,
            seat: input.seat.number,
          },
        },
      ])
    const names = readiness
      ? runbook.readiness.values.modern
      : step?.kind === 'item'
        ? (step.values[runbook.era] ?? step.values.modern)
        : []
    return {
      attemptId,
      kind,
      stepKey,
      token,
      batchId: batch.id,
      waveId: wave.id,
      itemId: item.id,
      scripts: phasesOf(scripts, stepKey),
      values: stepValues(names, { item, batch, estate }),
      probeDeadlineMs: estate.probeDeadlineSeconds * 1000,
      applyDeadlineMs: estate.applyDeadlineSeconds * 1000,
      concerns,
    }
  })
}

/** Looked at again a little later, by the sweeper; a wake-up that finds no way is no wake-up any more. */
async function wait(tx: Tx, itemId: string, on: { why: string; seconds: number }): Promise<NothingToDo> {
  await tx.$executeRaw`
    UPDATE "item" SET "dueAt" = clock_timestamp() + make_interval(secs => ${Math.min(on.seconds, 60)}::float8), "queuedAt" = NULL, "queueRank" = NULL
    WHERE "id" = ${itemId}`
  return { skip: on.why }
}

type DueItem = {
  id: string
  waveId: string
  state: string
  stepKey: string | null
  identity: string
  upn: string
  sipAddress: string
  targetPool: string | null
  unknownAttemptId: string | null
}

async function lockDueItem(
  tx: Tx,
  itemId: string,
  purpose: BeginInput['purpose'],
): Promise<DueItem | NothingToDo> {
  const rows = await tx.$queryRaw<(DueItem & { due: boolean; leased: boolean; readAt: Date | null })[]>`
    SELECT i."id", i."waveId", i."state"::text AS "state", i."stepKey", i."identity", i."upn", i."sipAddress", i."targetPool", i."readAt",
      (i."dueAt" IS NULL OR i."dueAt" <= clock_timestamp()) AS "due",
      (i."leaseAttemptId" IS NOT NULL) AS "leased",
      (SELECT a."id" FROM "attempt" a WHERE a."itemId" = i."id" AND a."kind" = 'run' AND a."state" = 'unknown'
        ORDER BY a."startedAt" DESC LIMIT 1) AS "unknownAttemptId"
    FROM "item" i WHERE i."id" = ${itemId} FOR UPDATE OF i`
  const item = rows[0]
  if (!item) return { skip: 'the person is no longer here' }
  if (item.leased) return { skip: 'somebody is at work on it' }
  if (purpose === 'readiness') {
    if (item.readAt !== null || item.state !== 'not_started') return { skip: 'read already' }
    return item.due ? item : { skip: 'not due yet' }
  }
  if (item.state !== 'waiting' && item.state !== 'unknown') return { skip: `the person is ${item.state}` }
  return item.due ? item : { skip: 'not due yet' }
}

/** The next fencing token; a later lease always has a greater one. */
export async function nextToken(tx: Tx): Promise<bigint> {
  const rows = await tx.$queryRaw<{ token: bigint }[]>`SELECT nextval('fencing_token') AS "token"`
  const token = rows[0]?.token
  if (token === undefined) throw new Error('The database gave no fencing token.')
  return token
}

async function takeLease(
  tx: Tx,
  lease: { itemId: string; attemptId: string; token: bigint; kind: Work['kind']; stepKey: string },
): Promise<void> {
  // While an unknown outcome is read back, or a draft is read for readiness, the item keeps its state.
  await tx.$executeRaw`
    UPDATE "item" SET "leaseToken" = ${lease.token}, "leaseAttemptId" = ${lease.attemptId},
      "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds}), "dueAt" = NULL, "queueRank" = NULL,
      "state" = CASE WHEN ${lease.kind} = 'run' THEN 'running'::"ItemState" ELSE "state" END,
      "reason" = CASE WHEN ${lease.kind} = 'run' THEN NULL ELSE "reason" END,
      "tries" = "tries" + CASE WHEN ${lease.kind} = 'run' THEN 1 ELSE 0 END,
      "changedAt" = CASE WHEN ${lease.kind} = 'run' THEN clock_timestamp() ELSE "changedAt" END, "version" = "version" + 1
    WHERE "id" = ${lease.itemId}`
  if (lease.kind === 'run')
    await tx.$executeRaw`
      INSERT INTO "item_step" ("itemId", "stepKey", "state", "startedAt") VALUES (${lease.itemId}, ${lease.stepKey}, 'running', clock_timestamp())
      ON CONFLICT ("itemId", "stepKey") DO UPDATE SET "state" = 'running', "endedAt" = NULL`
}

function phasesOf(scripts: Readonly<Record<string, string>>, stepKey: string): Work['scripts'] {
  const { [`${stepKey}.probe`]: probe, [`${stepKey}.apply`]: apply, [`${stepKey}.verify`]: verify } = scripts
  return { ...(probe ? { probe } : {}), ...(apply ? { apply } : {}), ...(verify ? { verify } : {}) }
}
