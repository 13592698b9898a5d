import { isHarmed } from '@/domain/breakers/harm'
import { systemActor } from '@/domain/people/actor'
import { stepAfter } from '@/runbooks/segments'
import { type End, judgeHarm, tellBreakers } from '@/server/store/breakers'
import { db } from '@/server/store/client'
import { directly, type Sql } from '@/server/store/direct'
import { endAttempt, type ItemChange, type LeasedItem, lockLeased, settleItem } from '@/server/store/lease'
import { type NewEvent, recordEvents } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { batchRunbook } from '@/server/store/runbook-versions'
import { keepSnapshots } from '@/server/store/snapshots'
import { wakeEstate } from '@/server/store/wake-estate'
import type { Facts, MetFailure, RunOutcome } from './attempt-outcome'
import type { Work } from './begin-attempt'
import { heedFailure } from './heed-failure'

/**
 * Writes what a worker saw, under its fencing token: attempt, item, step, snapshots, event and wake-ups in one
 * transaction. @throws LeaseLost when the lease is somebody else's by now; then nothing is written.
 */
export async function finishAttempt(work: Work, outcome: RunOutcome): Promise<void> {
  await directly(async tx => {
    const item = await lockLeased(tx, work)
    const about = { batchId: work.batchId, waveId: work.waveId, itemId: work.itemId }
    const { attemptId, stepKey: step } = work
    const base = { attemptId, step, reason: outcome.reason }
    const events: NewEvent[] = []
    let change: ItemChange
    switch (outcome.kind) {
      case 'done':
      case 'no_change': {
        await endAttempt(tx, work, { state: outcome.kind, reason: outcome.reason })
        change = await goOn(work, item, outcome.kind === 'done')
        const after = outcome.kind === 'done' ? outcome.after : outcome.before
        await keepSnapshots(tx, { itemId: item.id, attemptId, before: outcome.before, after })
        events.push(
          outcome.kind === 'done'
            ? { type: 'attempt.done', about, data: { ...base, seconds: outcome.seconds } }
            : { type: 'attempt.no_change', about, data: base },
        )
        break
      }
      case 'blocked':
      case 'failed': {
        const failure = { errorClass: outcome.errorClass, signature: outcome.signature }
        await endAttempt(tx, work, {
          state: outcome.kind,
          reason: outcome.reason,
          errorClass: failure.errorClass,
          errorSignature: failure.signature,
        })
        await keepSnapshots(tx, { itemId: item.id, attemptId, before: outcome.before })
        change = {
          state: outcome.kind === 'blocked' ? 'needs_person' : 'failed',
          reason: outcome.reason,
          errorClass: failure.errorClass,
          errorSignature: failure.signature,
        }
        events.push({
          type: outcome.kind === 'blocked' ? 'attempt.blocked' : 'attempt.failed',
          about,
          data: { ...base, ...failure },
        })
        break
      }
      case 'retry': {
        await endAttempt(tx, work, {
          state: 'blocked',
          reason: outcome.reason,
          errorClass: outcome.errorClass,
          errorSignature: outcome.signature,
        })
        await keepSnapshots(tx, { itemId: item.id, attemptId, before: outcome.before })
        change = {
          state: 'waiting',
          reason: outcome.reason,
          errorClass: outcome.errorClass,
          errorSignature: outcome.signature,
          dueInSeconds: outcome.delaySeconds,
          transientTries: item.transientTries + (outcome.counts ? 1 : 0),
        }
        events.push({
          type: 'attempt.retry_later',
          about,
          data: {
            ...base,
            errorClass: outcome.errorClass ?? 'WAITING',
            seconds: Math.round(outcome.delaySeconds),
          },
        })
        break
      }
      case 'lost':
        await endAttempt(tx, work, { state: 'lost', reason: outcome.reason })
        change = { state: 'waiting', reason: outcome.reason, dueInSeconds: 1 }
        events.push({ type: 'attempt.lost', about, data: base })
        break
      case 'unknown':
        await endAttempt(tx, work, {
          state: 'unknown',
          reason: outcome.reason,
          errorClass: outcome.failure?.errorClass ?? null,
          errorSignature: outcome.failure?.signature ?? null,
        })
        await keepSnapshots(tx, { itemId: item.id, attemptId, before: outcome.before })
        change = { state: 'unknown', reason: outcome.reason, dueInSeconds: 1, readbacksFailed: 0 }
        events.push({ type: 'attempt.unknown', about, data: base })
        break
      default:
        return outcome satisfies never
    }
    change.harmed = await harmedBy(tx, work, outcome)
    await settleItem(tx, work, change)
    if (change.harmed !== item.harmed) events.push(...(await judgeHarm(tx, work.concerns)).events)
    const end = endOf(outcome)
    if (item.watched || end.kind === 'failed') events.push(...(await tellBreakers(tx, work.concerns, end)))
    // Whoever was told to ask again later need not wait for it.
    if (events.some(event => event.type === 'breaker.closed')) await wakeEstate(tx, item.estateId)
    for (const met of metIn(outcome)) await heedFailure(tx, work, met.reason, met)
    // Whoever is the last at a step has the wave look at once; of all others it hears when it looks next.
    const last = change.dueInSeconds === undefined && !(await othersAt(tx, work))
    await wake(
      tx,
      { topic: last ? 'wave' : 'wave-later', waveId: work.waveId },
      ...(change.dueInSeconds === 0 ? [{ topic: 'item' as const, itemId: item.id }] : []),
    )
    await recordEvents(tx, systemActor, events)
  })
}

