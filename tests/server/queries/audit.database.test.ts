import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refused } from '@/server/commands/refused'
import { type AuditCursor, type AuditFilter, auditEvents, EVENTS_A_PAGE } from '@/server/queries/audit-events'
import { compareHeads, exportHeads } from '@/server/queries/chain-heads'
import { exportAudit } from '@/server/queries/export-audit'
import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { happen, lead, makeBatch, nobody, openInstance } from './fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
let batch: Awaited<ReturnType<typeof makeBatch>>
const events = 130
beforeAll(async () => {
  instance = await openInstance()
  batch = await makeBatch([{ name: 'Wave 1', people: [{ state: 'done', displayName: 'Adele Vance' }] }])
  await happen(batch.batchId, batch.itemIds[0] ?? '', events)
  await db().$transaction(tx =>
    recordEvent(tx, lead, {
      type: 'hold.set',
      data: { holdId: 'hld_1', scope: 'everything', targetId: '', reason: '=HYPERLINK("x") 100% sure' },
    }),
  )
})
afterAll(() => instance.end())

const total = events + 1
const matching = async (filter: AuditFilter) => (await auditEvents(lead, filter)).matching

test('pages meet without gap or overlap, on and back', async () => {
  const seen: string[] = []
  const backs: (AuditCursor | null)[] = []
  let after: AuditCursor | undefined
  do {
    const page = await auditEvents(lead, {}, after ? { after } : {})
    seen.push(...page.events.map(event => `${event.chain} ${event.seq}`))
    backs.push(page.back)
    after = page.on ?? undefined
  } while (after)
  expect(new Set(seen).size).toBe(total)
  expect(seen).toHaveLength(total)
  expect(backs.map(back => back === null)).toEqual([true, false, false])
  const back = backs[2]
  const second = await auditEvents(lead, {}, back ? { before: back } : {})
  expect(second.events.map(event => `${event.chain} ${event.seq}`)).toEqual(
    seen.slice(EVENTS_A_PAGE, 2 * EVENTS_A_PAGE),
  )
})

test('search narrows by person, batch, type, text and day, and takes wildcards as they are', async () => {
  expect(await matching({ person: 'adele' })).toBe(events)
  expect(await matching({ person: 'megan' })).toBe(total)
  expect(await matching({ batch: batch.batchId })).toBe(events)
  expect(await matching({ batch: 'wes' })).toBe(events)
  expect(await matching({ type: 'hold.set' })).toBe(1)
  expect(await matching({ text: '100% sure' })).toBe(1)
  expect(await matching({ text: '1_0% sure' })).toBe(0)
  expect(await matching({ from: '2999-01-01' })).toBe(0)
  expect(await matching({ to: '2000-01-01' })).toBe(0)
  const today = (await auditEvents(lead, {})).now.toISOString().slice(0, 10)
  expect(await matching({ from: today, to: today })).toBe(total)
  await expect(auditEvents(nobody, {})).rejects.toThrow(Refused)
})

test('the export states its filter and totals, leaves its own entry out, and no cell is a formula', async () => {
  let csv = ''
  for await (const piece of exportAudit(lead, { type: 'hold.set' })) csv += piece
  expect(csv).toContain('Filter: type hold.set')
  expect(csv).toContain(`Entries: 1 in this export, ${total} in the ledger`)
  expect(csv.split('\r\n').filter(line => line.startsWith('entry,'))).toHaveLength(1)
  expect(csv).not.toMatch(/(^|,)"?=/m)
  expect(await matching({ type: 'export.taken' })).toBe(1)
  await expect(exportAudit(nobody, {}).next()).rejects.toThrow(Refused)
})

test('an edited row is named; a cut-off tail shows only beside an exported head', async () => {
  const heads = JSON.stringify(await exportHeads(lead))
  expect((await verifyChains()).problems).toEqual([])
  expect(await compareHeads(heads)).toEqual([])

  await db().$executeRaw`
    UPDATE "event" SET "data" = '{"codes":["edited"]}' WHERE "chain" = ${batch.batchId} AND "seq" = 7`
  const { problems } = await verifyChains()
  expect(problems).toEqual([
    {
      chain: batch.batchId,
      seq: 7,
      type: 'item.read',
      what: 'its columns no longer say what its canonical text says',
    },
  ])
  await db().$executeRaw`
    UPDATE "event" SET "data" = '{"codes":["6"]}' WHERE "chain" = ${batch.batchId} AND "seq" = 7`
  expect((await verifyChains()).problems).toEqual([])

  await db().$executeRaw`DELETE FROM "event" WHERE "chain" = ${batch.batchId} AND "seq" > 100`
  await db().$executeRaw`
    UPDATE "chain" SET "seq" = 100, "head" = (
      SELECT "hash" FROM "event" WHERE "chain" = ${batch.batchId} AND "seq" = 100)
    WHERE "id" = ${batch.batchId}`
  expect((await verifyChains()).problems).toEqual([])
  expect(await compareHeads(heads)).toMatchObject([{ chain: batch.batchId, seq: events }])
  await expect(compareHeads('[]')).rejects.toThrow(Refused)

  await db().$executeRaw`DELETE FROM "chain" WHERE "id" = ${batch.batchId}`
  expect((await verifyChains()).problems).toMatchObject([{ chain: batch.batchId, seq: 100, type: 'head' }])
})
