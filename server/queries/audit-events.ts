import { type EventType, eventVersions } from '@/domain/ledger/event-types'
import type { Actor } from '@/domain/people/actor'
import { eventSentence } from '@/domain/wording/event-sentence'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { type Database, db } from '@/server/store/client'

export const EVENTS_A_PAGE = 50

/** What of the ledger is asked for; every condition narrows. Days are UTC, both included. */
export type AuditFilter = {
  /** In the name of who did it, or in name or address of whom it was done to. */
  person?: string
  /** A batch's id, or a part of its name. */
  batch?: string
  type?: EventType
  /** In the evidence as recorded. */
  text?: string
  /** `yyyy-mm-dd` */
  from?: string
  to?: string
}

/** Where a page ends: the last entry's place in the order of time, chain and sequence. */
export type AuditCursor = { at: Date; chain: string; seq: number }

export type AuditEvent = {
  chain: string
  seq: number
  type: EventType
  version: number
  at: Date
  actorKind: string
  actorId: string | null
  actor: string
  via: string
  batchId: string | null
  batchName: string | null
  waveId: string | null
  waveName: string | null
  itemId: string | null
  personName: string | null
  data: Record<string, unknown>
  canonical: string
  previousHash: string
  hash: string
}

export type AuditPage = {
  now: Date
  events: AuditEvent[]
  matching: number
  total: number
  /** Ways to newer and to older entries; null where there are none. */
  back: AuditCursor | null
  on: AuditCursor | null
}

export const eventTypes = Object.keys(eventVersions) as EventType[]

const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The conditions of a filter, over `e` (event), `i` (item) and `b` (batch). */
export function auditWhere(filter: AuditFilter): Prisma.Sql {
  const all: Prisma.Sql[] = [Prisma.sql`true`]
  if (filter.person) {
    const like = containing(filter.person)
    all.push(
      Prisma.sql`(e."actorName" ILIKE ${like} OR i."displayName" ILIKE ${like} OR i."upn" ILIKE ${like} OR i."identity" ILIKE ${like})`,
    )
  }
  if (filter.batch)
    all.push(Prisma.sql`(e."batchId" = ${filter.batch} OR b."name" ILIKE ${containing(filter.batch)})`)
  if (filter.type) all.push(Prisma.sql`e."type" = ${filter.type}`)
  if (filter.text) all.push(Prisma.sql`e."canonical" ILIKE ${containing(filter.text)}`)
  if (filter.from) all.push(Prisma.sql`e."at" >= ${new Date(`${filter.from}T00:00:00Z`)}`)
  if (filter.to)
    all.push(Prisma.sql`e."at" < ${new Date(Date.parse(`${filter.to}T00:00:00Z`) + 24 * 60 * 60_000)}`)
  return Prisma.join(all, ' AND ')
}

/** Events with the names of what they are about. */
export const joinedEvents = Prisma.sql`"event" e
  LEFT JOIN "batch" b ON b."id" = e."batchId"
  LEFT JOIN "wave" w ON w."id" = e."waveId"
  LEFT JOIN "item" i ON i."id" = e."itemId"`

/** Entries that a condition finds, from a cursor on, in one direction of time. */
export async function readEvents(
  database: Database,
  where: Prisma.Sql,
  read: { direction: 'older' | 'newer'; cursor: AuditCursor | null; limit: number },
): Promise<AuditEvent[]> {
  const older = read.direction === 'older'
  const order = older
    ? Prisma.sql`e."at" DESC, e."chain" DESC, e."seq" DESC`
    : Prisma.sql`e."at", e."chain", e."seq"`
  const { cursor } = read
  const place = cursor && Prisma.sql`(${cursor.at}::timestamptz, ${cursor.chain}, ${cursor.seq}::bigint)`
  const from = !place
    ? Prisma.sql`true`
    : older
      ? Prisma.sql`(e."at", e."chain", e."seq") < ${place}`
      : Prisma.sql`(e."at", e."chain", e."seq") > ${place}`
  const rows = await database.$queryRaw<(Omit<AuditEvent, 'seq'> & { seq: bigint })[]>`
    SELECT e."chain", e."seq", e."type", e."version", e."at", e."actorKind", e."actorId", e."actorName" AS "actor",
      e."via"::text AS "via", e."batchId", b."name" AS "batchName", e."waveId", w."name" AS "waveName", e."itemId",
      i."displayName" AS "personName", e."data", e."canonical", e."previousHash", e."hash"
    FROM ${joinedEvents} WHERE ${where} AND ${from} ORDER BY ${order} LIMIT ${read.limit}`
  return rows.map(row => ({ ...row, seq: Number(row.seq) }))
}

export async function countEvents(database: Database, where: Prisma.Sql): Promise<number> {
  const rows = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM ${joinedEvents} WHERE ${where}`
  return rows[0]?.count ?? 0
}

/** One page of the ledger, newest first. `after` goes on to older entries, `before` back to newer ones. */
export async function auditEvents(
  actor: Actor,
  filter: AuditFilter,
  page: { after?: AuditCursor; before?: AuditCursor } = {},
): Promise<AuditPage> {
  permit(actor, 'audit.read')
  const where = auditWhere(filter)
  const back = page.before !== undefined
  const [found, matching, totals] = await Promise.all([
    readEvents(db(), where, {
      direction: back ? 'newer' : 'older',
      cursor: page.before ?? page.after ?? null,
      limit: EVENTS_A_PAGE + 1,
    }),
    countEvents(db(), where),
    db().$queryRaw<{ now: Date; total: number }[]>`
      SELECT now() AS "now", (SELECT count(*) FROM "event")::int AS "total"`,
  ])
  const more = found.length > EVENTS_A_PAGE
  const events = found.slice(0, EVENTS_A_PAGE)
  if (back) events.reverse()
  const first = events[0]
  const last = events.at(-1)
  const at = totals[0]
  if (!at) throw new Error('The database did not say what time it is.')
  return {
    now: at.now,
    total: at.total,
    matching,
    events,
    back: first && (back ? more : page.after !== undefined) ? cursorOf(first) : null,
    on: last && (back || more) ? cursorOf(last) : null,
  }
}

export const cursorOf = ({ at, chain, seq }: AuditCursor): AuditCursor => ({ at, chain, seq })

/** The sentence of an entry, without its full stop. */
export const auditSentence = (event: AuditEvent): string =>
  eventSentence(event.type, event.data, {
    actor: event.actor === 'ferry' ? 'Ferry' : event.actor,
    person: event.personName,
    wave: event.waveName,
    batch: event.batchName,
  })
