import type { BatchState } from '@/domain/lifecycle/batch'
import { type ItemCounts, totalOf } from '@/domain/lifecycle/item'
import type { WaveState } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { addUp, type CountRow, countPeople } from './people-counts'

export type BatchStatus = {
  id: string
  name: string
  state: BatchState
  /** `counts` has every item state, and `total`, which they add up to. */
  waves: { id: string; name: string; state: WaveState; counts: ItemCounts & { total: number } }[]
}

/** Where every batch, or one, stands, oldest first: states and numbers of one moment. */
export async function statusOf(actor: Actor, batchId?: string): Promise<BatchStatus[]> {
  permit(actor, 'batches.read')
  const { batches, rows } = await db().$transaction(
    async tx => {
      const found = await tx.batch.findMany({
        where: batchId === undefined ? {} : { id: batchId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: {
          id: true,
          name: true,
          state: true,
          waves: { orderBy: { position: 'asc' }, select: { id: true, name: true, state: true } },
        },
      })
      const ids = found.map(({ id }) => id)
      return { batches: found, rows: await countPeople(tx, ids) }
    },
    { isolationLevel: 'RepeatableRead' },
  )
  if (batchId !== undefined && batches.length === 0)
    throw new Refused('not_found', `There is no batch ${batchId}.`)
  const byWave = new Map<string, CountRow[]>()
  for (const row of rows) byWave.set(row.waveId, [...(byWave.get(row.waveId) ?? []), row])
  return batches.map(({ id, name, state, waves }) => ({
    id,
    name,
    state,
    waves: waves.map(wave => {
      const counts = addUp(byWave.get(wave.id) ?? [])
      return {
        id: wave.id,
        name: wave.name,
        state: wave.state,
        counts: { ...counts, total: totalOf(counts) },
      }
    }),
  }))
}
