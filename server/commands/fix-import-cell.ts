import { withCell } from '@/domain/import/cells'
import { keepable } from '@/domain/import/characters'
import { importLimits } from '@/domain/import/limits'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { editableImport } from '@/server/store/editable-import'
import { type ImportCounts, recountImport } from '@/server/store/import-rows'
import { recordEvent } from '@/server/store/ledger'
import { type Rejudged, rejudgeRows } from '@/server/store/rejudge-rows'
import { Refused } from './refused'

export type FixedCell = {
  totals: ImportCounts /** The row itself, and others that its change touched. */
  rows: Rejudged[]
}

/**
 * Changes one cell by hand and judges the row anew, with every row that shares an address with it. What stood there
 * before stays on record. `column` is the file's own name of the column.
 */
export async function fixImportCell(
  actor: Actor,
  input: { importId: string; row: number; column: string; value: string },
): Promise<FixedCell> {
  const personId = permitPerson(actor, 'imports.write')
  const value = keepable(input.value)
  if (value.length > importLimits.evidenceCharacters)
    throw new Refused('invalid', `A cell holds ${importLimits.evidenceCharacters} characters at most.`)
  return db().$transaction(async tx => {
    const file = await editableImport(tx, input.importId)
    const row = await tx.importRow.findUnique({
      where: { importId_row: { importId: file.id, row: input.row } },
    })
    if (!row) throw new Refused('not_found', `This import has no row ${input.row}.`)
    const cells = row.cells as Record<string, string>
    const before = cells[input.column] ?? ''
    if (before === value) return { totals: await recountImport(tx, file.id), rows: [] }
    const changed = withCell(cells, file.columns, input.column, value)
    if (!changed) throw new Refused('not_found', `This import has no column ${input.column}.`)
    await tx.$executeRaw`
      UPDATE "import_row" SET "cells" = ${JSON.stringify(changed)}::jsonb,
        "fixes" = "fixes" || jsonb_build_array(jsonb_build_object('column', ${input.column}::text,
          'before', ${before}::text, 'after', ${value}::text, 'byId', ${personId}::text, 'at', now())),
        "acceptedById" = NULL, "acceptedReason" = NULL, "acceptedAt" = NULL
      WHERE "importId" = ${file.id} AND "row" = ${input.row}`
    const rows = await rejudgeRows(tx, file, { rows: [input.row], names: [] })
    const totals = await recountImport(tx, file.id)
    await recordEvent(tx, actor, {
      type: 'import.row_fixed',
      data: { importId: file.id, row: input.row, column: input.column, before, after: value },
    })
    return { totals, rows: rows.filter(one => one.row === input.row || one.before !== one.after) }
  })
}
