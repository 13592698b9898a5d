import type { ItemState } from '@/domain/lifecycle/item'
import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { BLOCK, countedBlocks, countedPeople } from '@/server/store/counted-people'
import { inCluster } from './failure-clusters'
import { searchWhere } from './people-search'

export type ItemFilter = {
  /** Any of these; empty means all. */
  states?: readonly ItemState[]
  waveId?: string
  /** A cluster's key, as failureClusters gives it. */
  cluster?: string
  /** Every word must begin a word of the name, of an address, or of the note of somebody who is stuck. */
  search?: string
}

/** SQL that picks the people of a batch by a filter; the item table is called `i`. */
export function itemsWhere(batchId: string, filter: ItemFilter): Prisma.Sql {
  return and([...standing(batchId, filter), ...onTheWay(filter)])
}

/** People in the order of the batch: what indexes answer, and what is looked at on the way. */
export type Walk = { within: Prisma.Sql[]; onTheWay: Prisma.Sql[] }

/** The way along a batch on which a filter finds its people, or among those positions alone. */
export async function walkOf(
  database: Database,
  batchId: string,
  filter: ItemFilter,
  among: readonly number[] | null,
): Promise<Walk> {
  const near = among
    ? [Prisma.sql`i."position" = ANY(${[...among]}::int[])`]
    : filter.waveId
      ? await nearWave(database, batchId, filter.waveId)
      : []
  return { within: [...standing(batchId, filter), ...near], onTheWay: onTheWay(filter) }
}

/**
 * SQL of a walk, the table and its conditions; the item table is called `i`. Whoever reads a page stops early: left alone, the
 * database expects few people of a wave or with a word, reads everybody and sorts them.
 */
export function walked(
  { within, onTheWay: looked }: Walk,
  beyond: Prisma.Sql[],
  order: Prisma.Sql,
): Prisma.Sql {
  const there = and([...within, ...beyond])
  if (looked.length === 0) return Prisma.sql`"item" i WHERE ${there}`
  return Prisma.sql`(
    SELECT i.* FROM "item" i WHERE ${there} ORDER BY i."position" ${order} OFFSET 0) AS i WHERE ${and(looked)}`
}

const and = (parts: Prisma.Sql[]): Prisma.Sql => Prisma.join(parts, ' AND ')

function standing(batchId: string, filter: ItemFilter): Prisma.Sql[] {
  const parts = [Prisma.sql`i."batchId" = ${batchId}`]
  const [state, ...others] = filter.states ?? []
  // One state alone is read in the order of positions.
  if (state && others.length === 0) parts.push(Prisma.sql`i."state" = ${state}::"ItemState"`)
  else if (state) parts.push(Prisma.sql`i."state" = ANY(${[state, ...others]}::"ItemState"[])`)
  if (filter.cluster) parts.push(inCluster(Prisma.sql`${filter.cluster}`))
  return parts
}

const onTheWay = (filter: ItemFilter): Prisma.Sql[] => [
  ...(filter.waveId ? [Prisma.sql`i."waveId" = ${filter.waveId}`] : []),
  ...searchWhere(filter.search),
]

/** The positions between which a wave has people: it is an unbroken part of the batch, and a walk would begin far before it. */
async function nearWave(database: Database, batchId: string, waveId: string): Promise<Prisma.Sql[]> {
  const mine = Prisma.sql`"batchId" = ${batchId} AND "waveId" = ${waveId} AND "people" > 0`
  const rows = await database.$queryRaw<{ first: number | null; last: number | null }[]>`
    SELECT min("block") AS "first", max("block") AS "last" FROM ${countedBlocks(mine)} AS b`
  const { first, last } = rows[0] ?? {}
  return [
    Prisma.sql`i."position" >= ${(first ?? 0) * BLOCK}`,
    Prisma.sql`i."position" < ${((last ?? -1) + 1) * BLOCK}`,
  ]
}

/** The filter without its search, over the columns of countedPeople and countedBlocks. */
function countsWhere(batchId: string, filter: ItemFilter): Prisma.Sql {
  const parts = [Prisma.sql`"batchId" = ${batchId}`]
  if (filter.states && filter.states.length > 0)
    parts.push(Prisma.sql`"state" = ANY(${[...filter.states]}::"ItemState"[])`)
  if (filter.waveId) parts.push(Prisma.sql`"waveId" = ${filter.waveId}`)
  if (filter.cluster) parts.push(Prisma.sql`"cluster" = ${filter.cluster}`)
  return Prisma.join(parts, ' AND ')
}

/** How many people a filter without a search finds, without looking at anybody. */
export async function countFiltered(
  database: Database,
  batchId: string,
  filter: ItemFilter,
): Promise<number> {
  const rows = await database.$queryRaw<{ people: number }[]>`
    SELECT coalesce(sum("people"), 0)::int AS "people" FROM ${countedPeople(countsWhere(batchId, filter))} AS c`
  return rows[0]?.people ?? 0
}

/** How many of them stand before a position: by thousands, and those of its own thousand one by one. */
export async function countFilteredBefore(
  database: Database,
  batchId: string,
  filter: ItemFilter,
  position: number,
): Promise<number> {
  const block = Math.floor(position / BLOCK)
  const blocks = Prisma.sql`${countsWhere(batchId, filter)} AND "block" < ${block}`
  const rows = await database.$queryRaw<{ before: number }[]>`
    SELECT ((SELECT coalesce(sum("people"), 0) FROM ${countedBlocks(blocks)} AS b)
      + (SELECT count(*) FROM "item" i WHERE ${itemsWhere(batchId, filter)}
          AND i."position" >= ${block * BLOCK} AND i."position" < ${position}))::int AS "before"`
  return rows[0]?.before ?? 0
}
