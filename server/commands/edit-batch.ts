import { mayEditBatch } from '@/domain/lifecycle/batch'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { lockBatch } from '@/server/store/batch-lock'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { isHostName } from './host-name'
import { Refused } from './refused'
import { voidChangedApprovals } from './void-changed-approvals'

type Change = { before: string | null; after: string | null }

/**
 * Renames a batch or sets its target pool, while nothing of it has started. Whoever edits is not the approver of what
 * comes next; requests and approvals that no longer fit become void.
 */
export async function editBatch(
  actor: Actor,
  input: { batchId: string; name?: string; targetPool?: string },
): Promise<{ voided: number }> {
  const personId = permitPerson(actor, 'batches.write')
  return db().$transaction(
    async tx => {
      const batch = await lockBatch(tx, input.batchId)
      const may = mayEditBatch(batch)
      if (!may.ok) throw new Refused('conflict', may.why)
      const changes: Record<string, Change> = {}
      const name = input.name?.trim()
      if (name !== undefined && name !== batch.name) {
        if (name === '' || name.length > 120)
          throw new Refused('invalid', 'A batch’s name has 1 to 120 characters.')
        changes.name = { before: batch.name, after: name }
      }
      const pool = input.targetPool?.trim().toLowerCase()
      if (pool !== undefined && pool !== (batch.targetPool ?? '')) {
        if (pool !== '' && !isHostName(pool))
          throw new Refused(
            'invalid',
            `${input.targetPool} is not the full name of a pool, such as pool01.contoso.example.`,
          )
        const estate = await tx.estate.findUniqueOrThrow({ where: { id: batch.estateId } })
        if (
          pool !== '' &&
          estate.pools.length > 0 &&
          !estate.pools.some(known => known.toLowerCase() === pool)
        )
          throw new Refused(
            'invalid',
            `${estate.name} has no pool ${pool}. It has ${estate.pools.join(', ')}.`,
          )
        changes.targetPool = { before: batch.targetPool, after: pool === '' ? null : pool }
      }
      if (Object.keys(changes).length === 0) return { voided: 0 }
      await tx.batch.update({
        where: { id: batch.id },
        data: {
          ...(changes.name ? { name: changes.name.after ?? batch.name } : {}),
          ...(changes.targetPool ? { targetPool: changes.targetPool.after } : {}),
          version: { increment: 1 },
        },
      })
      if (changes.targetPool)
        await tx.$executeRaw`
          UPDATE "wave" SET "editedByIds" = array_append(array_remove("editedByIds", ${personId}), ${personId})
          WHERE "batchId" = ${batch.id}`
      await recordEvent(tx, actor, { type: 'batch.edited', about: { batchId: batch.id }, data: { changes } })
      return { voided: await voidChangedApprovals(tx, batch.waveIds) }
    },
    { timeout: 60_000 },
  )
}
