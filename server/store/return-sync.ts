import type { Tx } from './ledger'
import { wake } from './outbox'

/**
 * Gives a cycle back that was not seen to its end: wanted again, or, where another one is wanted by now, failed in favour
 * of that one. Its waves are woken and ask anew.
 */
export async function returnSync(
  tx: Tx,
  run: { id: string; estateId: string },
  reason: string,
  seconds: number,
): Promise<void> {
  const other = await tx.syncRun.count({
    where: { estateId: run.estateId, state: 'wanted', id: { not: run.id } },
  })
  await tx.$executeRaw`
    UPDATE "sync_run" SET "state" = ${other > 0 ? 'failed' : 'wanted'}::"SyncState", "startedAt" = NULL, "leaseUntil" = NULL,
      "reason" = ${reason}, "dueAt" = clock_timestamp() + make_interval(secs => ${seconds}::float8) WHERE "id" = ${run.id}`
  await tx.$executeRaw`UPDATE "wave" SET "stateReason" = ${reason} WHERE "syncRunId" = ${run.id} AND "state" = 'syncing'`
  const waves = await tx.wave.findMany({ where: { syncRunId: run.id }, select: { id: true } })
  await wake(tx, ...waves.map(wave => ({ topic: 'wave' as const, waveId: wave.id })))
}
