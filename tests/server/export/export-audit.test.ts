import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvCell, csvText, StatedTable } from '@/domain/export/csv'
import { utc } from '@/domain/export/utc'
import { Prisma } from '@/generated/prisma/client'
import { type AuditFilter, auditSentence, auditWhere, readEvents } from '@/server/queries/audit-events'
import { exportAudit } from '@/server/queries/export-audit'
import { db } from '@/server/store/client'
import { happen, lead, makeBatch, openInstance } from '../queries/fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
beforeAll(async () => {
  instance = await openInstance()
  const hostile = [
    '=1+1',
    ' +SUM(A1)',
    'a,b',
    'say "so"',
    'two\nlines',
    '\ttab',
    'Zoë Müller 🚢',
    '＝wide',
    "it's",
    '-',
    'x\r\ny',
  ]
  const batch = await makeBatch([
    { name: 'Wave, "1"', people: hostile.map(displayName => ({ state: 'done' as const, displayName })) },
  ])
  for (const itemId of batch.itemIds) await happen(batch.batchId, itemId, 2)
  // Many, some larger than a network's packet, and some that somebody has written over.
  await db().$executeRaw`
    INSERT INTO "event" ("chain", "seq", "type", "version", "at", "actorKind", "actorName", "via", "batchId", "waveId", "itemId", "data", "canonical", "previousHash", "hash")
    SELECT 'bat_x', n, CASE WHEN n % 7 = 0 THEN 'something.later' ELSE 'attempt.failed' END, 1, timestamptz '2026-11-24 00:00:00.123Z' + n * interval '1 millisecond',
      'system', (ARRAY['ferry', ${hostile[3]}, ${hostile[0]}, ${hostile[6]}])[1 + n % 4], 'system',
      CASE WHEN n % 3 > 0 THEN ${batch.batchId} END, CASE WHEN n % 3 > 0 THEN ${batch.waveIds[0]} END,
      (${batch.itemIds}::text[])[1 + n % ${hostile.length + 1}],
      jsonb_build_object('step', 'move', 'reason', (${hostile}::text[])[1 + n % ${hostile.length}], 'errorClass', 'FATAL'),
      CASE n % 50 WHEN 0 THEN '=cmd' WHEN 1 THEN '' WHEN 2 THEN 'plain' WHEN 3 THEN ' {"a":1}' WHEN 4 THEN '{"big":"' || repeat('ü"', 30000) || '"}'
        ELSE '{"n":' || n || ',"name":"Zoë"}' END, md5(n::text), md5((n + 1)::text)
    FROM generate_series(1, 700) AS n`
})
afterAll(() => instance.end())

async function exported(filter: AuditFilter): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of exportAudit(lead, filter)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** The entries as the table of StatedTable writes them, from rows read one by one. */
async function plainly(filter: AuditFilter): Promise<string> {
  const where = Prisma.sql`${auditWhere(filter)} AND e."type" <> 'export.taken'`
  const events = await readEvents(db(), where, { direction: 'newer', cursor: null, limit: 10_000 })
  const table = new StatedTable(columns)
  return table.lines(
    'entry',
    events.map(event => ({
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
    })),
  )
}
const columns = [
  ...[
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
  ],
  ...['Person', 'Person ID', 'Previous hash', 'Hash', 'Canonical text'],
] as const

test.each<[string, AuditFilter]>([
  ['everything', {}],
  ['a person with a quote and a wildcard', { person: `say "so"` }],
  ['a text with an apostrophe', { text: `Zoë'` }],
  ['one type, some days', { type: 'attempt.failed', from: '2026-11-24', to: '2026-11-24' }],
])(
  'rows that the database hands over in bulk are the same bytes as rows read one by one: %s',
  async (_, filter) => {
    const [whole, entries] = [await exported(filter), await plainly(filter)]
    expect(whole.includes(entries)).toBe(true)
    const rest = whole.replace(entries, '')
    expect(rest).not.toMatch(/^entry,/m)
    const count =
      entries === ''
        ? 0
        : (
            await readEvents(db(), Prisma.sql`${auditWhere(filter)} AND e."type" <> 'export.taken'`, {
              direction: 'newer',
              cursor: null,
              limit: 10_000,
            })
          ).length
    expect(rest).toContain(`Entries: ${count} in this export`)
  },
)

test('who stops reading leaves no connection behind', async () => {
  const pieces = exportAudit(lead, {})
  for (let piece = 0; piece < 3; piece++) await pieces.next()
  await pieces.return()
  // The database ends what served a closed connection a moment later.
  const open = async () =>
    (
      await db().$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM pg_stat_activity WHERE "query" LIKE 'COPY (%' AND "datname" = current_database()`
    )[0]?.n
  await expect.poll(open, { timeout: 10_000 }).toBe(0)
})

test('one cell is written as the whole table writes it', () => {
  for (const text of [
    '',
    'a',
    'a b',
    '=x',
    '+',
    ' @x',
    'a,b',
    '"',
    'a"b',
    '\n',
    'a\rb',
    '\t',
    'ü',
    '1',
    '_',
    '  ',
    '-1',
    '﻿',
    '＋',
  ])
    expect(`${csvCell(text)}\r\n`).toBe(csvText([[text]]))
})
