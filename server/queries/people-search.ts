import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'

/** Up to so many people a search takes from its index; beyond, people stand so close that walking along the batch is quicker. */
const INDEXED = 500
/** Up to so many people are counted on such a walk. */
export const COUNTED = 200

/** The punctuation and blanks that end a word, as ferry_plain has them in the database. */
const between = /[\t\n\v\f\r !-/:-@[-`{-~]+/

/** At most six words: a pasted page is not a search. `sip:` in front of an address says nothing about anybody. */
export function searchWords(text: string | undefined): string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .map(word => word.replace(/^sip:/, ''))
    .filter(Boolean)
    .slice(0, 6)
}

/** What the words are looked up by: `jane.doe` is `jane` and `doe`. Each has to begin a word of the person. */
export function searchPieces(words: readonly string[]): string[] {
  return [...new Set(words.flatMap(word => word.split(between)).filter(Boolean))].map(piece =>
    piece.slice(0, 100),
  )
}

/** SQL of the texts in which people are searched; the item table is called `i`. */
const names = Prisma.sql`ferry_name_text(i."displayName", i."upn", i."sipAddress")`
const namesAndNotes = Prisma.sql`(${names} || ' ' || coalesce(ferry_stuck_note(i."state", i."reason"), ''))`

/**
 * SQL conditions of a search: every word typed begins a word of the name, of an address, or of the note of somebody who is
 * stuck, and stands there as typed, its punctuation included. Without `notes` only name and addresses are looked at.
 */
export function searchWhere(text: string | undefined, notes = true): Prisma.Sql[] {
  const words = searchWords(text)
  const searched = notes ? namesAndNotes : names
  return [
    ...searchPieces(words).map(piece => Prisma.sql`' ' || ferry_plain(${searched}) LIKE ${`% ${piece}%`}`),
    ...words
      .filter(word => between.test(word))
      .map(word => Prisma.sql`lower(${searched}) LIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
  ]
}

/**
 * The positions in a batch among which everybody is whom a search finds, by its rarest piece; null when even that one is
 * frequent, or there is none.
 */
export async function searchPositions(
  database: Database,
  batchId: string,
  text: string | undefined,
): Promise<number[] | null> {
  const pieces = searchPieces(searchWords(text))
  if (pieces.length === 0) return null
  const rows = await database.$queryRaw<{ positions: number[] }[]>`
    SELECT w."positions" FROM unnest(${pieces}::text[]) AS p("piece") CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(f."position"), '{}') AS "positions" FROM (
        SELECT "position" FROM "item_word" WHERE "batchId" = ${batchId} AND ${beginsWith(Prisma.sql`p."piece"`)}
        LIMIT ${INDEXED + 1}) AS f) AS w
    ORDER BY cardinality(w."positions") LIMIT 1`
  const positions = rows[0]?.positions ?? []
  return positions.length > INDEXED ? null : [...new Set(positions)]
}

/** SQL over `item_word`: a range that its index answers; the last code point stands behind everything that goes on. */
export const beginsWith = (piece: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`"word" >= ${piece} COLLATE "C" AND "word" < (${piece} || chr(1114111)) COLLATE "C"`
