import type { BatchState } from '@/domain/lifecycle/batch'
import type { ItemState } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { beginsWith, searchPieces, searchWhere, searchWords } from './people-search'

export type FoundPerson = {
  id: string
  batchId: string
  batch: string
  displayName: string
  upn: string
  state: ItemState
}
export type FoundBatch = { id: string; name: string; state: BatchState }

const MOST = 8
/** Among so many who have the words, the eight are looked for. */
const MOST_NEAR = 1_000

/**
 * People by name or address, of which every word typed begins a word, and batches by a part of their name; eight of each at
 * most, open ones first, then the newest. Where more than a thousand people fit, the eight are of the latest batches.
 */
export async function findAnything(
  actor: Actor,
  text: string,
): Promise<{ people: FoundPerson[]; batches: FoundBatch[] }> {
  permit(actor, 'batches.read')
  const words = searchWords(text)
  if (words.length === 0) return { people: [], batches: [] }
  const escaped = words.map(word => word.replace(/[\\%_]/g, '\\$&'))
  const patterns = escaped.map(word => `%${word}%`)
  const [people, batches] = await Promise.all([
    findPeople(text),
    db().$queryRaw<FoundBatch[]>`
      SELECT "id", "name", "state"::text AS "state" FROM "batch" WHERE lower("name") LIKE ALL(${patterns})
      ORDER BY "createdAt" DESC LIMIT ${MOST}`,
  ])
  return { people, batches }
}

async function findPeople(text: string): Promise<FoundPerson[]> {
  const pieces = searchPieces(searchWords(text))
  if (pieces.length === 0) return []
  const counted = await db().$queryRaw<{ piece: string; entries: number }[]>`
    SELECT p."piece", (SELECT count(*)::int FROM (${entriesOf(Prisma.sql`p."piece"`)} LIMIT ${MOST_NEAR + 1}) AS e) AS "entries"
    FROM unnest(${pieces}::text[]) AS p("piece") ORDER BY 2`
  const rarest = counted[0]
  if (!rarest || rarest.entries === 0) return []
  // One rare word says where to look; frequent ones say it together.
  const chosen = rarest.entries > MOST_NEAR ? pieces : [rarest.piece]
  const near = Prisma.join(
    chosen.map(piece => Prisma.sql`(${entriesOf(Prisma.sql`${piece}`)})`),
    ' INTERSECT ',
  )
  return db().$queryRaw<FoundPerson[]>`
    WITH near AS MATERIALIZED (${near} LIMIT ${MOST_NEAR + 1})
    SELECT i."id", i."batchId", b."name" AS "batch", i."displayName", i."upn", i."state"::text AS "state"
    FROM (SELECT DISTINCT * FROM near) n JOIN "item" i ON i."batchId" = n."batchId" AND i."position" = n."position"
    JOIN "batch" b ON b."id" = i."batchId"
    WHERE ${Prisma.join(searchWhere(text, false), ' AND ')}
    ORDER BY i."open" DESC, i."changedAt" DESC LIMIT ${MOST}`
}

/** SQL of everybody of whom a word begins so, the latest batches first. */
const entriesOf = (piece: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT o."id" AS "batchId", w."position" FROM (SELECT "id" FROM "batch" ORDER BY "createdAt" DESC) AS o
  CROSS JOIN LATERAL (
    SELECT "position" FROM "item_word" WHERE "batchId" = o."id" AND ${beginsWith(piece)} AND NOT "note") AS w`
