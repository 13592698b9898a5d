import { advanceWave } from '@/server/commands/advance-wave'
import { approveWave } from '@/server/commands/approve-wave'
import { closeBreaker } from '@/server/commands/close-breaker'
import { expireLeases } from '@/server/commands/expire-leases'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { openGate } from '@/server/commands/open-gate'
import { Refused } from '@/server/commands/refused'
import { releaseWork } from '@/server/commands/release-work'
import { requestApproval } from '@/server/commands/request-approval'
import { resumeLane } from '@/server/commands/resume-lane'
import { retryItems } from '@/server/commands/retry-items'
import { beginSync, endSync, markSyncLooking, markSyncStarted } from '@/server/commands/run-sync'
import { breakersNow } from '@/server/queries/breakers'
import { dueSyncs } from '@/server/queries/due-work'
import { db } from '@/server/store/client'
import { begin, type Engine, sendChange, wentWell } from '../instance'

const reason = 'Nothing stands in the way any more'
const ROUNDS = 40

/**
 * Takes everything out of the way that a history left standing and lets all go well from then on, until nobody is on their way
 * any more. Answers how many still are: whatever happened before, it must be nobody.
 */
export async function bringHome(engine: Engine): Promise<number> {
  // Workers that a history left in mid-work are gone.
  await db()
    .$executeRaw`UPDATE "attempt" SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE "endedAt" IS NULL`
  await db()
    .$executeRaw`UPDATE "sync_run" SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE "leaseUntil" IS NOT NULL`
  await db().pace.deleteMany()
  let open = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS && open > 0; round++) {
    await expireLeases()
    await clearTheWay(engine)
    await decide(engine)
    await db().$executeRaw`UPDATE "item" SET "dueAt" = NULL WHERE "leaseAttemptId" IS NULL`
    const items = await db().item.findMany({ where: { state: { in: ['waiting', 'unknown'] } } })
    for (const { id } of items) await work(engine, id)
    await sync()
    const waves = await db().wave.findMany({ where: { state: { notIn: ['done', 'cancelled'] } } })
    for (const { id } of waves) await advanceWave(id)
    open = await db().item.count({
      where: { state: { notIn: ['done', 'no_change', 'left_out'] }, batch: { state: { not: 'cancelled' } } },
    })
  }
  return open
}

async function clearTheWay(engine: Engine): Promise<void> {
  for (const { scope, targetId } of await db().hold.findMany({ where: { releasedAt: null } }))
    await granted(() => releaseWork(engine.operator, { scope, targetId, reason }))
  for (const { id: breakerId } of await breakersNow(engine.operator))
    await granted(() => closeBreaker(engine.operator, { breakerId, reason }))
  for (const { id: laneId } of await db().lane.findMany({ where: { stoppedAt: { not: null } } }))
    await granted(() => resumeLane(engine.operator, { laneId, reason }))
  for (const { id: waveId } of await db().wave.findMany({ where: { isPilot: false, gateOpenedAt: null } }))
    await granted(() => openGate(engine.operator, { waveId, reason }))
}

async function decide(engine: Engine): Promise<void> {
  const stuck = await db().item.findMany({ where: { state: { in: ['needs_person', 'failed'] } } })
  for (const { id, batchId } of stuck)
    await granted(() => retryItems(engine.operator, { batchId, itemIds: [id], reason }))
  for (const { id: waveId } of await db().wave.findMany({ where: { state: 'draft' } }))
    await granted(() => requestApproval(engine.lead, { waveId }))
  for (const { id: waveId } of await db().wave.findMany({ where: { state: 'awaiting_approval' } }))
    await granted(() => approveWave(engine.operator, { waveId }))
}

async function work(engine: Engine, itemId: string): Promise<void> {
  const taken = await begin(engine, itemId)
  if ('skip' in taken) return
  if (taken.kind === 'readback') return finishReadback(taken, { said: 'done', reason, facts: null })
  await sendChange(taken)
  await finishAttempt(taken, wentWell)
}

async function sync(): Promise<void> {
  await db().$executeRaw`UPDATE "sync_run" SET "dueAt" = NULL`
  for (const { syncRunId } of await dueSyncs()) {
    const cycle = await beginSync({ syncRunId, workerId: 'wrk_test', seatId: 'set_sync' })
    if ('skip' in cycle) continue
    await markSyncStarted(cycle)
    await markSyncLooking(cycle)
    await endSync(cycle)
  }
}

/** What is refused now may be granted in the next round. */
async function granted(ask: () => Promise<unknown>): Promise<void> {
  await ask().catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
}
