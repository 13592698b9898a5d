import { mayResolveItem } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { lockItem } from '@/server/store/item-lock'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { Refused } from './refused'

/**
 * A person decides that somebody of unknown outcome needs a person, after readings that failed: said by a person, not seen
 * (rule 1). It stays harmed, and a later retry reads the state before anything is repeated. Skipping is a command of
 * its own. @throws Refused while Ferry is still reading.
 */
export async function resolveUnknown(actor: Actor, input: { itemId: string; reason: string }): Promise<void> {
  permitPerson(actor, 'items.resolve')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Deciding for somebody needs a reason.')
  await db().$transaction(async tx => {
    const item = await lockItem(tx, input.itemId)
    const may = mayResolveItem(item)
    if (!may.ok) throw new Refused('conflict', may.why)
    await tx.$executeRaw`
      UPDATE "item" SET "state" = 'needs_person', "reason" = ${`Said by a person, not seen: ${reason}`}, "errorClass" = 'UNKNOWN_OUTCOME',
        "errorSignature" = NULL, "leaseAttemptId" = NULL, "leaseUntil" = NULL, "leaseToken" = nextval('fencing_token'), "dueAt" = NULL,
        "queuedAt" = NULL, "queueRank" = NULL, "changedAt" = clock_timestamp(), "version" = "version" + 1
      WHERE "id" = ${item.id}`
    await tx.$executeRaw`
      UPDATE "item_step" SET "state" = 'needs_person' WHERE "itemId" = ${item.id} AND "stepKey" = ${item.stepKey ?? ''}`
    // A reading that is under way finds its lease gone and writes nothing.
    await tx.$executeRaw`
      UPDATE "attempt" SET "state" = 'lost', "reason" = 'A person decided meanwhile.', "endedAt" = clock_timestamp()
      WHERE "itemId" = ${item.id} AND "kind" = 'readback' AND "endedAt" IS NULL`
    await wake(tx, { topic: 'wave', waveId: item.waveId })
    await recordEvent(tx, actor, {
      type: 'item.resolved_by_hand',
      about: { batchId: item.batchId, waveId: item.waveId, itemId: item.id },
      data: { identity: item.identity, as: 'needs_person', reason },
    })
  })
}
