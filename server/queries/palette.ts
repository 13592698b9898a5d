import type { BatchState } from '@/domain/lifecycle/batch'
import type { ItemState } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { searchWords } from './batch-items'

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

/** People and batches by name or address, eight of each at most; open ones first, then the newest. */
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
    db().$queryRaw<FoundPerson[]>`
      SELECT i."id", i."batchId", b."name" AS "batch", i."displayName", i."upn", i."state"::text AS "state"
      FROM "item" i JOIN "batch" b ON b."id" = i."batchId"
      WHERE lower(i."displayName" || ' ' || i."upn" || ' ' || i."identity") LIKE ALL(${patterns})
      ORDER BY i."open" DESC, i."changedAt" DESC LIMIT ${MOST}`,
    db().$queryRaw<FoundBatch[]>`
      SELECT "id", "name", "state"::text AS "state" FROM "batch" WHERE lower("name") LIKE ALL(${patterns})
      ORDER BY "createdAt" DESC LIMIT ${MOST}`,
  ])
  return { people, batches }
}
