import { mayReadBackItem } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { lockItem } from '@/server/store/item-lock'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { Refused } from './refused'

/**
 * Has the state of somebody of unknown outcome read now, not when the pause between two readings is over. Nothing but a reading
 * comes of it, and the settle time after which the same answer counts twice stays as long as it is.
 * `already`: a reading is under way, so none is asked for. @throws Refused where the outcome is known.
 */
export async function readBackNow(actor: Actor, input: { itemId: string }): Promise<{ already: boolean }> {
  permitPerson(actor, 'items.retry')
  return db().$transaction(async tx => {
    const item = await lockItem(tx, input.itemId)
    const may = mayReadBackItem(item)
    if (!may.ok) throw new Refused('conflict', may.why)
    if (item.leaseAttemptId !== null) return { already: true }
    await tx.$executeRaw`
      UPDATE "item" SET "dueAt" = NULL, "queuedAt" = NULL, "queueRank" = NULL, "ahead" = true, "changedAt" = clock_timestamp(), "version" = "version" + 1
      WHERE "id" = ${item.id}`
    await wake(tx, { topic: 'wave-items', waveId: item.waveId })
    await recordEvent(tx, actor, {
      type: 'item.reading_asked',
      about: { batchId: item.batchId, waveId: item.waveId, itemId: item.id },
      data: { identity: item.identity },
    })
    return { already: false }
  })
}
