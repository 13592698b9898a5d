import { csvCell, StatedTable } from '@/domain/export/csv'
import { utc } from '@/domain/export/utc'
import { instanceChain } from '@/domain/ledger/chain'
import type { EventType } from '@/domain/ledger/event-types'
import type { Actor } from '@/domain/people/actor'
import { auditFilterWords } from '@/domain/wording/audit-filter-words'
import { eventSentence } from '@/domain/wording/event-sentence'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { inBulkSnapshot } from '@/server/store/bulk-snapshot'
import { db } from '@/server/store/client'
import { type CopiedRow, copiedRows } from '@/server/store/copied-rows'
import { recordEvent } from '@/server/store/ledger'
import { type AuditFilter, auditWhere, countEvents, joinedEvents } from './audit-events'

const columns = [
  'Time',
  'Chain',
  'Sequence',
  'Type',
  'What happened',
  'Actor',
  'Actor ID',
  'Via',
  'Batch',
  'Batch ID',
  'Wave',
  'Person',
  'Person ID',
  'Previous hash',
  'Hash',
  'Canonical text',
] as const

/**
 * The ledger as CSV in pieces of UTF-8, oldest first: a sentence for each entry, its evidence and its hashes, so that each
 * line can be verified without Ferry (SHA-256 of the canonical text is the hash). States its filter and totals, which
 * agree with the lines, or it breaks off. That it was taken is an entry of its own, which is not in it.
 */
export async function* exportAudit(
  actor: Actor,
  filter: AuditFilter,
): AsyncGenerator<Uint8Array, void, undefined> {
  permit(actor, 'audit.export')
  const words = auditFilterWords(filter)
  const asked = auditWhere(filter)
  const own = await db().$transaction(async tx => {
    const rows = await countEvents(tx, asked)
    await recordEvent(tx, actor, { type: 'export.taken', data: { what: 'the ledger', filter: words, rows } })
    // The chain is locked until the commit, so its last number is this export's own entry.
    return tx.chain.findUniqueOrThrow({ where: { id: instanceChain } })
  })
  const notOwn = Prisma.sql`NOT (e."chain" = ${instanceChain} AND e."seq" = ${own.seq})`
  const where = Prisma.sql`${asked} AND ${notOwn}`
  const table = new StatedTable(columns)
  yield Buffer.from(table.header())
  yield* inBulkSnapshot(async function* (connection) {
    const counts = Prisma.sql`
      SELECT now() AS "now", (count(*) FILTER (WHERE ${asked}))::int AS "matching", count(*)::int AS "total"
      FROM ${joinedEvents} WHERE ${notOwn}`
    const { rows } = await connection.query<{ now: Date; matching: number; total: number }>(
      counts.text,
      counts.values,
    )
    const { now, matching = 0, total = 0 } = rows[0] ?? {}
    yield Buffer.from(
      table.about([
        'Ledger of Ferry',
        `Filter: ${words}`,
        `Taken ${utc(now)} by ${actor.name}. Times are UTC. Cells that a spreadsheet would run begin with an apostrophe.`,
      ]),
    )
    const entries = new Entries()
    for await (const row of copiedRows(connection, entriesOf(where))) yield* entries.take(row)
    yield* entries.rest()
    const { written, byType } = entries
    if (written !== matching)
      throw new Error(`The export has ${written} entries and should have ${matching}. Take it again.`)
    yield Buffer.from(
      table.totals([
        `Entries: ${written} in this export, ${total} in the ledger`,
        ...[...byType].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `${type}: ${count}`),
      ]),
    )
  })
}

/**
 * What a line is made of. The canonical text is half of it and goes from the database into the file as it is: it is a JSON
 * object, so quoting it is doubling its quotes. One that is none, as somebody may have written over it, comes plain.
 */
const entriesOf = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT e."at", e."chain", e."seq", e."type", e."actorName", e."actorId", e."via"::text, b."name", e."batchId", w."name", i."displayName",
    e."itemId", e."data"::text, e."previousHash", e."hash",
    CASE WHEN starts_with(e."canonical", '{"') THEN '"' || replace(e."canonical", '"', '""') || '"' END,
    CASE WHEN NOT starts_with(e."canonical", '{"') THEN e."canonical" END
  FROM ${joinedEvents} WHERE ${where} ORDER BY e."at", e."chain", e."seq"`

const pieceBytes = 256 * 1024

/** Lines of entries, put together in pieces of bytes. */
class Entries {
  written = 0
  readonly byType = new Map<string, number>()
  #second = Number.NaN
  #secondText = ''
  #piece = Buffer.allocUnsafe(pieceBytes)
  #at = 0

  /** All of a line but its canonical text. */
  #lineOf(row: CopiedRow): string {
    const type = row.text(3) ?? ''
    const actor = row.text(4) ?? ''
    const batch = row.text(7)
    const wave = row.text(9)
    const person = row.text(10)
    this.byType.set(type, (this.byType.get(type) ?? 0) + 1)
    const sentence = eventSentence(type as EventType, JSON.parse(row.text(12) ?? 'null'), {
      actor: actor === 'ferry' ? 'Ferry' : actor,
      person,
      wave,
      batch,
    })
    const cell = (column: number) => csvCell(row.text(column) ?? '')
    return (
      `entry,,${this.#timeOf(row.ms(0))},${cell(1)},${row.number(2)},${csvCell(type)},${csvCell(sentence)},${csvCell(actor)},` +
      `${cell(5)},${cell(6)},${csvCell(batch ?? '')},${cell(8)},${csvCell(wave ?? '')},${csvCell(person ?? '')},${cell(11)},` +
      `${cell(13)},${cell(14)},`
    )
  }

  /** As utc writes it. Entries come in the order of time, so most are of the same second as the one before. */
  #timeOf(ms: number): string {
    const second = Math.floor(ms / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#secondText = utc(new Date(second * 1000)).slice(0, -4)
    }
    return `${this.#secondText}${String(ms - second * 1000).padStart(3, '0')}Z`
  }

  /** Every row that has come whole; yields the pieces that are full. */
  *take(row: CopiedRow): Generator<Uint8Array, void, undefined> {
    while (row.next()) {
      const line = this.#lineOf(row)
      const canonical = row.size(15) > 0 ? '' : csvCell(row.text(16) ?? '')
      // A character of a text is three bytes at most.
      const most = 3 * (line.length + canonical.length) + row.size(15) + 2
      if (this.#at + most > this.#piece.length) {
        yield* this.rest()
        this.#piece = Buffer.allocUnsafe(Math.max(pieceBytes, most))
      }
      this.#at += this.#piece.write(line, this.#at)
      this.#at +=
        canonical === '' ? row.copy(15, this.#piece, this.#at) : this.#piece.write(canonical, this.#at)
      this.#piece[this.#at++] = 13
      this.#piece[this.#at++] = 10
      this.written++
    }
  }

  *rest(): Generator<Uint8Array, void, undefined> {
    if (this.#at > 0) yield this.#piece.subarray(0, this.#at)
    this.#at = 0
    this.#piece = Buffer.alloc(0)
  }
}
