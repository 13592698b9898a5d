import type { ItemState } from '@/domain/lifecycle/item'
import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'

/**
 * People who stand in front of the same thing. `key` is what the URL's `cluster` names: the error's signature, or
 * `reason:<code>` where a probe said no without an error, or `none`.
 */
export type ClusterRow = {
  batchId: string
  key: string
  errorSignature: string | null
  errorClass: string | null
  state: Extract<ItemState, 'needs_person' | 'failed' | 'unknown'>
  stepKey: string | null
  reason: string | null
  people: number
  waves: string[]
  since: Date
}

/** SQL of a person's cluster key; the item table is called `i`. */
export const clusterKey = Prisma.sql`coalesce(i."errorSignature", 'reason:' || nullif(split_part(i."reason", ':', 1), ''), 'none')`

/** Every cluster of the batches, biggest first; an unknown outcome is one cluster a batch, whatever its cause. */
export async function failureClusters(
  database: Database,
  batchIds: readonly string[],
): Promise<ClusterRow[]> {
  if (batchIds.length === 0) return []
  return database.$queryRaw<ClusterRow[]>`
    SELECT i."batchId", CASE WHEN i."state" = 'unknown' THEN 'unknown' ELSE ${clusterKey} END AS "key",
      min(i."errorSignature") AS "errorSignature", min(i."errorClass") AS "errorClass",
      CASE WHEN bool_and(i."state" = 'unknown') THEN 'unknown' WHEN bool_and(i."state" = 'failed') THEN 'failed'
        ELSE 'needs_person' END AS "state",
      min(i."stepKey") AS "stepKey", min(i."reason") AS "reason", count(*)::int AS "people",
      array_agg(DISTINCT i."waveId") AS "waves", min(i."changedAt") AS "since"
    FROM "item" i
    WHERE i."batchId" = ANY(${[...batchIds]}) AND i."state" IN ('needs_person', 'failed', 'unknown')
    GROUP BY 1, 2
    ORDER BY count(*) DESC, 2`
}
