import { faultsOf, genesisHash } from '@/domain/ledger/chain'
import { db } from '@/server/store/client'

export type ChainReport = {
  chains: { chain: string; events: number; head: string }[]
  problems: { chain: string; seq: number; type: string; what: string }[]
}

const PAGE = 2000

/**
 * Reads every chain from its first row and recomputes each link. Names each row that was edited, is missing or does
 * not link. Heads are answered so that they can be kept elsewhere: only with an exported head can a cut-off tail be
 * found. Reads in pages, so memory stays flat.
 */
export async function verifyChains(chainId?: string): Promise<ChainReport> {
  const report: ChainReport = { chains: [], problems: [] }
  const chains = await db().chain.findMany({ where: chainId ? { id: chainId } : {}, orderBy: { id: 'asc' } })
  // A chain without its head would be passed over, and everything in it with it.
  const headless = await db().$queryRaw<{ chain: string; last: bigint }[]>`
    SELECT "chain", max("seq") AS "last" FROM "event"
    WHERE "chain" NOT IN (SELECT "id" FROM "chain") AND (${chainId ?? null}::text IS NULL OR "chain" = ${chainId ?? null})
    GROUP BY "chain" ORDER BY "chain"`
  for (const { chain, last } of headless)
    report.problems.push({
      chain,
      seq: Number(last),
      type: 'head',
      what: 'the chain’s head is gone, its rows are there',
    })
  for (const chain of chains) {
    let previous = { seq: 0, hash: genesisHash }
    for (;;) {
      const rows = await db().event.findMany({
        where: { chain: chain.id, seq: { gt: previous.seq } },
        orderBy: { seq: 'asc' },
        take: PAGE,
      })
      for (const row of rows) {
        const seq = Number(row.seq)
        const faults = faultsOf(
          {
            chain: row.chain,
            seq,
            type: row.type,
            version: row.version,
            at: row.at.toISOString(),
            actor: { kind: row.actorKind, id: row.actorId, name: row.actorName, via: row.via },
            batchId: row.batchId,
            waveId: row.waveId,
            itemId: row.itemId,
            data: row.data,
            canonical: row.canonical,
            previousHash: row.previousHash,
            hash: row.hash,
          },
          previous,
        )
        for (const what of faults) report.problems.push({ chain: chain.id, seq, type: row.type, what })
        previous = { seq, hash: row.hash }
      }
      if (rows.length < PAGE) break
    }
    if (previous.seq !== Number(chain.seq) || previous.hash !== chain.head)
      report.problems.push({
        chain: chain.id,
        seq: previous.seq,
        type: 'head',
        what: `the chain’s head says row ${chain.seq}, the last row there is ${previous.seq}`,
      })
    report.chains.push({ chain: chain.id, events: previous.seq, head: previous.hash })
  }
  return report
}
