import type { BatchState } from '@/generated/prisma/enums'
import { Refused } from '@/server/commands/refused'
import type { Tx } from './ledger'

export type LockedBatch = {
  id: string
  name: string
  state: BatchState
  estateId: string
  targetPool: string | null
  startedWaves: number
  waveIds: string[]
}

/** The batch and its waves with their rows locked, waves in order. */
export async function lockBatch(tx: Tx, batchId: string): Promise<LockedBatch> {
  const waves = await tx.$queryRaw<{ id: string; startedAt: Date | null }[]>`
    SELECT "id", "startedAt" FROM "wave" WHERE "batchId" = ${batchId} ORDER BY "position" FOR UPDATE`
  await tx.$queryRaw`SELECT "id" FROM "batch" WHERE "id" = ${batchId} FOR UPDATE`
  const batch = await tx.batch.findUnique({ where: { id: batchId } })
  if (!batch) throw new Refused('not_found', `There is no batch ${batchId}.`)
  return {
    id: batch.id,
    name: batch.name,
    state: batch.state,
    estateId: batch.estateId,
    targetPool: batch.targetPool,
    startedWaves: waves.filter(wave => wave.startedAt !== null).length,
    waveIds: waves.map(wave => wave.id),
  }
}
