import type { ItemState } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { type Database, db } from '@/server/store/client'
import {
  countFiltered,
  countFilteredBefore,
  type ItemFilter,
  itemsWhere,
  type Walk,
  walked,
  walkOf,
} from './item-where'
import { COUNTED, searchPositions, searchWords } from './people-search'

export type ItemLine = {
  id: string
  position: number
  waveId: string
  displayName: string
  upn: string
  sipAddress: string
  /** Of their own, where it is not the batch's. */
  targetPool: string | null
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
  /** There are more than `matching`: a search that finds many does not count them all. */
  more: boolean
  /** How many matching people stand before this page's first; null where they are too many to count. */
  before: number | null
  /** The position to go back before, and the one to go on after; null where there is nothing. */
  back: number | null
  on: number | null
}

export const ITEMS_A_PAGE = 50

type Asked = ItemFilter & { batchId: string; after?: number; before?: number }

/**
 * One page of a batch's people in import order, after or before a position: a position never changes, so that pages stay
 * put while people change state. What it takes does not grow with the batch: without a search, people are counted by the
 * numbers that are kept; a search finds a few by its index and counts them, or is frequent and counts to a limit.
 */
export async function batchItems(actor: Actor, input: Asked): Promise<ItemPage> {
  permit(actor, 'batches.read')
  const database = db()
  const searches = searchWords(input.search).length > 0
  const few = searches ? await searchPositions(database, input.batchId, input.search) : null
  const walk = await walkOf(database, input.batchId, input, few)
  const limit = few ? few.length : COUNTED
  const [page, matching] = await Promise.all([
    readPage(database, walk, input),
    searches ? countUpTo(database, walk, limit + 1) : countFiltered(database, input.batchId, input),
  ])
  const { items, back, another } = page
  const first = items[0]
  const last = items.at(-1)
  const more = searches && matching > limit
  const before = !first || (!back && input.after === undefined) ? 0 : await countBefore(first.position)
  const on = back ? before === null || before + items.length < matching : another
  return {
    items,
    matching: more ? limit : matching,
    more,
    before,
    back: first && before !== 0 ? first.position : null,
    on: last && on ? last.position : null,
  }

  async function countBefore(position: number): Promise<number | null> {
    if (more) return null
    return searches
      ? countUpTo(database, walk, limit, [Prisma.sql`i."position" < ${position}`])
      : countFilteredBefore(database, input.batchId, input, position)
  }
}

async function readPage(
  database: Database,
  walk: Walk,
  { after, before }: Pick<Asked, 'after' | 'before'>,
): Promise<{ items: ItemLine[]; back: boolean; another: boolean }> {
  const back = before !== undefined && after === undefined
  const edge = back ? before : after
  const beyond =
    edge === undefined ? [] : [back ? Prisma.sql`i."position" < ${edge}` : Prisma.sql`i."position" > ${edge}`]
  const order = back ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const found = await database.$queryRaw<ItemLine[]>`
    SELECT i."id", i."position", i."waveId", i."displayName", i."upn", i."sipAddress", i."targetPool", i."state"::text AS "state",
      i."stepKey", i."reason", i."errorClass", i."tries", i."changedAt",
      CASE WHEN i."state" = 'running' THEN (extract(epoch FROM now() - i."changedAt") * 1000)::float8 END AS "runningForMs"
    FROM ${walked(walk, beyond, order)} ORDER BY i."position" ${order} LIMIT ${ITEMS_A_PAGE + 1}`
  const items = found.slice(0, ITEMS_A_PAGE)
  return { items: back ? items.reverse() : items, back, another: found.length > ITEMS_A_PAGE }
}

/** How many people a walk meets, up to a limit. */
async function countUpTo(
  database: Database,
  walk: Walk,
  limit: number,
  beyond: Prisma.Sql[] = [],
): Promise<number> {
  const rows = await database.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS "people" FROM (
      SELECT 1 FROM ${walked(walk, beyond, Prisma.sql`ASC`)} LIMIT ${limit}) AS found`
  return rows[0]?.people ?? 0
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
