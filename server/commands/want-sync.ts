import { newId } from '@/server/store/ids'
import type { Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'

/**
 * The cycle that has not begun yet on this estate, asked for now if nobody has: waves and batches that wait at the same
 * time share it. A cycle that is running began too early to count, so the next one is asked for beside it.
 */
export async function wantSync(tx: Tx, estateId: string): Promise<string> {
  await tx.$executeRaw`
    INSERT INTO "sync_run" ("id", "estateId", "wantedAt") VALUES (${newId('sync')}, ${estateId}, clock_timestamp())
    ON CONFLICT ("estateId") WHERE "state" = 'wanted' DO NOTHING`
  const run = await tx.syncRun.findFirstOrThrow({ where: { estateId, state: 'wanted' } })
  await wake(tx, { topic: 'sync', syncRunId: run.id })
  return run.id
}
