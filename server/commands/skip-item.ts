import { maySkipItem } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { lockItem } from '@/server/store/item-lock'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { Refused } from './refused'

/** A person decides that nothing more is done for somebody; recorded as said by a person, not seen (rule 1). */
export async function skipItem(actor: Actor, input: { itemId: string; reason: string }): Promise<void> {
  permitPerson(actor, 'items.skip')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Skipping somebody needs a reason.')
  await db().$transaction(async tx => {
    const item = await lockItem(tx, input.itemId)
    const may = maySkipItem(item)
    if (!may.ok) throw new Refused('conflict', may.why)
    await tx.$executeRaw`
      UPDATE "item" SET "state" = 'left_out', "outKind" = 'skipped', "open" = false, "leaseAttemptId" = NULL,
        "reason" = ${`Skipped, said by a person, not seen: ${reason}`}, "changedAt" = clock_timestamp(), "version" = "version" + 1
      WHERE "id" = ${item.id}`
    await wake(tx, { topic: 'wave', waveId: item.waveId })
    await recordEvent(tx, actor, {
      type: 'item.skipped',
      about: { batchId: item.batchId, waveId: item.waveId, itemId: item.id },
      data: { reason, identity: item.identity, from: item.state },
    })
  })
}
