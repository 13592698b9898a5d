import type { ItemState } from '@/generated/prisma/enums'
import type { Work } from '@/server/commands/begin-attempt'
import { LeaseLost } from '@/server/commands/hold-lease'
import type { Sql } from './direct'

export type LeasedItem = {
  id: string
  batchId: string
  waveId: string
  estateId: string
  state: ItemState
  lastAppliedAt: Date | null
  transientTries: number
  readbacksFailed: number
  harmed: boolean
  /** Whether any breaker of the estate is open or remembers a failure. */
  watched: boolean
}

/** Locks the item whose lease this work holds. @throws LeaseLost when a newer token or nobody holds it. */
export async function lockLeased(tx: Sql, work: Work): Promise<LeasedItem> {
  const rows = await tx.$queryRaw<LeasedItem[]>`
    SELECT "id", "batchId", "waveId", "estateId", "state"::text AS "state", "lastAppliedAt", "transientTries", "readbacksFailed", "harmed",
      EXISTS (SELECT 1 FROM "breaker" b WHERE b."estateId" = "item"."estateId"
        AND (b."state" <> 'closed' OR b."consecutive" > 0 OR b."recent" <> '')) AS "watched"
    FROM "item" WHERE "id" = ${work.itemId} AND "leaseToken" = ${work.token} AND "leaseAttemptId" = ${work.attemptId} FOR UPDATE`
  const item = rows[0]
  if (!item) throw new LeaseLost()
  return item
}

/** Ends the attempt's row. Only from a state that can still end, and only under its token. @throws LeaseLost */
export async function endAttempt(
  tx: Sql,
  work: Pick<Work, 'attemptId' | 'token'>,
  end: {
    state: string
    reason: string
    probeSaid?: string | null
    errorClass?: string | null
    errorSignature?: string | null
  },
): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE "attempt" SET "state" = ${end.state}::"AttemptState", "reason" = ${end.reason}, "endedAt" = clock_timestamp(),
      "probeSaid" = coalesce(${end.probeSaid ?? null}, "probeSaid"), "errorClass" = ${end.errorClass ?? null},
      "errorSignature" = ${end.errorSignature ?? null}
    WHERE "id" = ${work.attemptId} AND "fencingToken" = ${work.token}
      AND "state" IN ('queued', 'probing', 'applying', 'verifying')`
  if (changed === 0) throw new LeaseLost()
}

export type ItemChange = {
  state: ItemState
  stepKey?: string
  reason: string | null
  errorClass?: string | null
  errorSignature?: string | null
  dueInSeconds?: number
  transientTries?: number
  readbacksFailed?: number
  applied?: boolean
  /** Set where the change began and its end is neither wanted nor as before, or not known. Left as it is where absent. */
  harmed?: boolean
  open?: boolean
}

/**
 * Gives the lease back and writes the person's new state and that of their step, which is over where they go on. The caller
 * holds the row's lock.
 */
export async function settleItem(
  tx: Sql,
  work: Pick<Work, 'itemId' | 'stepKey'>,
  change: ItemChange,
): Promise<void> {
  const wentOn = (change.stepKey !== undefined && change.stepKey !== work.stepKey) || change.open === false
  const step = wentOn ? (change.applied ? 'done' : 'no_change') : change.state
  await tx.$executeRaw`
    WITH step AS (
      UPDATE "item_step" SET "state" = ${step}::"ItemState", "endedAt" = CASE WHEN ${wentOn}::boolean THEN clock_timestamp() ELSE NULL END
      WHERE "itemId" = ${work.itemId} AND "stepKey" = ${work.stepKey})
    UPDATE "item" SET "state" = ${change.state}::"ItemState", "stepKey" = coalesce(${change.stepKey ?? null}, "stepKey"),
      "reason" = ${change.reason}, "errorClass" = ${change.errorClass ?? null}, "errorSignature" = ${change.errorSignature ?? null},
      "leaseAttemptId" = NULL, "leaseUntil" = NULL, "queuedAt" = NULL, "queueRank" = NULL, "ahead" = "ahead" AND ${change.state === 'waiting'},
      "harmed" = coalesce(${change.harmed ?? null}::boolean, "harmed"),
      "dueAt" = clock_timestamp() + make_interval(secs => ${change.dueInSeconds ?? 0}::float8),
      "transientTries" = coalesce(${change.transientTries ?? null}::int, "transientTries"),
      "readbacksFailed" = coalesce(${change.readbacksFailed ?? null}::int, "readbacksFailed"),
      "lastAppliedAt" = CASE WHEN ${change.applied === true} THEN clock_timestamp() ELSE "lastAppliedAt" END,
      "open" = ${change.open ?? true}, "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "id" = ${work.itemId}`
}
