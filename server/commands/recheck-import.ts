import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { editableImport } from '@/server/store/editable-import'
import { type ImportCounts, recountImport } from '@/server/store/import-rows'
import { recordEvent } from '@/server/store/ledger'
import { type Rejudged, rejudgeRows } from '@/server/store/rejudge-rows'

/**
 * Asks again who is in an open batch of the estate, and judges anew the rows for which that has changed since. The rest
 * of a row's judgement depends on the file alone and stays.
 */
export async function recheckImport(
  actor: Actor,
  importId: string,
): Promise<{ totals: ImportCounts; rows: Rejudged[] }> {
  permit(actor, 'imports.write')
  return db().$transaction(
    async tx => {
      const file = await editableImport(tx, importId)
      const changed = await tx.$queryRaw<{ row: number }[]>`
        SELECT r."row" FROM "import_row" r
        LEFT JOIN "item" i ON i."estateId" = ${file.estateId} AND i."identity" = r."identity" AND i."open"
        WHERE r."importId" = ${file.id} AND r."identity" IS NOT NULL
          AND (i."id" IS NOT NULL) <> ('already-in-batch' = ANY(r."codes"))`
      if (changed.length === 0) return { totals: await recountImport(tx, file.id), rows: [] }
      const rows = await rejudgeRows(tx, file, { rows: changed.map(({ row }) => row), names: [] })
      const totals = await recountImport(tx, file.id)
      const { rowsRead, ready, flagged, refused, left_out: leftOut } = totals
      await recordEvent(tx, actor, {
        type: 'import.judged',
        data: {
          importId: file.id,
          name: file.name,
          sha256: file.sha256 ?? '',
          rowsRead,
          ready,
          flagged,
          refused,
          leftOut,
        },
      })
      return { totals, rows: rows.filter(({ before, after }) => before !== after) }
    },
    { timeout: 120_000 },
  )
}
