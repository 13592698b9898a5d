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
  const lane = await tx.lane.findUnique({
    where: { estateId_name: { estateId: batch.estateId, name: laneName } },
  })
  if (lane) await stopLanesOf(tx, lane.credentialId, reason, batch.id)
}

/** The same for a failure that is no batch's, such as that of a sign-in. */
export async function stopLanesOf(
  tx: Tx,
  credentialId: string,
  reason: string,
  batchId?: string,
): Promise<void> {
  const stopped = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "lane" SET "stoppedAt" = clock_timestamp(), "stoppedWhy" = ${reason}
    WHERE "stoppedAt" IS NULL AND "credentialId" = ${credentialId} RETURNING "id"`
  for (const lane of stopped)
    await recordEvent(tx, systemActor, {
      type: 'lane.stopped',
      ...(batchId ? { about: { batchId } } : {}),
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
