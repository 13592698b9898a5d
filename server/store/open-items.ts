import type { ClientBase } from 'pg'
import type { OpenItem } from '@/domain/import/open-item'
import type { Database } from './client'

type Found = { identity: string } & OpenItem

/** $1 the estate, $2 identities. */
const findOpen = `
  SELECT i."identity", b."id" AS "batchId", b."name" AS "batchName"
  FROM "item" i JOIN "batch" b ON b."id" = i."batchId"
  WHERE i."estateId" = $1 AND i."open" AND i."identity" = ANY($2::text[])`

/** Which of these identities are in an open batch of the estate already (rule 15), and in which. */
export async function openItems(
  database: Database,
  estateId: string,
  identities: readonly string[],
): Promise<ReadonlyMap<string, OpenItem>> {
  return byIdentity(await database.$queryRawUnsafe<Found[]>(findOpen, estateId, [...new Set(identities)]))
}

/** The same for thousands of identities again and again, on a connection of its own. */
export async function openItemsInBulk(
  connection: ClientBase,
  estateId: string,
  identities: readonly string[],
): Promise<ReadonlyMap<string, OpenItem>> {
  return byIdentity((await connection.query<Found>(findOpen, [estateId, [...new Set(identities)]])).rows)
}

function byIdentity(found: readonly Found[]): ReadonlyMap<string, OpenItem> {
  return new Map(found.map(({ identity, batchId, batchName }) => [identity, { batchId, batchName }]))
}
