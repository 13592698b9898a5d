import { StatedTable } from '@/domain/export/csv'
import { utc } from '@/domain/export/utc'
import { instanceChain } from '@/domain/ledger/chain'
import type { Actor } from '@/domain/people/actor'
import { auditFilterWords } from '@/domain/wording/audit-filter-words'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { inSnapshot } from '@/server/store/snapshot'
import {
  type AuditCursor,
  type AuditEvent,
  type AuditFilter,
  auditSentence,
  auditWhere,
  countEvents,
  cursorOf,
  readEvents,
} from './audit-events'

const entriesAtOnce = 500

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
 * The ledger as CSV in pieces of text, oldest first: a sentence for each entry, its evidence and its hashes, so that each
 * line can be verified without Ferry (SHA-256 of the canonical text is the hash). States its filter and totals, which
 * agree with the lines, or it breaks off. That it was taken is an entry of its own, which is not in it.
 */
export async function* exportAudit(
  actor: Actor,
  filter: AuditFilter,
): AsyncGenerator<string, void, undefined> {
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
  yield table.header()
  yield* inSnapshot(async function* (tx) {
    const [matching, total, taken] = await Promise.all([
      countEvents(tx, where),
      countEvents(tx, notOwn),
      tx.$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`,
    ])
    yield table.about([
      'Ledger of Ferry',
      `Filter: ${words}`,
      `Taken ${utc(taken[0]?.now)} by ${actor.name}. Times are UTC. Cells that a spreadsheet would run begin with an apostrophe.`,
    ])
    const byType = new Map<string, number>()
    let written = 0
    for (let cursor: AuditCursor | null = null; ; ) {
      const events: AuditEvent[] = await readEvents(tx, where, {
        direction: 'newer',
        cursor,
        limit: entriesAtOnce,
      })
      const last = events.at(-1)
      if (!last) break
      for (const event of events) byType.set(event.type, (byType.get(event.type) ?? 0) + 1)
      written += events.length
      yield table.lines('entry', events.map(lineOf))
      cursor = cursorOf(last)
    }
    if (written !== matching)
      throw new Error(`The export has ${written} entries and should have ${matching}. Take it again.`)
    yield table.totals([
      `Entries: ${written} in this export, ${total} in the ledger`,
      ...[...byType].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `${type}: ${count}`),
    ])
  })
}

const lineOf = (event: AuditEvent): Record<(typeof columns)[number], string | number | null> => ({
  Time: utc(event.at),
  Chain: event.chain,
  Sequence: event.seq,
  Type: event.type,
  'What happened': auditSentence(event),
  Actor: event.actor,
  'Actor ID': event.actorId,
  Via: event.via,
  Batch: event.batchName,
  'Batch ID': event.batchId,
  Wave: event.waveName,
  Person: event.personName,
  'Person ID': event.itemId,
  'Previous hash': event.previousHash,
  Hash: event.hash,
  'Canonical text': event.canonical,
})
