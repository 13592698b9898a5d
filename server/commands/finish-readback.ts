import { isHarmed } from '@/domain/breakers/harm'
import { behaviours, failureClasses } from '@/domain/failures/classes'
import { systemActor } from '@/domain/people/actor'
import { judgeHarm } from '@/server/store/breakers'
import { directly, type Sql } from '@/server/store/direct'
import { endAttempt, type ItemChange, type LeasedItem, lockLeased, settleItem } from '@/server/store/lease'
import { recordEvents } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { keepSnapshots } from '@/server/store/snapshots'
import { wakeEstate } from '@/server/store/wake-estate'
import type { ReadbackOutcome } from './attempt-outcome'
import type { Work } from './begin-attempt'
import { goOn } from './finish-attempt'
import { heedFailure } from './heed-failure'

/** After so many readings that failed, a person may decide (rule 1). */
export const readbacksUntilPerson = 3

/**
 * Writes what a reading after an unknown outcome said. Seen done is done. Seen still needed counts only once the old
 * shell is known to be over, and twice, a settle time apart; then the step is due again (rule 2), unless the change itself had failed in
 * a way that trying again does not mend: then that failure stands for a person.
 */
export async function finishReadback(work: Work, outcome: ReadbackOutcome): Promise<void> {
  await directly(async tx => {
    const item = await lockLeased(tx, work)
    const reads = await tx.$queryRaw<{ id: string | null }[]>`
      SELECT "readsBackId" AS "id" FROM "attempt" WHERE "id" = ${work.attemptId}`
    const lostAttemptId = reads[0]?.id ?? ''
    const { change, settled, stands } = await judge(tx, work, item, lostAttemptId, outcome)
    await endAttempt(tx, work, {
      state: outcome.said === 'done' ? 'done' : 'blocked',
      reason: outcome.reason,
      probeSaid: outcome.said,
    })
    if (settled) change.harmed = outcome.said === 'needed' && !(await isAsBefore(tx, item.id, outcome))
    await settleItem(tx, work, change)
    if (outcome.said === 'done')
      await keepSnapshots(tx, { itemId: item.id, attemptId: work.attemptId, after: outcome.facts })
    if (outcome.failure) await heedFailure(tx, work, outcome.reason, outcome.failure)
    if (settled) await wake(tx, { topic: 'wave', waveId: work.waveId }, { topic: 'item', itemId: item.id })
    const harm = settled ? await judgeHarm(tx, { estateId: item.estateId, batchId: item.batchId }) : null
    if (harm?.events.some(event => event.type === 'breaker.closed')) await wakeEstate(tx, item.estateId)
    await recordEvents(tx, systemActor, [
      {
        type: 'attempt.read_back',
        about: { batchId: work.batchId, waveId: work.waveId, itemId: work.itemId },
        data: {
          attemptId: work.attemptId,
          readsBack: lostAttemptId,
          said: outcome.said,
          reason: stands ? `${outcome.reason} What the change had failed with stands.` : outcome.reason,
          settled,
        },
      },
      ...(harm?.events ?? []),
    ])
  })
}

/** Whether the person stands where they stood before the first change; what was never read before counts as not. */
async function isAsBefore(tx: Sql, itemId: string, outcome: ReadbackOutcome): Promise<boolean> {
  const rows = await tx.$queryRaw<{ facts: Record<string, unknown> }[]>`
    SELECT "facts" FROM "snapshot" WHERE "itemId" = ${itemId} AND "moment" = 'before'`
  const before = rows[0]
  // The probe that found a change needed is what lets the step go on at all; a snapshot can be missing after a crash.
  if (!before) return true
  return !isHarmed({ applyBegan: true, reached: false, before: before.facts, after: outcome.facts })
}

type Judged = {
  change: ItemChange
  settled: boolean
  /** Nothing had changed, and the failure of the change waits for a person. */
  stands?: boolean
}

