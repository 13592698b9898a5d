import type { ClientBase } from 'pg'
import { cellsByName } from '@/domain/import/cells'
import type { Column } from '@/domain/import/header'
import type { JudgedRow } from '@/domain/import/row'
import type { RowVerdict } from '@/domain/import/verdicts'
import { Prisma } from '@/generated/prisma/client'
import type { Database } from './client'
import type { Tx } from './ledger'

/** A finding as stored: the row's number is the row's own. */
export type StoredFinding = {
  column: string | null
  value: string | null
  code: string
  severity: string
  reason: string
  remedy: string
}

export type StoredFix = { column: string; before: string; after: string; byId: string; at: string }

/** Stores judged rows in one statement, whatever their number. */
export async function insertImportRows(
  connection: ClientBase,
  importId: string,
  rows: readonly JudgedRow[],
  columns: readonly Column[],
): Promise<void> {
  const json = JSON.stringify(rows.map(row => storedRow(row, columns)))
  await connection.query(insertRows, [importId, json])
}

/** $1 the import's id, $2 the rows as a JSON array. */
const insertRows = `
  INSERT INTO "import_row" ("importId", "row", "line", "verdict", "identity", "sipAddress", "upn", "displayName",
    "targetPool", "cells", "findings", "codes")
  SELECT $1, r."row", r."line", r."verdict", r."identity", r."sipAddress", r."upn", r."displayName", r."targetPool",
    r."cells", r."findings", r."codes"
  FROM json_to_recordset($2::json) AS r("row" int, "line" int, "verdict" "RowVerdict", "identity" text,
    "sipAddress" text, "upn" text, "displayName" text, "targetPool" text, "cells" jsonb, "findings" jsonb,
    "codes" text[])`

/**
 * Writes new judgements over old ones. An acceptance stays only where the row is flagged for the same reasons as when it
 * was accepted; else a person has to look again.
 */
export async function replaceImportRows(
  tx: Tx,
  importId: string,
  rows: readonly JudgedRow[],
  columns: readonly Column[],
): Promise<void> {
  if (rows.length === 0) return
  const json = JSON.stringify(rows.map(row => storedRow(row, columns)))
  await tx.$executeRaw`
    UPDATE "import_row" t SET "verdict" = r."verdict", "identity" = r."identity", "sipAddress" = r."sipAddress",
      "upn" = r."upn", "displayName" = r."displayName", "targetPool" = r."targetPool", "cells" = r."cells",
      "findings" = r."findings", "codes" = r."codes",
      "acceptedById" = CASE WHEN stays."it" THEN t."acceptedById" END,
      "acceptedReason" = CASE WHEN stays."it" THEN t."acceptedReason" END,
      "acceptedAt" = CASE WHEN stays."it" THEN t."acceptedAt" END
    FROM json_to_recordset(${json}::json) AS r("row" int, "verdict" "RowVerdict", "identity" text, "sipAddress" text,
      "upn" text, "displayName" text, "targetPool" text, "cells" jsonb, "findings" jsonb, "codes" text[]),
      LATERAL (SELECT EXISTS (SELECT FROM "import_row" o WHERE o."importId" = ${importId} AND o."row" = r."row"
        AND r."verdict" = 'flagged' AND o."findings" = r."findings") AS "it") stays
    WHERE t."importId" = ${importId} AND t."row" = r."row"`
}

export type ImportCounts = { rowsRead: number } & Record<RowVerdict, number>

/** Counts the rows as they stand now and writes the totals into the import. */
export async function recountImport(tx: Tx, importId: string): Promise<ImportCounts> {
  const counts = await countRows(tx, importId)
  await tx.importFile.update({
    where: { id: importId },
    data: {
      rowsRead: counts.rowsRead,
      ready: counts.ready,
      flagged: counts.flagged,
      refused: counts.refused,
      leftOut: counts.left_out,
    },
  })
  return counts
}

async function countRows(database: Database, importId: string): Promise<ImportCounts> {
  const rows = await database.$queryRaw<{ verdict: RowVerdict; count: number }[]>`
    SELECT "verdict"::text AS "verdict", count(*)::int AS "count" FROM "import_row"
    WHERE "importId" = ${importId} GROUP BY 1`
  const counts: ImportCounts = { rowsRead: 0, ready: 0, flagged: 0, refused: 0, left_out: 0 }
  for (const { verdict, count } of rows) {
    counts[verdict] = count
    counts.rowsRead += count
  }
  return counts
}

/** Rows that enter a batch as they stand: ready, or flagged and accepted by a person (rule 13). */
export const enteringRows = Prisma.sql`("verdict" = 'ready' OR ("verdict" = 'flagged' AND "acceptedAt" IS NOT NULL))`

function storedRow(row: JudgedRow, columns: readonly Column[]) {
  const findings: StoredFinding[] = row.findings.map(({ row: _row, ...finding }) => finding)
  return {
    row: row.row,
    line: row.line,
    verdict: row.verdict,
    identity: row.identity,
    sipAddress: row.sipAddress?.slice('sip:'.length) ?? null,
    upn: row.upn,
    displayName: row.displayName,
    targetPool: row.targetPool,
    cells: cellsByName(row.cells, columns),
    findings,
    codes: [...new Set(findings.map(({ code }) => code))],
  }
}
