import { emptyCounts, type ItemCounts } from '@/domain/lifecycle/item'
import { systemActor } from '@/domain/people/actor'
import { recordEvent, type Tx } from '@/server/store/ledger'

/** Counts of a wave's or a batch's people by state; every key is there and they add up to everybody. */
export async function countItems(tx: Tx, of: { waveId: string } | { batchId: string }): Promise<ItemCounts> {
  const groups = await tx.item.groupBy({ by: ['state'], where: of, _count: { _all: true } })
  const counts = emptyCounts()
  for (const group of groups) counts[group.state] = group._count._all
  return counts
}

/** Closes the batch when its last wave has ended. The caller holds the wave's lock. */
export async function endBatchIfOver(tx: Tx, batchId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT "id" FROM "batch" WHERE "id" = ${batchId} FOR UPDATE`
  const batch = await tx.batch.findUniqueOrThrow({
    where: { id: batchId },
    include: { waves: { select: { state: true } } },
  })
  const open = batch.waves.some(wave => wave.state !== 'done' && wave.state !== 'cancelled')
  if (batch.state !== 'active' || open) return false
  const allCancelled = batch.waves.every(wave => wave.state === 'cancelled')
  await tx.$executeRaw`
    UPDATE "batch" SET "state" = ${allCancelled ? 'cancelled' : 'done'}::"BatchState", "endedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "id" = ${batchId}`
  await recordEvent(
    tx,
    systemActor,
    allCancelled
      ? {
          type: 'batch.cancelled',
          about: { batchId },
          data: { reason: 'Every wave was cancelled.', people: 0 },
        }
      : { type: 'batch.done', about: { batchId }, data: { counts: await countItems(tx, { batchId }) } },
  )
  return true
}

/** People who have not ended are left out as cancelled; answers how many. Nobody of them may be at work. */
export async function leaveOutRest(tx: Tx, waveId: string, reason: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE "item" SET "state" = 'left_out', "outKind" = 'cancelled', "open" = false, "reason" = ${`Cancelled: ${reason}`},
      "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "waveId" = ${waveId} AND "state" IN ('not_started', 'waiting', 'needs_person', 'failed')`
}
