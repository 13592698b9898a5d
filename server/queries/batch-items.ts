import type { ItemState } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { clusterKey } from './failure-clusters'

export type ItemFilter = {
  /** Any of these; empty means all. */
  states?: readonly ItemState[]
  waveId?: string
  /** A cluster's key, as failureClusters gives it. */
  cluster?: string
  /** Every word must be in the name, an address, or the note. */
  search?: string
}

export type ItemLine = {
  id: string
  position: number
  waveId: string
  displayName: string
  upn: string
  sipAddress: string
  state: ItemState
  stepKey: string | null
  reason: string | null
  errorClass: string | null
  tries: number
  changedAt: Date
  /** How long a running one has been at it. */
  runningForMs: number | null
}

export type ItemPage = {
  items: ItemLine[]
  /** People who match the filter; everybody, not only this page. */
  matching: number
  /** How many matching people stand before this page's first. */
  before: number
  /** The position to go back before, and the one to go on after; null where there is nothing. */
  back: number | null
  on: number | null
}

export const ITEMS_A_PAGE = 50

/**
 * One page of a batch's people in import order, after or before a position: a position never changes, so that pages stay
 * put while people change state.
 */
export async function batchItems(
  actor: Actor,
  input: ItemFilter & { batchId: string; after?: number; before?: number },
): Promise<ItemPage> {
  permit(actor, 'batches.read')
  const database = db()
  const matches = itemsWhere(input.batchId, input)
  const back = input.before !== undefined && input.after === undefined
  const edge = back ? input.before : input.after
  const beyond =
    edge === undefined
      ? Prisma.empty
      : back
        ? Prisma.sql`AND i."position" < ${edge}`
        : Prisma.sql`AND i."position" > ${edge}`
  const order = back ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const [found, total] = await Promise.all([
    database.$queryRaw<ItemLine[]>`
      SELECT i."id", i."position", i."waveId", i."displayName", i."upn", i."sipAddress", i."state"::text AS "state",
        i."stepKey", i."reason", i."errorClass", i."tries", i."changedAt",
        CASE WHEN i."state" = 'running' THEN (extract(epoch FROM now() - i."changedAt") * 1000)::float8 END AS "runningForMs"
      FROM "item" i WHERE ${matches} ${beyond}
      ORDER BY i."position" ${order} LIMIT ${ITEMS_A_PAGE}`,
    database.$queryRaw<{ matching: number }[]>`
      SELECT count(*)::int AS "matching" FROM "item" i WHERE ${matches}`,
  ])
  const items = back ? found.reverse() : found
  const first = items[0]
  const last = items.at(-1)
  const matching = total[0]?.matching ?? 0
  const before = first && edge !== undefined ? await countBefore(input.batchId, input, first.position) : 0
  return {
    items,
    matching,
    before,
    back: first && before > 0 ? first.position : null,
    on: last && before + items.length < matching ? last.position : null,
  }
}

/** The ids of everybody who matches, in order; `limit` at most. What "retry these" works on where a cluster has no signature. */
export async function matchingItemIds(
  actor: Actor,
  input: ItemFilter & { batchId: string; limit: number },
): Promise<string[]> {
  permit(actor, 'batches.read')
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "item" i WHERE ${itemsWhere(input.batchId, input)} ORDER BY i."position" LIMIT ${input.limit}`
  return rows.map(row => row.id)
}

/** SQL that picks the people of a batch by a filter; the item table is called `i`. */
export function itemsWhere(batchId: string, filter: ItemFilter): Prisma.Sql {
  const parts = [Prisma.sql`i."batchId" = ${batchId}`]
  if (filter.states && filter.states.length > 0)
    parts.push(Prisma.sql`i."state" = ANY(${[...filter.states]}::"ItemState"[])`)
  if (filter.waveId) parts.push(Prisma.sql`i."waveId" = ${filter.waveId}`)
  if (filter.cluster === 'unknown') parts.push(Prisma.sql`i."state" = 'unknown'`)
  else if (filter.cluster)
    parts.push(Prisma.sql`i."state" IN ('needs_person', 'failed') AND ${clusterKey} = ${filter.cluster}`)
  for (const word of searchWords(filter.search)) {
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    parts.push(
      Prisma.sql`lower(i."displayName" || ' ' || i."upn" || ' ' || i."sipAddress" || ' ' || coalesce(i."reason", '')) LIKE ${like}`,
    )
  }
  return Prisma.join(parts, ' AND ')
}

/** At most six words: a pasted page is not a search. */
export function searchWords(text: string | undefined): string[] {
  return (text ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6)
}

async function countBefore(batchId: string, filter: ItemFilter, position: number): Promise<number> {
  const rows = await db().$queryRaw<{ before: number }[]>`
    SELECT count(*)::int AS "before" FROM "item" i
    WHERE ${itemsWhere(batchId, filter)} AND i."position" < ${position}`
  return rows[0]?.before ?? 0
}
