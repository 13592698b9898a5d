import { Prisma } from '@/generated/prisma/client'
import { db } from './client'

/** How many changes one transaction folds at most; more wait for the next. */
const FOLD_AT_ONCE = 50_000

/**
 * The numbers of people by wave, step, state and cluster: what is folded and what is not yet. Read in one statement, the two
 * are one moment. `where` is over columns that both have.
 */
export const countedPeople = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT "batchId", "waveId", "stepKey", "state", "cluster", "people", "unread", "withoutPool" FROM "item_count" WHERE ${where}
  UNION ALL
  SELECT "batchId", "waveId", "stepKey", "state", "cluster", "people", "unread", "withoutPool" FROM "item_change" WHERE ${where})`

/** The numbers of people by thousand of positions; a person's block is their position divided by BLOCK. */
export const countedBlocks = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT "batchId", "block", "waveId", "state", "cluster", "people" FROM "item_block" WHERE ${where}
  UNION ALL
  SELECT "batchId", "block", "waveId", "state", "cluster", "people" FROM "item_change" WHERE ${where})`

export const BLOCK = 1_000

/** Slots in which verified people are counted, in seconds. Those of 10 s are kept for an hour. */
export type PaceSeconds = 10 | 60 | 1800 | 86_400

/** How many people were verified when, from a time on, as `batchId`, `at` and `people`. `at` is when a slot begins. */
export const countedPace = (
  batchIds: readonly string[],
  seconds: PaceSeconds,
  from: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(
  SELECT "batchId", "slot" AS "at", "people" FROM "item_pace"
  WHERE "batchId" = ANY(${[...batchIds]}) AND "seconds" = ${seconds} AND "slot" >= ${from}
  UNION ALL
  SELECT "batchId", date_bin(make_interval(secs => ${seconds}), "verifiedAt", 'epoch'), "people" FROM "item_change"
  WHERE "batchId" = ANY(${[...batchIds]}) AND "verifiedAt" >= ${from})`

/**
 * Folds what changed since into the numbers, so that there is little to add up. Nothing depends on when it runs, or on
 * whether it does. Answers how many changes there were.
 */
export async function foldPeople(): Promise<number> {
  let folded = 0
  for (let now = FOLD_AT_ONCE; now === FOLD_AT_ONCE; ) {
    const rows = await db().$queryRaw<
      { now: number }[]
    >`SELECT ferry_fold_item_changes(${FOLD_AT_ONCE}::int) AS "now"`
    now = rows[0]?.now ?? 0
    folded += now
  }
  return folded
}
