import { rowCodes } from '@/domain/import/catalogue'
import { type RowVerdict, rowVerdicts } from '@/domain/import/verdicts'
import { Prisma } from '@/generated/prisma/client'

/** What the Import table and its export can be narrowed by; mirrored in the address of the screen. */
export type ImportFilter = {
  verdict?: RowVerdict
  /** A finding's code, as in domain/import/catalogue. */
  code?: string
  /** Flagged rows that a person has, or has not, accepted. */
  accepted?: boolean
  /** Part of an address, user principal name or display name, in any letter case. */
  search?: string
}

/** A filter out of an address' parameters. What is not understood is not a filter; nothing here can select more. */
export function importFilterFrom(parameters: URLSearchParams): ImportFilter {
  const verdict = rowVerdicts.find(one => one === parameters.get('verdict'))
  const code = parameters.get('code') ?? ''
  const accepted = parameters.get('accepted')
  const search = parameters.get('search')?.trim().slice(0, 200)
  return {
    ...(verdict ? { verdict } : {}),
    ...(code in rowCodes ? { code } : {}),
    ...(accepted === 'yes' || accepted === 'no' ? { accepted: accepted === 'yes' } : {}),
    ...(search ? { search } : {}),
  }
}

/** SQL for the rows of `import_row` that the filter finds. While a file is being read it has none that anybody sees. */
export function importFilterSql(importId: string, filter: ImportFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`"importId" = ${importId}`,
    Prisma.sql`EXISTS (SELECT FROM "import_file" WHERE "id" = ${importId} AND "state" IN ('judged', 'used'))`,
  ]
  if (filter.verdict) conditions.push(Prisma.sql`"verdict" = ${filter.verdict}::"RowVerdict"`)
  if (filter.code) conditions.push(Prisma.sql`${filter.code} = ANY("codes")`)
  if (filter.accepted !== undefined) {
    conditions.push(Prisma.sql`"verdict" = 'flagged' AND ("acceptedAt" IS NOT NULL) = ${filter.accepted}`)
  }
  if (filter.search) {
    // Cells too: a refused row has no address of its own to be found by.
    const part = filter.search.toLowerCase()
    conditions.push(Prisma.sql`(position(${part} in lower(concat_ws(' ', "sipAddress", "upn", "displayName"))) > 0
      OR ("identity" IS NULL AND position(${part} in lower("cells"::text)) > 0))`)
  }
  return Prisma.join(conditions, ' AND ')
}

/** The filter in words, for the export and for a table that shows nothing. */
export function importFilterWords(filter: ImportFilter): string {
  const words: string[] = []
  if (filter.verdict) words.push(`verdict ${filter.verdict.replace('_', ' ')}`)
  if (filter.code) words.push(`finding ${filter.code}`)
  if (filter.accepted !== undefined) words.push(filter.accepted ? 'accepted' : 'not accepted')
  if (filter.search) words.push(`text “${filter.search}”`)
  return words.length === 0 ? 'none, every row' : words.join(', ')
}
