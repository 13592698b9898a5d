import { systemActor } from '@/domain/people/actor'
import { breakerInTheWay } from '@/server/store/breakers'
import { direct, directly } from '@/server/store/direct'
import { holdsInForce } from '@/server/store/holds'
import { recordEvent } from '@/server/store/ledger'
import { leaseSeconds, type Work } from './begin-attempt'

/** The lease is somebody else's by now: what this worker holds is stale, and nothing it says is written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** Extends the leases of attempts still held; answers the ids of those that are lost. */
export async function renewLeases(held: readonly { attemptId: string; token: bigint }[]): Promise<string[]> {
  if (held.length === 0) return []
  const ids = held.map(one => one.attemptId)
  const tokens = held.map(one => one.token)
  const rows = await direct().$queryRaw<{ id: string }[]>`
    WITH held AS (SELECT * FROM unnest(${ids}::text[], ${tokens}::bigint[]) AS h("id", "token")),
    items AS (
      UPDATE "item" i SET "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds})
      FROM held h WHERE i."leaseAttemptId" = h."id" AND i."leaseToken" = h."token" RETURNING h."id")
    UPDATE "attempt" a SET "leaseUntil" = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    FROM items WHERE a."id" = items."id" RETURNING a."id"`
  const kept = new Set(rows.map(row => row.id))
  return ids.filter(id => !kept.has(id))
}

/**
 * Writes, before the change is sent to the shell, that it is about to be: whoever finds this attempt after a loss knows
 * that its outcome is unknown. Answers why not, when a hold came or the lane stopped in the meantime.
 * @throws LeaseLost when the lease is no longer ours.
 */
export async function beginApply(
  work: Work,
  scriptHash: string,
): Promise<{ go: true } | { go: false; why: string }> {
  return directly(async tx => {
    const item = await tx.$queryRaw<{ estateId: string }[]>`
      SELECT "estateId" FROM "item" WHERE "id" = ${work.itemId} AND "leaseToken" = ${work.token} AND "leaseUntil" > clock_timestamp() FOR UPDATE`
    const held = item[0]
    if (!held) throw new LeaseLost()
    const holds = await holdsInForce(tx, {
      estateId: held.estateId,
      laneId: work.concerns.laneId,
      batchId: work.batchId,
      waveId: work.waveId,
      itemId: work.itemId,
    })
    if (holds[0]) return { go: false, why: `Held before anything changed: ${holds[0].reason}` }
    const lanes = await tx.$queryRaw<{ stoppedWhy: string | null }[]>`
      SELECT "stoppedWhy" FROM "lane" WHERE "id" = ${work.concerns.laneId} AND "stoppedAt" IS NOT NULL`
    const stopped = lanes[0]
    if (stopped)
      return { go: false, why: `The lane stopped before anything changed: ${stopped.stoppedWhy ?? ''}` }
    const broken = await breakerInTheWay(tx, work.concerns)
    if (broken) return { go: false, why: `Stopped by itself before anything changed: ${broken}` }
    const changed = await tx.$executeRaw`
      UPDATE "attempt" SET "state" = 'applying', "applyBeganAt" = clock_timestamp()
      WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token} AND "state" = 'probing'`
    if (changed === 0) throw new LeaseLost()
    await recordEvent(tx, systemActor, {
      type: 'attempt.apply_began',
      about: { batchId: work.batchId, waveId: work.waveId, itemId: work.itemId },
      data: { attemptId: work.attemptId, step: work.stepKey, scriptHash },
    })
    return { go: true }
  })
}

/** The change was sent and answered; what follows only reads. @throws LeaseLost */
export async function beginVerify(work: Work): Promise<void> {
  const changed = await direct().$executeRaw`
    UPDATE "attempt" SET "state" = 'verifying' WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token} AND "state" = 'applying'`
  if (changed === 0) throw new LeaseLost()
}
