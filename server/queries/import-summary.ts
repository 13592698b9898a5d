import { rowCodes } from '@/domain/import/catalogue'
import type { FileFinding } from '@/domain/import/finding'
import type { Column } from '@/domain/import/header'
import type { ImportState } from '@/domain/import/states'
import type { Severity } from '@/domain/import/verdicts'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { enteringRows } from '@/server/store/import-rows'
import { importFilterSql } from './import-filter'
import { importState } from './import-state'

export type ImportSummary = {
  id: string
  name: string
  state: ImportState
  runbook: string
  estate: { id: string; name: string; kind: 'lab' | 'live'; pools: string[] }
  targetPool: string | null
  createdBy: { id: string; name: string }
  createdAt: Date
  judgedAt: Date | null
  bytes: number
  bytesRead: number
  sha256: string | null
  encoding: string | null
  delimiter: string | null
  batch: { id: string; name: string } | null
  /** An earlier import of the same bytes. */
  repeats: { id: string; name: string } | null
  /** Why a failed import has no rows. */
  error: FileFinding | null
  findings: FileFinding[]
  columns: (Column & { samples: string[] })[]
  /** rowsRead = ready + flagged + refused + leftOut. */
  totals: { rowsRead: number; ready: number; flagged: number; refused: number; leftOut: number }
  /** Flagged rows that a person accepted, and rows that would enter a batch now. */
  accepted: number
  entering: number
  /** Rows with a target pool of their own; the others take the import's or the batch's. */
  withOwnPool: number
  /** How many rows have each finding, most first. */
  codes: { code: string; title: string; severity: Severity; remedy: string; rows: number }[]
}

const sampleRows = 3

/** Everything the Import screen says above its table. */
export async function importSummary(actor: Actor, importId: string): Promise<ImportSummary> {
  permit(actor, 'batches.read')
  const file = await db().importFile.findUnique({ where: { id: importId }, include: { estate: true } })
  if (!file) throw new Refused('not_found', `There is no import ${importId}.`)
  const [counts, codes, samples, creator, batch, repeats] = await Promise.all([
    entryCounts(importId),
    codeCounts(importId),
    db().importRow.findMany({
      where: { importId, verdict: 'ready' },
      orderBy: { row: 'asc' },
      take: sampleRows,
      select: { cells: true },
    }),
    db().user.findUnique({ where: { id: file.createdById }, select: { name: true } }),
    file.batchId
      ? db().batch.findUnique({ where: { id: file.batchId }, select: { id: true, name: true } })
      : null,
    file.repeatsId
      ? db().importFile.findUnique({ where: { id: file.repeatsId }, select: { id: true, name: true } })
      : null,
  ])
  const cells = samples.map(row => row.cells as Record<string, string>)
  return {
    id: file.id,
    name: file.name,
    state: importState(file.state),
    runbook: file.runbook,
    estate: {
      id: file.estate.id,
      name: file.estate.name,
      kind: file.estate.kind,
      pools: file.estate.pools,
    },
    targetPool: file.targetPool,
    createdBy: { id: file.createdById, name: creator?.name ?? file.createdById },
    createdAt: file.createdAt,
    judgedAt: file.judgedAt,
    bytes: Number(file.bytes),
    bytesRead: Number(file.bytesRead),
    sha256: file.sha256,
    encoding: file.encoding,
    delimiter: file.delimiter,
    batch,
    repeats,
    error: file.error as FileFinding | null,
    findings: file.findings as unknown as FileFinding[],
    columns: (file.columns as unknown as Column[]).map(column => ({
      ...column,
      samples: cells.map(row => row[column.name] ?? '').filter(cell => cell !== ''),
    })),
    totals: {
      rowsRead: file.rowsRead,
      ready: file.ready,
      flagged: file.flagged,
      refused: file.refused,
      leftOut: file.leftOut,
    },
    ...counts,
    codes,
  }
}

async function entryCounts(importId: string) {
  const rows = await db().$queryRaw<{ accepted: number; entering: number; withOwnPool: number }[]>`
    SELECT count(*) FILTER (WHERE "verdict" = 'flagged' AND "acceptedAt" IS NOT NULL)::int AS "accepted",
      count(*) FILTER (WHERE ${enteringRows})::int AS "entering",
      count(*) FILTER (WHERE "targetPool" IS NOT NULL)::int AS "withOwnPool"
    FROM "import_row" WHERE ${importFilterSql(importId, {})}`
  return rows[0] ?? { accepted: 0, entering: 0, withOwnPool: 0 }
}

async function codeCounts(importId: string): Promise<ImportSummary['codes']> {
  const rows = await db().$queryRaw<{ code: string; rows: number }[]>`
    SELECT "code", count(*)::int AS "rows" FROM "import_row", unnest("codes") AS "code"
    WHERE ${importFilterSql(importId, {})} GROUP BY 1 ORDER BY 2 DESC, 1`
  const known = new Map<string, { title: string; severity: Severity; remedy: string }>(
    Object.entries(rowCodes),
  )
  return rows.map(({ code, rows: count }) => ({
    code,
    title: known.get(code)?.title ?? code,
    severity: known.get(code)?.severity ?? 'note',
    remedy: known.get(code)?.remedy ?? '',
    rows: count,
  }))
}
