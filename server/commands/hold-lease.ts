import { systemActor } from '@/domain/people/actor'
import { breakerInTheWay } from '@/server/store/breakers'
import { direct, directFollowed, directly, type Sql } from '@/server/store/direct'
import { HOLD_MOMENT } from '@/server/store/hold-moment'
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
    // This lock is taken first, before the row's own.
    const held = await tx.$queryRaw<{ id: string }[]>`
      WITH moment AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(hashtext(${HOLD_MOMENT}::text)))
      SELECT i."id" FROM moment, "item" i
      WHERE i."id" = ${work.itemId} AND i."leaseToken" = ${work.token} AND i."leaseUntil" > clock_timestamp() FOR UPDATE OF i`
    if (held.length === 0) throw new LeaseLost()
    // Asked once the row is ours, so that a hold that came while this waited for it counts. Mostly nothing stands in the
    // way anywhere, which one look shows.
    const rows = await tx.$queryRaw<Standing[]>`
      SELECT i."estateId", l."stoppedAt" IS NOT NULL AS "stopped", l."stoppedWhy",
        EXISTS (SELECT 1 FROM "hold" WHERE "releasedAt" IS NULL) AS "anyHold",
        EXISTS (SELECT 1 FROM "breaker" b WHERE b."estateId" = i."estateId" AND b."state" <> 'closed') AS "anyBroken"
      FROM "item" i LEFT JOIN "lane" l ON l."id" = ${work.concerns.laneId} WHERE i."id" = ${work.itemId}`
    const standing = rows[0]
    if (!standing) throw new LeaseLost()
    const why = await inTheWay(tx, work, standing)
    if (why !== null) return { go: false, why }
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

type Standing = {
  estateId: string
  stopped: boolean
  stoppedWhy: string | null
  anyHold: boolean
  anyBroken: boolean
}

/** Why a change that is about to be sent is not, or null. */
async function inTheWay(tx: Sql, work: Work, standing: Standing): Promise<string | null> {
  if (standing.anyHold) {
    const [hold] = await holdsInForce(tx, {
      estateId: standing.estateId,
      laneId: work.concerns.laneId,
      batchId: work.batchId,
      waveId: work.waveId,
      itemId: work.itemId,
    })
    if (hold) return `Held before anything changed: ${hold.reason}`
  }
  if (standing.stopped) return `The lane stopped before anything changed: ${standing.stoppedWhy ?? ''}`
  const broken = standing.anyBroken ? await breakerInTheWay(tx, work.concerns) : null
  return broken ? `Stopped by itself before anything changed: ${broken}` : null
}

/** The change was sent and answered; what follows only reads. @throws LeaseLost */
export async function beginVerify(work: Work): Promise<void> {
  const changed = await directFollowed().$executeRaw`
    UPDATE "attempt" SET "state" = 'verifying' WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token} AND "state" = 'applying'`
  if (changed === 0) throw new LeaseLost()
}
