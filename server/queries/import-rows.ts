import type { RowVerdict } from '@/domain/import/verdicts'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import type { StoredFinding, StoredFix } from '@/server/store/import-rows'
import { type ImportFilter, importFilterSql } from './import-filter'

export type ImportTableRow = {
  row: number
  line: number
  verdict: RowVerdict
  sipAddress: string | null
  upn: string | null
  displayName: string | null
  targetPool: string | null
  cells: Record<string, string>
  findings: StoredFinding[]
  fixes: StoredFix[]
  acceptedBy: string | null
  acceptedReason: string | null
  acceptedAt: Date | null
}

export type ImportPage = {
  rows: ImportTableRow[]
  /** Give it as `after` for the next page; null on the last one. */
  next: number | null
  /** Give it as `before` for the page before; null on the first one. */
  previous: number | null
  /** Rows that the filter finds. */
  found: number
}

/** One page of an import's rows in the file's order, by keyset: page 2,000 costs what page 1 does. */
export async function importRows(
  actor: Actor,
  importId: string,
  options: ImportFilter & { after?: number; before?: number; limit?: number } = {},
): Promise<ImportPage> {
  permit(actor, 'batches.read')
  const limit = Math.max(1, Math.min(options.limit ?? 50, 500))
  const where = importFilterSql(importId, options)
  const backwards = options.before !== undefined
  const [page, counted] = await Promise.all([
    backwards
      ? db().$queryRaw<ImportTableRow[]>`
          SELECT * FROM (
            SELECT r."row", r."line", r."verdict"::text AS "verdict", r."sipAddress", r."upn", r."displayName",
              r."targetPool", r."cells", r."findings", r."fixes", u."name" AS "acceptedBy", r."acceptedReason",
              r."acceptedAt"
            FROM "import_row" r LEFT JOIN "user" u ON u."id" = r."acceptedById"
            WHERE ${where} AND r."row" < ${options.before} ORDER BY r."row" DESC LIMIT ${limit + 1}
          ) p ORDER BY "row"`
      : db().$queryRaw<ImportTableRow[]>`
          SELECT r."row", r."line", r."verdict"::text AS "verdict", r."sipAddress", r."upn", r."displayName",
            r."targetPool", r."cells", r."findings", r."fixes", u."name" AS "acceptedBy", r."acceptedReason",
            r."acceptedAt"
          FROM "import_row" r LEFT JOIN "user" u ON u."id" = r."acceptedById"
          WHERE ${where} AND r."row" > ${options.after ?? 0} ORDER BY r."row" LIMIT ${limit + 1}`,
    db().$queryRaw<{ found: number }[]>`SELECT count(*)::int AS "found" FROM "import_row" r WHERE ${where}`,
  ])
  const more = page.length > limit
  const rows = more ? (backwards ? page.slice(1) : page.slice(0, limit)) : page
  const first = rows[0]?.row ?? null
  const last = rows.at(-1)?.row ?? null
  return {
    rows,
    next: backwards || more ? last : null,
    previous: (backwards ? more : options.after !== undefined && options.after > 0) ? first : null,
    found: counted[0]?.found ?? 0,
  }
}
