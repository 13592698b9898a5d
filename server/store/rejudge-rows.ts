import { cellsInOrder } from '@/domain/import/cells'
import { Claims } from '@/domain/import/claims'
import { withOpenItem } from '@/domain/import/open-item'
import { type JudgedRow, judgeRow } from '@/domain/import/row'
import type { RowVerdict } from '@/domain/import/verdicts'
import { Prisma } from '@/generated/prisma/client'
import type { EditableImport } from './editable-import'
import { replaceImportRows, type StoredFix } from './import-rows'
import type { Tx } from './ledger'
import { openItems } from './open-items'

export type Rejudged = { row: number; before: RowVerdict; after: RowVerdict }

type Stored = {
  row: number
  line: number
  verdict: RowVerdict
  identity: string | null
  upn: string | null
  cells: Record<string, string>
  fixes: StoredFix[]
}

/** Which rows to judge anew: by number, or because they share somebody's address or user principal name. */
export type RowChoice = { readonly rows: readonly number[]; readonly names: readonly string[] }

/**
 * Judges rows anew from their cells, together with every row that shares an address with one of them, in the order of
 * the file: so a row that was refused as a duplicate comes free when the other one changes, and the other way round.
 */
export async function rejudgeRows(tx: Tx, file: EditableImport, choice: RowChoice): Promise<Rejudged[]> {
  const first = await storedRows(tx, file.id, choice)
  const judged = new Map(first.map(row => [row.row, judgeStored(file, row)]))
  const names = namesOf(first, [...judged.values()])
  const all = await storedRows(tx, file.id, {
    rows: first.map(({ row }) => row),
    names: [...names, ...choice.names],
  })
  const alone = all.map(row => judged.get(row.row) ?? judgeStored(file, row))
  const open = await openItems(
    tx,
    file.estateId,
    alone.flatMap(({ identity }) => (identity === null ? [] : [identity])),
  )
  const claims = new Claims(file.columns)
  const together = alone.map(row => {
    const item = row.identity === null ? undefined : open.get(row.identity)
    return claims.claim(item ? withOpenItem(row, item, file.columns) : row)
  })
  await replaceImportRows(tx, file.id, together, file.columns)
  return together.map((row, index) => ({
    row: row.row,
    before: all[index]?.verdict ?? row.verdict,
    after: row.verdict,
  }))
}

/** A name that a person typed is not a guess of the encoding any more. */
function judgeStored(file: EditableImport, { row, line, cells, fixes }: Stored): JudgedRow {
  const typed = fixes.some(({ column }) =>
    file.columns.some(({ name, role }) => role === 'DisplayName' && name === column),
  )
  const context = {
    columns: file.columns,
    guessedEncoding: file.encoding === 'windows-1252' && !typed,
  }
  return judgeRow({ row, line, cells: cellsInOrder(cells, file.columns) }, context)
}

function namesOf(stored: readonly Stored[], judged: readonly JudgedRow[]): string[] {
  const names = new Set<string>()
  for (const { identity, upn } of [...stored, ...judged]) {
    if (identity !== null) names.add(identity)
    if (upn !== null) names.add(upn.toLowerCase())
  }
  return [...names]
}

function storedRows(tx: Tx, importId: string, { rows, names }: RowChoice): Promise<Stored[]> {
  const shared =
    names.length === 0
      ? Prisma.empty
      : Prisma.sql`OR "identity" = ANY(${names}::text[]) OR lower("upn") = ANY(${names}::text[])`
  return tx.$queryRaw<Stored[]>`
    SELECT "row", "line", "verdict"::text AS "verdict", "identity", "upn", "cells", "fixes" FROM "import_row"
    WHERE "importId" = ${importId} AND ("row" = ANY(${rows}::int[]) ${shared}) ORDER BY "row"`
}
