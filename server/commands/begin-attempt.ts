import type { AttemptKind } from '@/domain/lifecycle/attempt'
import { systemActor } from '@/domain/people/actor'
import type { Phase } from '@/domain/plan/phase'
import { storedWindow } from '@/domain/windows/change-window'
import { findStep, segmentOfStep } from '@/runbooks/segments'
import { approvedScripts } from '@/server/store/approved-scripts'
import type { Concerns } from '@/server/store/breakers'
import { db } from '@/server/store/client'
import { directly, type Sql } from '@/server/store/direct'
import { holdsInForce } from '@/server/store/holds'
import { newId } from '@/server/store/ids'
import { type NewEvent, recordEvents } from '@/server/store/ledger'
import { batchRunbook } from '@/server/store/runbook-versions'
import { SeatLost } from '@/server/store/seats'
import { readinessScripts } from '@/server/store/step-scripts'
import { stepValues, targetPoolOf } from '@/server/store/step-values'
import {
  laneFilledMeanwhile,
  laneIsFull,
  serviceAskedForPause,
  viewLane,
  wayClear,
} from '@/server/store/way-clear'

/** Seconds a lease lasts without renewal. A worker renews it several times in that time. */
export const leaseSeconds = 30

export type BeginInput = {
  itemId: string
  purpose: 'work' | 'readiness'
  workerId: string
  workerName: string
  /** With its token, the seat is marked as working for the attempt, and has to be this worker's still. */
  seat: { id: string; number: number; token?: bigint }
}

export type Work = {
  attemptId: string
  kind: Exclude<AttemptKind, 'barrier'>
  stepKey: string
  token: bigint
  batchId: string
  waveId: string
  itemId: string
  runbookVersionId: string
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
  return directly(async tx => {
    const found = await lockDueItem(tx, input.itemId, input.purpose)
    if ('skip' in found) return found
    const { item, wave, batch, estate } = found
    const runbook = await batchRunbook(db(), batch.runbookVersionId)
    const readiness = input.purpose === 'readiness'
    const stepKey = readiness ? runbook.readiness.key : item.stepKey
    if (!stepKey) return { skip: 'no step is due' }
    const step = readiness ? null : findStep(runbook, stepKey)
    if (!readiness && step?.kind !== 'item') return { skip: `${stepKey} is not a person’s step` }
    const laneName = readiness ? runbook.readiness.lane : (step?.lane ?? '')
    if (readiness && targetPoolOf({ item, batch }) === null)
      return { skip: 'nobody has set a target pool yet' }
    const seatId = input.seat.id
    const lane = await viewLane(tx, { estateId: estate.id, lane: laneName, batchId: batch.id, seatId })
    if (!lane) return { skip: `the estate has no lane ${laneName}` }
    if (lane.stoppedAt) return { skip: `the lane is stopped: ${lane.stoppedWhy ?? 'no reason given'}` }
    const on = { estateId: estate.id, laneId: lane.id, batchId: batch.id, waveId: wave.id, itemId: item.id }
    const holds = found.anyHold ? await holdsInForce(tx, on) : []
    const readback = !readiness && item.state === 'unknown'
    // A hold stops what changes things; reading an unknown outcome back is how a held wave gets to the truth.
    if (holds[0] && !readback) return { skip: `held: ${holds[0].reason}` }
    if (!readiness && !readback && estate.kind === 'live' && !estate.switchedOnAt)
      return { skip: `${estate.name} is LIVE and has not been switched on` }
    // Who is unknown goes before all others where a lane is full, but not against a pause that the service asked for.
    const full = readback
      ? serviceAskedForPause(lane)
      : (laneIsFull(lane, estate.kind) ??
        (await laneFilledMeanwhile(tx, lane, {
          estateId: estate.id,
          batchId: batch.id,
          seatId,
          kind: estate.kind,
        })))
    if (full) return wait(tx, item.id, full)
    const concerns: Concerns = {
      ...on,
      estateKind: estate.kind,
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
      ? await readinessScripts(runbook)
      : await approvedScripts(tx, wave.id, segmentOfStep(runbook, stepKey))
    if (!scripts) return { skip: 'no approval covers this step' }
    const kind: Work['kind'] = readiness ? 'readiness' : readback ? 'readback' : 'run'
    const attemptId = newId('attempt')
    const reads = readback ? await unknownAttempt(tx, item.id) : null
    const { token, number } = await writeAttempt(tx, input, { attemptId, item, stepKey, kind, reads })
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
            number,
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
      runbookVersionId: batch.runbookVersionId,
      scripts: phasesOf(scripts, stepKey),
      values: stepValues(names, { item, batch, estate }),
      probeDeadlineMs: estate.probeDeadlineSeconds * 1000,
      applyDeadlineMs: estate.applyDeadlineSeconds * 1000,
      concerns,
    }
  })
}

