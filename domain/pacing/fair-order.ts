/** Somebody who is to be queued: the batch, and whether it goes ahead of all (a pilot, or put back by a person). */
export type Waiting = { id: string; batchId: string; ahead: boolean }

/** Where a lane's queue stands: the smallest rank still in it, and the last rank of each batch. */
export type Standing = { clock: number; last: ReadonlyMap<string, number> }

/** BullMQ takes no greater priority. */
export const MOST_RANK = 1_900_000

/**
 * Ranks in a lane's queue, by which batches take turns however many people each one brings: a batch's next person stands one
 * behind its last one, and a batch that comes later begins where the queue stands now, neither behind everybody nor
 * in front of those who wait. Smaller goes first. Pilots and people put back by hand stand where the queue stands now.
 */
export function fairRanks(people: readonly Waiting[], standing: Standing): Map<string, number> {
  const last = new Map(standing.last)
  const clock = Math.max(1, standing.clock)
  const ranks = new Map<string, number>()
  for (const person of people) {
    if (person.ahead) {
      ranks.set(person.id, Math.min(clock, MOST_RANK))
      continue
    }
    const rank = Math.max(clock, (last.get(person.batchId) ?? clock - 1) + 1)
    last.set(person.batchId, rank)
    ranks.set(person.id, Math.min(rank, MOST_RANK))
  }
  return ranks
}
