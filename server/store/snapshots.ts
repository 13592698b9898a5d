import type { Facts } from '@/server/commands/attempt-outcome'
import type { Tx } from './ledger'

/** What was read before the first change is kept once and never overwritten; `after` is what was read last. */
export async function keepSnapshot(
  tx: Tx,
  moment: 'before' | 'after',
  from: { itemId: string; attemptId: string; facts: Facts | null },
): Promise<void> {
  if (!from.facts || Object.keys(from.facts).length === 0) return
  const facts = JSON.stringify(from.facts)
  if (moment === 'before')
    await tx.$executeRaw`
      INSERT INTO "snapshot" ("itemId", "moment", "facts", "attemptId", "takenAt")
      VALUES (${from.itemId}, 'before', ${facts}::jsonb, ${from.attemptId}, clock_timestamp()) ON CONFLICT DO NOTHING`
  else
    await tx.$executeRaw`
      INSERT INTO "snapshot" ("itemId", "moment", "facts", "attemptId", "takenAt")
      VALUES (${from.itemId}, 'after', ${facts}::jsonb, ${from.attemptId}, clock_timestamp())
      ON CONFLICT ("itemId", "moment") DO UPDATE SET "facts" = EXCLUDED."facts", "attemptId" = EXCLUDED."attemptId", "takenAt" = EXCLUDED."takenAt"`
}