/**
 * The attempt whose outcome is unknown. A statement of its own, after the one that locked the person: had that one waited for
 * whoever was just writing this outcome, it would see their person as it is now and their attempt as it was before.
 */
async function unknownAttempt(tx: Sql, itemId: string): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "attempt" WHERE "itemId" = ${itemId} AND "kind" = 'run' AND "state" = 'unknown'
    ORDER BY "startedAt" DESC LIMIT 1`
  const found = rows[0]
  if (!found) throw new Error(`The outcome of ${itemId} is unknown, and no attempt of theirs is.`)
  return found.id
}

/** Looked at again a little later, by the sweeper; a wake-up that finds no way is no wake-up any more. */
async function wait(tx: Sql, itemId: string, on: { why: string; seconds: number }): Promise<NothingToDo> {
  await tx.$executeRaw`
    UPDATE "item" SET "dueAt" = clock_timestamp() + make_interval(secs => ${Math.min(on.seconds, 60)}::float8), "queuedAt" = NULL, "queueRank" = NULL
    WHERE "id" = ${itemId}`
  return { skip: on.why }
}

type DueItem = {
  id: string
  batchId: string
  waveId: string
  state: string
  stepKey: string | null
  identity: string
  upn: string
  sipAddress: string
  targetPool: string | null
}

type Found = {
  item: DueItem
  /** Whether anything at all is held. */
  anyHold: boolean
  wave: { id: string; window: unknown; cutOffAt: Date | null }
  batch: { id: string; targetPool: string | null; runbookVersionId: string }
  estate: {
    id: string
    name: string
    kind: 'lab' | 'live'
    zone: string
    switchedOnAt: Date | null
    hostingProviderProxy: string
    domainController: string | null
    hostedMigrationUrl: string | null
    probeDeadlineSeconds: number
    applyDeadlineSeconds: number
  }
}

type FoundRow = DueItem & {
  anyHold: boolean
  due: boolean
  leased: boolean
  readAt: Date | null
  window: unknown
  cutOffAt: Date | null
  batchPool: string | null
  runbookVersionId: string
} & { [K in keyof Found['estate'] as `estate${Capitalize<K>}`]: Found['estate'][K] }

/** Locks the person, if due, and reads what their work depends on. */
async function lockDueItem(
  tx: Sql,
  itemId: string,
  purpose: BeginInput['purpose'],
): Promise<Found | NothingToDo> {
  const rows = await tx.$queryRaw<FoundRow[]>`
    SELECT i."id", i."batchId", i."waveId", i."state"::text AS "state", i."stepKey", i."identity", i."upn", i."sipAddress", i."targetPool",
      i."readAt", (i."dueAt" IS NULL OR i."dueAt" <= clock_timestamp()) AS "due", (i."leaseAttemptId" IS NOT NULL) AS "leased",
      EXISTS (SELECT 1 FROM "hold" WHERE "releasedAt" IS NULL) AS "anyHold", w."window", w."cutOffAt", b."targetPool" AS "batchPool", b."runbookVersionId",
      e."id" AS "estateId", e."name" AS "estateName", e."kind"::text AS "estateKind", e."zone" AS "estateZone",
      e."switchedOnAt" AS "estateSwitchedOnAt", e."hostingProviderProxy" AS "estateHostingProviderProxy",
      e."domainController" AS "estateDomainController", e."hostedMigrationUrl" AS "estateHostedMigrationUrl",
      e."probeDeadlineSeconds" AS "estateProbeDeadlineSeconds", e."applyDeadlineSeconds" AS "estateApplyDeadlineSeconds"
    FROM "item" i JOIN "wave" w ON w."id" = i."waveId" JOIN "batch" b ON b."id" = i."batchId" JOIN "estate" e ON e."id" = b."estateId"
    WHERE i."id" = ${itemId} FOR UPDATE OF i`
  const row = rows[0]
  if (!row) return { skip: 'the person is no longer here' }
  if (row.leased) return { skip: 'somebody is at work on it' }
  if (purpose === 'readiness') {
    if (row.readAt !== null || row.state !== 'not_started') return { skip: 'read already' }
  } else if (row.state !== 'waiting' && row.state !== 'unknown') return { skip: `the person is ${row.state}` }
  return row.due ? foundOf(row) : { skip: 'not due yet' }
}

const foundOf = (row: FoundRow): Found => ({
  item: row,
  anyHold: row.anyHold,
  wave: { id: row.waveId, window: row.window, cutOffAt: row.cutOffAt },
  batch: { id: row.batchId, targetPool: row.batchPool, runbookVersionId: row.runbookVersionId },
  estate: {
    id: row.estateId,
    name: row.estateName,
    kind: row.estateKind,
    zone: row.estateZone,
    switchedOnAt: row.estateSwitchedOnAt,
    hostingProviderProxy: row.estateHostingProviderProxy,
    domainController: row.estateDomainController,
    hostedMigrationUrl: row.estateHostedMigrationUrl,
    probeDeadlineSeconds: row.estateProbeDeadlineSeconds,
    applyDeadlineSeconds: row.estateApplyDeadlineSeconds,
  },
})

/** The next fencing token; a later lease always has a greater one. */
export async function nextToken(tx: Sql): Promise<bigint> {
  const rows = await tx.$queryRaw<{ token: bigint }[]>`SELECT nextval('fencing_token') AS "token"`
  const token = rows[0]?.token
  if (token === undefined) throw new Error('The database gave no fencing token.')
  return token
}

/**
 * The attempt's row, the person's lease under its new token, their step, and the session that works for it, all at once.
 * @throws SeatLost where the session's seat is named by its token and is somebody else's by now.
 */
async function writeAttempt(
  tx: Sql,
  { workerId, seat }: BeginInput,
  on: { attemptId: string; item: DueItem; stepKey: string; kind: Work['kind']; reads: string | null },
): Promise<{ token: bigint; number: number }> {
  // While an unknown outcome is read back, or a draft is read for readiness, the item keeps its state.
  const run = on.kind === 'run'
  const rows = await tx.$queryRaw<{ token: bigint; number: number; seated: boolean }[]>`
    WITH attempt AS (
      INSERT INTO "attempt" ("id", "batchId", "waveId", "itemId", "stepKey", "kind", "number", "state", "fencingToken", "leaseUntil",
        "workerId", "seatId", "readsBackId", "startedAt")
      SELECT ${on.attemptId}, ${on.item.batchId}, ${on.item.waveId}, ${on.item.id}, ${on.stepKey}, ${on.kind}::"AttemptKind", count(*)::int + 1,
        'probing', nextval('fencing_token'), clock_timestamp() + make_interval(secs => ${leaseSeconds}), ${workerId}, ${seat.id},
        ${on.reads}, clock_timestamp()
      FROM "attempt" a WHERE a."itemId" = ${on.item.id} AND a."stepKey" = ${on.stepKey} AND a."kind" = ${on.kind}::"AttemptKind"
      RETURNING "id", "fencingToken", "number"),
    leased AS (
      UPDATE "item" SET "leaseToken" = attempt."fencingToken", "leaseAttemptId" = attempt."id",
        "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds}), "dueAt" = NULL, "queueRank" = NULL,
        "state" = CASE WHEN ${run}::boolean THEN 'running'::"ItemState" ELSE "state" END,
        "reason" = CASE WHEN ${run} THEN NULL ELSE "reason" END,
        "tries" = "tries" + CASE WHEN ${run} THEN 1 ELSE 0 END,
        "changedAt" = CASE WHEN ${run} THEN clock_timestamp() ELSE "changedAt" END, "version" = "version" + 1
      FROM attempt WHERE "item"."id" = ${on.item.id}),
    step AS (
      INSERT INTO "item_step" ("itemId", "stepKey", "state", "startedAt")
      SELECT ${on.item.id}, ${on.stepKey}, 'running', clock_timestamp() WHERE ${run}
      ON CONFLICT ("itemId", "stepKey") DO UPDATE SET "state" = 'running', "endedAt" = NULL),
    seated AS (
      UPDATE "seat" SET "state" = 'busy', "attemptId" = ${on.attemptId}, "busySince" = clock_timestamp(), "lastSeenAt" = clock_timestamp()
      WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token ?? null}::bigint AND "state" NOT IN ('dead', 'orphan') RETURNING 1)
    SELECT "fencingToken" AS "token", "number", EXISTS (SELECT 1 FROM seated) AS "seated" FROM attempt`
  const row = rows[0]
  if (!row) throw new Error('The database gave no fencing token.')
  if (seat.token !== undefined && !row.seated) throw new SeatLost('This seat is no longer ours.')
  return row
}

function phasesOf(scripts: Readonly<Record<string, string>>, stepKey: string): Work['scripts'] {
  const { [`${stepKey}.probe`]: probe, [`${stepKey}.apply`]: apply, [`${stepKey}.verify`]: verify } = scripts
  return { ...(probe ? { probe } : {}), ...(apply ? { apply } : {}), ...(verify ? { verify } : {}) }
}
