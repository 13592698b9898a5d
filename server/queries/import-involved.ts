import type { Database } from '@/server/store/client'
import { db } from '@/server/store/client'

/** Everybody who brought an import, fixed a cell of it or accepted a row: none of them is its approver (rule 7). */
export async function importInvolved(importId: string, database: Database = db()): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT "createdById" AS "id" FROM "import_file" WHERE "id" = ${importId}
    UNION SELECT "acceptedById" FROM "import_row" WHERE "importId" = ${importId} AND "acceptedById" IS NOT NULL
    UNION SELECT f->>'byId' FROM "import_row", jsonb_array_elements("fixes") f
      WHERE "importId" = ${importId} AND "fixes" <> '[]'`
  return rows.map(({ id }) => id)
}
