import { systemActor } from '@/domain/people/actor'
import { directly } from '@/server/store/direct'
import { endAttempt, lockLeased } from '@/server/store/lease'
import { recordEvent } from '@/server/store/ledger'
import type { ReadinessOutcome } from './attempt-outcome'
import type { Work } from './begin-attempt'
import { heedFailure } from './heed-failure'

/** Keeps what the reading before planning found; an unread person is read again a little later. @throws LeaseLost */
export async function finishReadiness(work: Work, outcome: ReadinessOutcome): Promise<void> {
  await directly(async tx => {
    const item = await lockLeased(tx, work)
    if (outcome.kind === 'unread') {
      await endAttempt(tx, work, { state: 'failed', reason: outcome.reason })
      if (outcome.failure) await heedFailure(tx, work, outcome.reason, outcome.failure)
      await tx.$executeRaw`
        UPDATE "item" SET "leaseAttemptId" = NULL, "leaseUntil" = NULL, "queuedAt" = NULL,
          "dueAt" = clock_timestamp() + interval '10 seconds', "version" = "version" + 1 WHERE "id" = ${item.id}`
      return
    }
    await endAttempt(tx, work, { state: 'done', reason: outcome.codes.join(', ') })
    await tx.$executeRaw`
      UPDATE "item" SET "leaseAttemptId" = NULL, "leaseUntil" = NULL, "queuedAt" = NULL, "dueAt" = NULL,
        "readAt" = clock_timestamp(), "readinessCodes" = ${[...outcome.codes]}::text[],
        "readiness" = ${JSON.stringify(outcome.facts)}::jsonb, "version" = "version" + 1 WHERE "id" = ${item.id}`
    await recordEvent(tx, systemActor, {
      type: 'item.read',
      about: { batchId: work.batchId, waveId: work.waveId, itemId: work.itemId },
      data: { codes: [...outcome.codes] },
    })
  })
}