/** Whether others of the wave are still at this step: asked once this person's row has left it. */
async function othersAt(tx: Sql, { waveId, stepKey }: Work): Promise<boolean> {
  const rows = await tx.$queryRaw<{ yes: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "item" WHERE "waveId" = ${waveId} AND "stepKey" = ${stepKey}
      AND "state" IN ('waiting', 'running', 'unknown')) AS "yes"`
  return rows[0]?.yes ?? false
}

/** Every failure that an outcome brings with it, also one that leaves the outcome unknown or did not hinder it. */
function metIn(outcome: RunOutcome): readonly MetFailure[] {
  switch (outcome.kind) {
    case 'done':
      return outcome.met ?? []
    case 'unknown':
      return [...(outcome.failure ? [outcome.failure] : []), ...(outcome.met ?? [])]
    case 'blocked':
    case 'failed':
    case 'retry': {
      const { reason, errorClass, signature, askedSeconds = null } = outcome
      return [
        {
          reason,
          errorClass,
          signature,
          askedSeconds,
          scope: outcome.kind === 'failed' ? outcome.scope : null,
        },
      ]
    }
    case 'no_change':
    case 'lost':
      return []
    default:
      return outcome satisfies never
  }
}

/** How breakers count this end. A person's own data, a sync that is awaited, a hold: none of these is a failure of theirs. */
function endOf(outcome: RunOutcome): End {
  switch (outcome.kind) {
    case 'done':
    case 'no_change':
      return { kind: 'well' }
    case 'blocked':
    case 'failed':
    case 'retry':
      return {
        kind: 'failed',
        errorClass: outcome.errorClass,
        signature: outcome.signature,
        reason: outcome.reason,
      }
    case 'unknown':
      return {
        kind: 'failed',
        errorClass: 'UNKNOWN_OUTCOME',
        also: metIn(outcome).map(met => met.errorClass),
        signature: outcome.failure?.signature ?? null,
        reason: outcome.reason,
      }
    case 'lost':
      return { kind: 'neutral' }
    default:
      return outcome satisfies never
  }
}

/** Whether this attempt leaves the person between two states, judged by what its scripts read before and afterwards. */
async function harmedBy(tx: Sql, work: Work, outcome: RunOutcome): Promise<boolean> {
  if (outcome.kind === 'done' || outcome.kind === 'no_change') return false
  if (outcome.kind === 'unknown') return true
  const rows = await tx.$queryRaw<{ began: boolean; harmed: boolean; after: Facts | null }[]>`
    SELECT a."applyBeganAt" IS NOT NULL AS "began", i."harmed",
      (SELECT p."result"->'facts' FROM "attempt_phase" p WHERE p."attemptId" = a."id" AND p."phase" = 'verify' AND p."result" IS NOT NULL
        ORDER BY p."position" DESC LIMIT 1) AS "after"
    FROM "attempt" a JOIN "item" i ON i."id" = a."itemId" WHERE a."id" = ${work.attemptId}`
  const row = rows[0]
  const untouched = outcome.kind !== 'lost' && outcome.untouched === true
  // Where nothing began, it stays what an earlier attempt made of it.
  if (!row?.began || untouched) return row?.harmed ?? false
  const before = outcome.kind === 'lost' ? null : outcome.before
  return isHarmed({ applyBegan: true, reached: false, before, after: row.after })
}

/** Where a person goes from a step that is over: the next step, the wave's barrier, or the end. */
export async function goOn(work: Work, item: LeasedItem, changed: boolean): Promise<ItemChange> {
  const runbook = await batchRunbook(db(), work.runbookVersionId)
  const next = stepAfter(runbook, work.stepKey)
  if (next === null) {
    const everChanged = changed || item.lastAppliedAt !== null
    return {
      state: everChanged ? 'done' : 'no_change',
      reason: null,
      applied: changed,
      open: false,
      transientTries: 0,
    }
  }
  return {
    state: 'waiting',
    stepKey: next.key,
    reason: next.kind === 'wave' ? next.running : null,
    applied: changed,
    transientTries: 0,
    ...(next.kind === 'item' ? { dueInSeconds: 0 } : {}),
  }
}
