import type { EventType } from '@/domain/ledger/event-types'
import type { Database } from '@/server/store/client'

/** A ledger row as screens tell it: names beside ids, data as recorded. */
export type RecentEvent = {
  chain: string
  seq: number
  type: EventType
  at: Date
  actor: string
  batchId: string | null
  batchName: string | null
  waveName: string | null
  itemId: string | null
  personName: string | null
  data: Record<string, unknown>
}

/** What nobody reads over a shoulder: steps on the way to something that is told anyway. */
const quiet: EventType[] = [
  'attempt.started',
  'attempt.apply_began',
  'item.read',
  'export.taken',
  'person.password_changed',
]

type Row = Omit<RecentEvent, 'seq'> & { seq: bigint }

/** The latest events that say something to a person in front of the screen, newest first. */
export async function recentEvents(database: Database, limit: number): Promise<RecentEvent[]> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT e."chain", e."seq", e."type", e."at", e."actorName" AS "actor", e."batchId", b."name" AS "batchName",
      w."name" AS "waveName", e."itemId", i."displayName" AS "personName", e."data"
    FROM (
      SELECT * FROM "event" WHERE NOT ("type" = ANY(${quiet})) ORDER BY "at" DESC, "chain", "seq" DESC LIMIT ${limit}
    ) e
    LEFT JOIN "batch" b ON b."id" = e."batchId"
    LEFT JOIN "wave" w ON w."id" = e."waveId"
    LEFT JOIN "item" i ON i."id" = e."itemId"
    ORDER BY e."at" DESC, e."chain", e."seq" DESC`
  return rows.map(row => ({ ...row, seq: Number(row.seq) }))
}
