import { instanceChain } from '@/domain/ledger/chain'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { type Database, db } from '@/server/store/client'

/** What a live screen needs to know of an event: which part of it changed. The evidence stays in the ledger. */
export type LiveEvent = {
  chain: string
  seq: number
  type: string
  at: string
  waveId: string | null
  itemId: string | null
}

/** The last sequence of each chain; a chain without events has 0. */
export async function chainHeads(
  database: Database,
  chains: readonly string[],
): Promise<Record<string, number>> {
  const rows = await database.chain.findMany({
    where: { id: { in: [...chains] } },
    select: { id: true, seq: true },
  })
  const bySeq = new Map(rows.map(row => [row.id, Number(row.seq)]))
  return Object.fromEntries(chains.map(chain => [chain, bySeq.get(chain) ?? 0]))
}

/** The events of a chain after a sequence, in order, `limit` at most: ask again from the last one for more. */
export async function eventsAfter(
  actor: Actor,
  { chain, after, limit = 500 }: { chain: string; after: number; limit?: number },
): Promise<LiveEvent[]> {
  permit(actor, 'batches.read')
  const rows = await db().event.findMany({
    where: { chain, seq: { gt: after } },
    select: { chain: true, seq: true, type: true, at: true, waveId: true, itemId: true },
    orderBy: { seq: 'asc' },
    take: limit,
  })
  return rows.map(row => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }))
}

/**
 * The chains a live stream follows, with their heads: one beside the instance's, or with null the Overview's, which are the instance's and those of
 * every open batch. Refuses a chain that nobody has written to.
 */
export async function chainsToFollow(actor: Actor, chain: string | null): Promise<Record<string, number>> {
  permit(actor, 'batches.read')
  const database = db()
  if (chain !== null) {
    // What holds or stops everything is the instance's, and concerns every batch.
    const heads = await chainHeads(database, [instanceChain, chain])
    if (heads[chain] === 0 && chain !== instanceChain)
      throw new Refused('not_found', 'There is no such chain of events.')
    return heads
  }
  const batches = await database.batch.findMany({
    where: { state: { in: ['draft', 'active'] } },
    select: { id: true },
  })
  return chainHeads(database, [instanceChain, ...batches.map(batch => batch.id)])
}
