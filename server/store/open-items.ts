import type { OpenItem } from '@/domain/import/open-item'
import type { Database } from './client'

/** Which of these identities are in an open batch of the estate already (rule 15), and in which. */
export async function openItems(
  database: Database,
  estateId: string,
  identities: readonly string[],
): Promise<ReadonlyMap<string, OpenItem>> {
  const rows = await database.$queryRaw<{ identity: string; batchId: string; batchName: string }[]>`
    SELECT i."identity", b."id" AS "batchId", b."name" AS "batchName"
    FROM "item" i JOIN "batch" b ON b."id" = i."batchId"
    WHERE i."estateId" = ${estateId} AND i."open" AND i."identity" = ANY(${[...new Set(identities)]}::text[])`
  return new Map(rows.map(({ identity, batchId, batchName }) => [identity, { batchId, batchName }]))
}
