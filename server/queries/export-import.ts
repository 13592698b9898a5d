import { StatedTable } from '@/domain/export/csv'
import { utc } from '@/domain/export/utc'
import { type VerdictLine, verdictColumns, verdictLine } from '@/domain/export/verdict-lines'
import { type RowVerdict, rowVerdicts } from '@/domain/import/verdicts'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { inSnapshot } from '@/server/store/snapshot'
import { type ImportFilter, importFilterSql, importFilterWords } from './import-filter'
import { importSummary } from './import-summary'

const rowsAtOnce = 1_000

/**
 * Every row of an import that the filter finds, with its verdict, as CSV in pieces of text. The file states its filter
 * and its totals; all of it is read from one snapshot of the database, so the totals are those of the lines.
 */
export async function* exportImport(
  actor: Actor,
  importId: string,
  filter: ImportFilter = {},
): AsyncGenerator<string, void, undefined> {
  permit(actor, 'audit.export')
  const summary = await importSummary(actor, importId)
  const table = new StatedTable(verdictColumns)
  const where = importFilterSql(importId, filter)
  const words = importFilterWords(filter)
  await db().$transaction(async tx => {
    const counted = await tx.$queryRaw<{ rows: number }[]>`
      SELECT count(*)::int AS "rows" FROM "import_row" WHERE ${where}`
    const rows = counted[0]?.rows ?? 0
    await recordEvent(tx, actor, {
      type: 'export.taken',
      data: { what: `import ${importId}`, filter: words, rows },
    })
  })
  yield table.header()
  yield* inSnapshot(async function* (tx) {
    const now = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`
    yield table.about([
      `Rows of the import ${summary.name} (${importId}), estate ${summary.estate.name}`,
      `Filter: ${words}`,
      `Taken ${utc(now[0]?.now)} by ${actor.name}`,
    ])
    const shown: Record<RowVerdict, number> = { ready: 0, flagged: 0, refused: 0, left_out: 0 }
    for (let after = 0; ; ) {
      const page = await tx.$queryRaw<VerdictLine[]>`
        SELECT r."row", r."line", r."verdict"::text AS "verdict", r."sipAddress", r."upn", r."displayName",
          r."targetPool", r."cells", r."findings", u."name" AS "acceptedBy", r."acceptedReason", r."acceptedAt"
        FROM "import_row" r LEFT JOIN "user" u ON u."id" = r."acceptedById"
        WHERE ${where} AND r."row" > ${after} ORDER BY r."row" LIMIT ${rowsAtOnce}`
      const last = page.at(-1)
      if (!last) break
      for (const { verdict } of page) shown[verdict]++
      yield table.lines('row', page.map(verdictLine))
      after = last.row
    }
    const all = await tx.$queryRaw<{ verdict: RowVerdict; rows: number }[]>`
      SELECT "verdict"::text AS "verdict", count(*)::int AS "rows" FROM "import_row"
      WHERE "importId" = ${importId} GROUP BY 1`
    const inFile = new Map(all.map(({ verdict, rows }) => [verdict, rows]))
    const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
    yield table.totals([
      `Rows: ${sum(Object.values(shown))} in this export, ${sum([...inFile.values()])} read from the file`,
      ...rowVerdicts.map(
        verdict =>
          `${verdict.replace('_', ' ')}: ${shown[verdict]} in this export, ${inFile.get(verdict) ?? 0} in the file`,
      ),
    ])
  })
}
