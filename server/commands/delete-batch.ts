import { mayDeleteBatch } from '@/domain/lifecycle/batch'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { lockBatch } from '@/server/store/batch-lock'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/**
 * Deletes a batch of which nothing has run. Its people are free for another batch, its import can be used again; its
 * ledger chain stays, and the instance's chain says that it was deleted.
 */
export async function deleteBatch(
  actor: Actor,
  input: { batchId: string; reason: string },
): Promise<{ people: number }> {
  permitPerson(actor, 'batches.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Deleting a batch needs a reason.')
  return db().$transaction(
    async tx => {
      const batch = await lockBatch(tx, input.batchId)
      const may = mayDeleteBatch(batch)
      if (!may.ok) throw new Refused('conflict', may.why)
      const people = await tx.item.count({ where: { batchId: batch.id } })
      await tx.importFile.updateMany({
        where: { batchId: batch.id },
        data: { state: 'judged', batchId: null },
      })
      await tx.batch.delete({ where: { id: batch.id } })
      await recordEvent(tx, actor, {
        type: 'batch.deleted',
        data: { batchId: batch.id, name: batch.name, people, reason },
      })
      return { people }
    },
    { timeout: 60_000 },
  )
}
