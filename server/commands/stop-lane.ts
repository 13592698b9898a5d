import { systemActor } from '@/domain/people/actor'
import { findStep } from '@/runbooks/segments'
import { db } from '@/server/store/client'
import type { Sql } from '@/server/store/direct'
import { newId } from '@/server/store/ids'
import { recordEvent } from '@/server/store/ledger'
import { batchRunbook } from '@/server/store/runbook-versions'
import type { Work } from './begin-attempt'

/** A failure of credential scope stops every lane of that credential at once, so that accounts are not locked (rule 10). */
export async function stopLane(
  tx: Sql,
  work: Pick<Work, 'batchId' | 'stepKey'>,
  reason: string,
): Promise<void> {
  const batches = await tx.$queryRaw<{ estateId: string; runbookVersionId: string }[]>`
    SELECT "estateId", "runbookVersionId" FROM "batch" WHERE "id" = ${work.batchId}`
  const batch = batches[0]
  if (!batch) return
  const runbook = await batchRunbook(db(), batch.runbookVersionId)
  const laneName = findStep(runbook, work.stepKey)?.lane ?? runbook.readiness.lane
  const lanes = await tx.$queryRaw<{ credentialId: string }[]>`
    SELECT "credentialId" FROM "lane" WHERE "estateId" = ${batch.estateId} AND "name" = ${laneName}`
  if (lanes[0]) await stopLanesOf(tx, lanes[0].credentialId, reason, work.batchId)
}

/** The same for a failure that is no batch's, such as that of a sign-in. */
export async function stopLanesOf(
  tx: Sql,
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
  tx: Sql,
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
