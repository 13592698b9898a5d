import { afterAll, beforeAll, expect, it } from 'vitest'
import { noteCluster } from '@/server/commands/note-cluster'
import { retryItems } from '@/server/commands/retry-items'
import { batchDetail } from '@/server/queries/batch'
import { db } from '@/server/store/client'
import { attempt, type Engine, failure, openEngine, runningBatch } from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.end())

const clusters = async (batchId: string) => (await batchDetail(engine.auditor, batchId)).clusters

it('failures stand together by signature, new ones stand out, and a retry empties the cluster', async () => {
  const first = await runningBatch(engine, 4)
  for (const id of first.itemIds.slice(0, 3)) await attempt(engine, id, failure('PRECONDITION', 'hms-506'))
  await attempt(engine, first.itemIds[3] ?? '', failure('PRECONDITION', 'rare'))
  const [big, small] = await clusters(first.batchId)
  expect(big).toMatchObject({
    key: 'hms-506',
    people: 3,
    errorClass: 'PRECONDITION',
    isNew: true,
    note: null,
  })
  expect(first.itemIds).toContain(big?.sample.itemId)
  expect(small).toMatchObject({ key: 'rare', people: 1, isNew: true })

  const second = await runningBatch(engine, 2)
  await attempt(engine, second.itemIds[0] ?? '', failure('PRECONDITION', 'hms-506'))
  await attempt(engine, second.itemIds[1] ?? '', failure('PRECONDITION', 'unheard-of'))
  expect((await clusters(second.batchId)).map(one => [one.key, one.isNew])).toEqual([
    ['hms-506', false],
    ['unheard-of', true],
  ])

  await retryItems(engine.operator, { batchId: first.batchId, errorSignature: 'hms-506', reason: 'Synced' })
  expect((await clusters(first.batchId)).map(one => one.key)).toEqual(['rare'])
})

it('people write whose a cluster is, in the ledger too, and take it away again', async () => {
  const { batchId, itemIds } = await runningBatch(engine, 1)
  await attempt(engine, itemIds[0] ?? '', failure('PRECONDITION', 'no-licence'))
  const write = (owner: string, note: string) =>
    noteCluster(engine.operator, { batchId, cluster: 'no-licence', owner, note })
  await write('Licence desk', 'Asked for 40')
  expect((await clusters(batchId))[0]?.note).toMatchObject({
    owner: 'Licence desk',
    note: 'Asked for 40',
    by: 'Alex Wilber',
  })
  await write(' ', '')
  expect((await clusters(batchId))[0]?.note).toBeNull()
  expect(await db().event.count({ where: { chain: batchId, type: 'cluster.noted' } })).toBe(2)
  await expect(
    noteCluster(engine.auditor, { batchId, cluster: 'no-licence', owner: 'me', note: '' }),
  ).rejects.toThrow('operator')
})