async function judge(
  tx: Sql,
  work: Work,
  item: LeasedItem,
  lostAttemptId: string,
  outcome: ReadbackOutcome,
): Promise<Judged> {
  const again = (reason: string, seconds: number, failed: number): Judged => ({
    change: { state: 'unknown', reason, dueInSeconds: seconds, readbacksFailed: failed },
    settled: false,
  })
  switch (outcome.said) {
    case 'done':
      // The change that was sent is what made it so, as far as anybody can see: it counts as applied.
      return { change: await goOn(work, item, true), settled: true }
    case 'needed': {
      const view = await settleView(tx, lostAttemptId)
      if (!view.shellOver)
        return again('Still needed, but the lost shell may be at work: asking again.', view.settleSeconds, 0)
      if (!view.agreed)
        return again(
          'Still needed, read once since the lost shell is over: asking again after the settle time.',
          view.settleSeconds,
          0,
        )
      const own = await failureThatStands(tx, lostAttemptId)
      if (own) return { change: own, settled: true, stands: true }
      return {
        change: {
          state: 'waiting',
          reason: 'Read back twice: nothing had changed, so it is due again.',
          dueInSeconds: 0,
          readbacksFailed: 0,
        },
        settled: true,
      }
    }
    case 'blocked':
    case 'unknown':
    case 'failed': {
      const failed = item.readbacksFailed + 1
      const told = failed >= readbacksUntilPerson ? ' A person may decide now.' : ''
      return again(
        `The state could not be read back: ${outcome.reason}${told}`,
        Math.min(300, 5 * 2 ** failed),
        failed,
      )
    }
    default:
      return outcome.said satisfies never
  }
}

/** How the change failed, where no further try mends it: FATAL and the like. A loss of the shell alone is no such failure. */
async function failureThatStands(tx: Sql, lostAttemptId: string): Promise<ItemChange | null> {
  const rows = await tx.$queryRaw<
    { reason: string | null; errorClass: string | null; errorSignature: string | null }[]
  >`
    SELECT "reason", "errorClass", "errorSignature" FROM "attempt" WHERE "id" = ${lostAttemptId}`
  const lost = rows[0]
  const kind = failureClasses.find(one => one === lost?.errorClass)
  if (!lost || !kind || !behaviours[kind].needsPerson) return null
  return {
    state: 'needs_person',
    reason:
      `${lost.reason ?? ''} Read back twice: nothing had changed, and it is not tried again by itself.`.trim(),
    errorClass: kind,
    errorSignature: lost.errorSignature,
    readbacksFailed: 0,
  }
}

type SettleView = { shellOver: boolean; agreed: boolean; settleSeconds: number }

/** Whether the lost attempt's shell is seen dead or out of time, and an earlier reading since then agreed, a settle time ago. */
async function settleView(tx: Sql, lostAttemptId: string): Promise<SettleView> {
  const rows = await tx.$queryRaw<SettleView[]>`
    WITH lost AS (
      SELECT a."id", a."itemId", e."settleSeconds",
        least(
          CASE WHEN s."id" IS NULL OR s."state" = 'dead' OR s."attemptId" IS DISTINCT FROM a."id"
            THEN coalesce(s."deadAt", a."endedAt", a."startedAt") END,
          coalesce(a."applyBeganAt", a."startedAt") + make_interval(secs => e."applyDeadlineSeconds")
        ) AS "overAt"
      FROM "attempt" a
      JOIN "batch" b ON b."id" = a."batchId" JOIN "estate" e ON e."id" = b."estateId"
      LEFT JOIN "seat" s ON s."id" = a."seatId"
      WHERE a."id" = ${lostAttemptId}
    )
    SELECT coalesce("overAt" <= clock_timestamp(), false) AS "shellOver", "settleSeconds"::int AS "settleSeconds",
      EXISTS (
        SELECT 1 FROM "attempt" r WHERE r."readsBackId" = lost."id" AND r."probeSaid" = 'needed'
          AND r."startedAt" >= lost."overAt"
          AND r."startedAt" <= clock_timestamp() - make_interval(secs => lost."settleSeconds")
      ) AS "agreed"
    FROM lost`
  return rows[0] ?? { shellOver: false, agreed: false, settleSeconds: 60 }
}
