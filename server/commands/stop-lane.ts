import { systemActor } from '@/domain/people/actor'
import { findStep } from '@/runbooks/segments'
import { newId } from '@/server/store/ids'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { batchRunbook } from '@/server/store/runbook-versions'
import type { Work } from './begin-attempt'

/** A failure of credential scope stops every lane of that credential at once, so that accounts are not locked (rule 10). */
export async function stopLane(
  tx: Tx,
  work: Pick<Work, 'batchId' | 'stepKey'>,
  reason: string,
): Promise<void> {
  const batch = await tx.batch.findUniqueOrThrow({ where: { id: work.batchId } })
  const runbook = await batchRunbook(tx, batch.runbookVersionId)
  const laneName = findStep(runbook, work.stepKey)?.lane ?? runbook.readiness.lane
  const stopped = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "lane" SET "stoppedAt" = clock_timestamp(), "stoppedWhy" = ${reason}
    WHERE "stoppedAt" IS NULL AND "credentialId" = (
      SELECT "credentialId" FROM "lane" WHERE "estateId" = ${batch.estateId} AND "name" = ${laneName})
    RETURNING "id"`
  for (const lane of stopped)
    await recordEvent(tx, systemActor, {
      type: 'lane.stopped',
      about: { batchId: work.batchId },
      data: { laneId: lane.id, reason },
    })
}

/** A defect of environment or script stops the batch: everybody after this one would meet it too. */
export async function holdAfterFatal(
  tx: Tx,
  work: Pick<Work, 'batchId' | 'stepKey'>,
  reason: string,
): Promise<void> {
  const holdId = newId('hold')
  const text = `Stopped by Ferry: ${reason}`
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "hold" ("id", "scope", "targetId", "reason", "heldById", "heldAt")
    VALUES (${holdId}, 'batch', ${work.batchId}, ${text}, 'ferry', clock_timestamp())
    ON CONFLICT ("scope", "targetId") WHERE "releasedAt" IS NULL DO NOTHING RETURNING "id"`
  if (inserted[0])
    await recordEvent(tx, systemActor, {
      type: 'hold.set',
      about: { batchId: work.batchId },
      data: { holdId, scope: 'batch', targetId: work.batchId, reason: text },
    })
}
