import type { Facts } from '@/server/commands/attempt-outcome'
import type { Sql } from './direct'

const textOf = (facts: Facts | null | undefined): string | null =>
  facts && Object.keys(facts).length > 0 ? JSON.stringify(facts) : null

/** What was read before the first change is kept once and never overwritten; `after` is what was read last. */
export async function keepSnapshots(
  tx: Sql,
  of: { itemId: string; attemptId: string; before?: Facts | null; after?: Facts | null },
): Promise<void> {
  const [before, after] = [textOf(of.before), textOf(of.after)]
  if (before === null && after === null) return
  await tx.$executeRaw`
    INSERT INTO "snapshot" AS kept ("itemId", "moment", "facts", "attemptId", "takenAt")
    SELECT ${of.itemId}, read.moment, read.facts, ${of.attemptId}, clock_timestamp()
    FROM (VALUES ('before', ${before}::jsonb), ('after', ${after}::jsonb)) AS read(moment, facts) WHERE read.facts IS NOT NULL
    ON CONFLICT ("itemId", "moment") DO UPDATE
      SET "facts" = EXCLUDED."facts", "attemptId" = EXCLUDED."attemptId", "takenAt" = EXCLUDED."takenAt" WHERE kept."moment" = 'after'`
}
