import { mayRetryItem } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { type ItemFilter, itemsWhere } from '@/server/queries/item-where'
import { lockBatch } from '@/server/store/batch-lock'
import { db } from '@/server/store/client'
import { type NewEvent, recordEvents, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { Refused } from './refused'

export type RetryInput = {
  batchId: string
  itemIds?: readonly string[]
  errorSignature?: string
  /** People by the table's own filter: states, wave, cluster of failures, words. */
  filter?: ItemFilter
  reason: string
}
const UNKNOWN = 'There is no such person in this batch.'
const MEANWHILE = 'Somebody else has decided about this person in the meantime.'

export type Retried = { touched: number; refused: { itemId: string; why: string }[] }

/**
 * Puts people who failed or need a person back to try again: those named, those a filter finds, or one cluster of failures.
 * Each is probed before anything is applied; somebody whose outcome was never seen, which their class says, is read back as an
 * unknown one is (rule 2).
 * They go ahead of others in their lane. Answers how many, and why not the others. Naming nobody touches nobody.
 */
export async function retryItems(actor: Actor, input: RetryInput): Promise<Retried> {
  permitPerson(actor, 'items.retry')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'A retry needs a reason: what was mended.')
  const filter = input.filter && hasAny(input.filter) ? input.filter : null
  if (!input.itemIds?.length && !input.errorSignature && !filter)
    throw new Refused('invalid', 'Nobody is selected. Choose people, or one cluster of failures.')
  return db().$transaction(
    async tx => {
      const batch = await lockBatch(tx, input.batchId)
      const ids = filter && (await idsOf(tx, batch.id, filter))
      const items = await tx.item.findMany({
        where: {
          batchId: batch.id,
          ...(input.itemIds?.length || ids
            ? { id: { in: [...(input.itemIds ?? ids ?? [])] } }
            : { errorSignature: input.errorSignature ?? '', state: { in: ['failed', 'needs_person'] } }),
        },
      })
      const refused: Retried['refused'] = []
      const found = new Set(items.map(item => item.id))
      for (const id of input.itemIds ?? []) if (!found.has(id)) refused.push({ itemId: id, why: UNKNOWN })
      const able = items.filter(item => {
        const may = mayRetryItem(item)
        if (!may.ok) refused.push({ itemId: item.id, why: may.why })
        return may.ok
      })
      if (able.length === 0) return { touched: 0, refused }
      const moved = await tx.$queryRaw<{ id: string }[]>`
        UPDATE "item" SET "reason" = ${`Retry: ${reason}`}, "errorClass" = NULL, "errorSignature" = NULL, "ahead" = true,
          "state" = CASE WHEN "errorClass" = 'UNKNOWN_OUTCOME' AND 'unknown' = (SELECT a."state" FROM "attempt" a WHERE a."itemId" = "item"."id" AND a."kind" = 'run'
            ORDER BY a."startedAt" DESC LIMIT 1) THEN 'unknown'::"ItemState" ELSE 'waiting'::"ItemState" END,
          "transientTries" = 0, "readbacksFailed" = 0, "dueAt" = NULL, "queuedAt" = NULL, "queueRank" = NULL, "changedAt" = clock_timestamp(), "version" = "version" + 1
        WHERE "id" = ANY(${able.map(item => item.id)}) AND "state" IN ('failed', 'needs_person') RETURNING "id"`
      const movedIds = new Set(moved.map(item => item.id))
      // Somebody else was faster: retried, or skipped, between the look and the change.
      const chosen = able.filter(item => movedIds.has(item.id))
      for (const { id } of able) if (!movedIds.has(id)) refused.push({ itemId: id, why: MEANWHILE })
      if (chosen.length === 0) return { touched: 0, refused }
      const waveIds = [...new Set(chosen.map(item => item.waveId))]
      const reopened = await tx.$queryRaw<{ id: string }[]>`
        UPDATE "wave" SET "state" = 'running', "endedAt" = NULL, "version" = "version" + 1
        WHERE "id" = ANY(${waveIds}) AND "state" = 'done' RETURNING "id"`
      await tx.$executeRaw`
        UPDATE "batch" SET "state" = 'active', "endedAt" = NULL, "version" = "version" + 1
        WHERE "id" = ${batch.id} AND "state" = 'done'`
      await wake(
        tx,
        ...waveIds.flatMap(waveId => [
          { topic: 'wave-items' as const, waveId },
          { topic: 'wave' as const, waveId },
        ]),
      )
      await recordEvents(tx, actor, [
        ...reopened.map(
          (wave): NewEvent => ({
            type: 'wave.reopened',
            about: { batchId: batch.id, waveId: wave.id },
            data: { reason },
          }),
        ),
        ...chosen.map(
          (item): NewEvent => ({
            type: 'item.retried',
            about: { batchId: batch.id, waveId: item.waveId, itemId: item.id },
            data: { reason, identity: item.identity },
          }),
        ),
      ])
      return { touched: chosen.length, refused }
    },
    { timeout: 60_000 },
  )
}

const hasAny = (filter: ItemFilter): boolean =>
  Boolean(filter.states?.length || filter.waveId || filter.cluster || filter.search?.trim())

async function idsOf(tx: Tx, batchId: string, filter: ItemFilter): Promise<string[]> {
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT i."id" FROM "item" i WHERE ${itemsWhere(batchId, filter)}`
  return rows.map(row => row.id)
}
