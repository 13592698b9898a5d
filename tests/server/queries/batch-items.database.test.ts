import { afterAll, beforeAll, expect, test } from 'vitest'
import { batchItems, ITEMS_A_PAGE, matchingItemIds } from '@/server/queries/batch-items'
import { itemsWhere } from '@/server/queries/item-where'
import { db } from '@/server/store/client'
import { lead, makeBatch, nobody, openInstance } from './fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
let small: Awaited<ReturnType<typeof makeBatch>>
let large: Awaited<ReturnType<typeof makeBatch>>
beforeAll(async () => {
  instance = await openInstance()
  small = await makeBatch([
    {
      name: 'Wave 1',
      people: [
        { state: 'done', displayName: 'Adele Vance' },
        { state: 'failed', displayName: 'Lee Gu', errorSignature: 'hms-507', reason: 'No licence' },
        { state: 'needs_person', displayName: 'Lee 100%', reason: 'not-here: nobody has this name' },
      ],
    },
    { name: 'Wave 2', people: [{ state: 'unknown', displayName: 'Miriam O’Graham' }] },
  ])
  large = await makeBatch([{ name: 'Wave 1', people: [] }])
  await db().$executeRaw`
    INSERT INTO "item" ("id", "batchId", "waveId", "estateId", "position", "identity", "displayName", "sipAddress", "upn", "state")
    SELECT 'itm_' || n, ${large.batchId}, ${large.waveIds[0]}, 'west', n, 'p' || n, 'Person ' || n, 'p' || n, 'p' || n,
      (CASE WHEN n % 10 = 0 THEN 'failed' ELSE 'done' END)::"ItemState"
    FROM generate_series(0, 19999) AS n`
  await db().$executeRaw`ANALYZE "item"`
})
afterAll(() => instance.end())

const names = async (filter: Omit<Parameters<typeof batchItems>[1], 'batchId'>) =>
  (await batchItems(lead, { batchId: small.batchId, ...filter })).items.map(item => item.displayName)

test('filters narrow alone and together', async () => {
  expect(await names({})).toHaveLength(4)
  expect(await names({ states: ['done', 'unknown'] })).toEqual(['Adele Vance', 'Miriam O’Graham'])
  expect(await names({ waveId: small.waveIds[1] ?? '' })).toEqual(['Miriam O’Graham'])
  expect(await names({ cluster: 'hms-507' })).toEqual(['Lee Gu'])
  expect(await names({ cluster: 'reason:not-here' })).toEqual(['Lee 100%'])
  expect(await names({ cluster: 'unknown' })).toEqual(['Miriam O’Graham'])
  expect(await names({ states: ['done'], search: 'lee' })).toEqual([])
})

test('search finds who has every word begin a word of name, address or note, and takes wildcards as they are', async () => {
  expect(await names({ search: 'LEE' })).toEqual(['Lee Gu', 'Lee 100%'])
  expect(await names({ search: 'licence lee' })).toEqual(['Lee Gu'])
  expect(await names({ search: 'upn3@contoso' })).toEqual(['Miriam O’Graham'])
  expect(await names({ search: '10' })).toEqual(['Lee 100%'])
  expect(await names({ search: '100%' })).toEqual(['Lee 100%'])
  expect(await names({ search: '1%' })).toEqual([])
  expect(await names({ search: 'ee' })).toEqual([])
  expect(await names({ search: 'sip:PERSON2@contoso' })).toEqual(['Lee 100%'])
  expect(await names({ search: '_' })).toEqual([])
  expect(await names({ search: "x' OR '1'='1" })).toEqual([])
})

test('pages meet without gap or overlap, forward and back, while people change state', async () => {
  const seen: number[] = []
  let after: number | undefined
  for (let turn = 0; turn < 4; turn++) {
    const page = await batchItems(lead, {
      batchId: large.batchId,
      ...(after === undefined ? {} : { after }),
    })
    expect(page.before).toBe(turn * ITEMS_A_PAGE)
    expect(page.matching).toBe(20_000)
    seen.push(...page.items.map(item => item.position))
    await db().item.updateMany({
      where: { batchId: large.batchId, position: { in: page.items.map(item => item.position) } },
      data: { changedAt: new Date(), tries: 2 },
    })
    after = page.on ?? undefined
  }
  expect(seen).toEqual(Array.from({ length: 4 * ITEMS_A_PAGE }, (_, index) => index))
  const back = await batchItems(lead, { batchId: large.batchId, before: 150 })
  expect(back.items.map(item => item.position)).toEqual(seen.slice(100, 150))
  expect([back.back, back.on]).toEqual([100, 149])
})

test('the last page leads nowhere, and a filtered one counts only who matches', async () => {
  const page = await batchItems(lead, { batchId: large.batchId, states: ['failed'], after: 19_500 })
  expect(page.items).toHaveLength(49)
  expect([page.matching, page.before, page.on]).toEqual([2000, 1951, null])
})

test('a page deep in a large batch is read along an index, and sorted only where few are left', async () => {
  for (const filter of [{}, { states: ['failed' as const] }, { search: 'person 19' }]) {
    const rows = await db().$queryRaw<{ 'QUERY PLAN': string }[]>`
      EXPLAIN SELECT i."id" FROM "item" i WHERE ${itemsWhere(large.batchId, filter)} AND i."position" > 15000
      ORDER BY i."position" LIMIT 50`
    const plan = rows.map(row => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('Index')
    expect(plan).not.toContain('Seq Scan')
    // A search leaves few rows, which may be sorted; a page of everybody must come in order.
    if (!('search' in filter)) expect(plan).not.toContain('Sort')
  }
})

test('ids for a retry are those of the cluster, up to a limit; without a role nothing is read', async () => {
  const input = { batchId: small.batchId, cluster: 'hms-507', limit: 10 }
  expect(await matchingItemIds(lead, input)).toEqual([small.itemIds[1]])
  expect(await matchingItemIds(lead, { batchId: large.batchId, states: ['failed'], limit: 3 })).toEqual([
    'itm_0',
    'itm_10',
    'itm_20',
  ])
  await expect(batchItems(nobody, { batchId: small.batchId })).rejects.toMatchObject({ code: 'forbidden' })
})
