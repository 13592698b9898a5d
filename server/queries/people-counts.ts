import {
  emptyCounts,
  type ItemCounts,
  type ItemState,
  isItemVerified,
  totalOf,
} from '@/domain/lifecycle/item'
import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { countedPeople } from '@/server/store/counted-people'

/** How many people of one wave stand at one step in one state. A wave's rows add up to the wave. */
export type CountRow = {
  batchId: string
  waveId: string
  stepKey: string | null
  state: ItemState
  people: number
}

/** With how many of them were never read on the estate, and have no target pool of their own. */
export type PeopleRow = CountRow & { unread: number; withoutPool: number }

/** The numbers of every wave of the batches, in one pass, without looking at anybody. */
export async function countPeople(database: Database, batchIds: readonly string[]): Promise<PeopleRow[]> {
  if (batchIds.length === 0) return []
  return database.$queryRaw<PeopleRow[]>`
    SELECT "batchId", "waveId", nullif("stepKey", '') AS "stepKey", "state"::text AS "state", sum("people")::int AS "people",
      sum("unread")::int AS "unread", sum("withoutPool")::int AS "withoutPool"
    FROM ${countedPeople(Prisma.sql`"batchId" = ANY(${[...batchIds]})`)} AS c
    GROUP BY 1, 2, 3, 4 HAVING sum("people") <> 0`
}

/** Adds rows up by state; every state is there, with 0 where nobody is. */
export function addUp(rows: Iterable<Pick<CountRow, 'state' | 'people'>>): ItemCounts {
  const counts = emptyCounts()
  for (const row of rows) counts[row.state] += row.people
  return counts
}

/** People who have reached the other shore: moved and verified, or already there. */
export const verifiedOf = (counts: ItemCounts): number => counts.done + counts.no_change

/** People who are meant to cross: everybody but those left out. */
export const bound = (counts: ItemCounts): number => totalOf(counts) - counts.left_out

export type StepFunnel = {
  key: string
  /** Through this step, at it by state, not there yet, left out: these add up to everybody. */
  over: number
  at: ItemCounts
  before: number
  out: number
}

/**
 * The funnel of a batch: for each step in order how many are through, at it, or not there yet. Someone who has ended
 * verified is through every step; someone left out counts at no step. Works on rows of countPeople.
 */
export function funnelOf(rows: readonly CountRow[], stepKeys: readonly string[]): StepFunnel[] {
  return stepKeys.map((key, index) => {
    const at = emptyCounts()
    let over = 0
    let before = 0
    let out = 0
    for (const row of rows) {
      const position = row.stepKey === null ? -1 : stepKeys.indexOf(row.stepKey)
      if (row.state === 'left_out') out += row.people
      else if (isItemVerified(row.state) || position > index) over += row.people
      else if (position === index && row.state !== 'not_started') at[row.state] += row.people
      else before += row.people
    }
    return { key, over, at, before, out }
  })
}
