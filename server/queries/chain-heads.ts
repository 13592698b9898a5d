import { z } from 'zod'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import type { ChainReport } from './verify-chains'

export type ExportedHeads = { taken: string; chains: { chain: string; events: number; head: string }[] }

/** The last row and hash of every chain, to be kept where nobody who can write to this database can write. */
export async function exportHeads(actor: Actor): Promise<ExportedHeads> {
  permit(actor, 'audit.export')
  return db().$transaction(async tx => {
    const rows = (await tx.chain.count({ where: { id: { not: 'instance' } } })) + 1
    await recordEvent(tx, actor, {
      type: 'export.taken',
      data: { what: 'the heads of the ledger', filter: 'none, every chain', rows },
    })
    const [chains, times] = await Promise.all([
      tx.chain.findMany({ orderBy: { id: 'asc' } }),
      tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`,
    ])
    return {
      taken: (times[0]?.now ?? new Date(Number.NaN)).toISOString(),
      chains: chains.map(({ id, seq, head }) => ({ chain: id, events: Number(seq), head })),
    }
  })
}

const headsFile = z.object({
  taken: z.string(),
  chains: z.array(
    z.object({ chain: z.string(), events: z.number().int().min(1), head: z.string().length(64) }),
  ),
})

/**
 * Compares the ledger with heads exported earlier: each chain must still have that row with that hash. Only so is a tail
 * found that was cut off together with the chain's own head. Throws Refused when the text is not such a file.
 */
export async function compareHeads(text: string): Promise<ChainReport['problems']> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = null
  }
  const file = headsFile.safeParse(json)
  if (!file.success)
    throw new Refused('invalid', 'This is not a file of heads. Choose one that was downloaded from here.')
  const problems: ChainReport['problems'] = []
  for (const { chain, events, head } of file.data.chains) {
    const row = await db().event.findUnique({
      where: { chain_seq: { chain, seq: events } },
      select: { hash: true },
    })
    if (row?.hash === head) continue
    const what = row
      ? `has another hash than the head exported ${file.data.taken}: the chain was written anew`
      : `is gone, though the heads exported ${file.data.taken} name it: the chain was cut off`
    problems.push({ chain, seq: events, type: 'head', what })
  }
  return problems
}
