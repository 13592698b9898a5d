import { afterAll, beforeAll, expect, test } from 'vitest'
import { itemStates, totalOf } from '@/domain/lifecycle/item'
import { batchDetail } from '@/server/queries/batch'
import { listBatches } from '@/server/queries/batches'
import { overview } from '@/server/queries/overview'
import { db } from '@/server/store/client'
import { lead, makeBatch, nobody, openInstance } from './fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
let batch: Awaited<ReturnType<typeof makeBatch>>
beforeAll(async () => {
  instance = await openInstance()
  batch = await makeBatch([
    {
      name: 'Pilot',
      isPilot: true,
      state: 'done',
      people: [
        { state: 'done', stepKey: 'move' },
        { state: 'failed', stepKey: 'move', errorSignature: 'hms-507', errorClass: 'PRECONDITION' },
      ],
    },
    {
      name: 'Wave 1',
      people: [
        { state: 'waiting', stepKey: 'sync' },
        { state: 'running', stepKey: 'enable' },
        { state: 'unknown', stepKey: 'move' },
        { state: 'needs_person', stepKey: 'enable', errorSignature: 'hms-507' },
        { state: 'needs_person', stepKey: 'enable', reason: 'not-here: nobody has this name' },
        { state: 'no_change', stepKey: 'move' },
        { state: 'left_out', stepKey: 'enable' },
      ],
    },
    { name: 'Wave 2', state: 'approved', people: [{ state: 'not_started' }, { state: 'not_started' }] },
  ])
})
afterAll(() => instance.end())

test('every number adds up to everybody: waves, states, steps and the import', async () => {
  const found = await batchDetail(lead, batch.batchId)
  expect(totalOf(found.counts)).toBe(11)
  expect(found.waves.map(wave => totalOf(wave.counts))).toEqual([2, 7, 2])
  for (const state of itemStates)
    expect(found.waves.reduce((sum, wave) => sum + wave.counts[state], 0)).toBe(found.counts[state])
  expect(found.funnel.map(step => step.key)).toEqual(['enable', 'sync', 'move'])
  for (const step of found.funnel) expect(step.over + totalOf(step.at) + step.before + step.out).toBe(11)
  expect(found.funnel.map(step => step.over)).toEqual([5, 4, 2])
  expect(found.funnel[1]?.at.waiting).toBe(1)
  const { accounting } = found
  if (!accounting) throw new Error('The import is missing.')
  expect(accounting.ready + accounting.flagged + accounting.refused + accounting.leftOut).toBe(
    accounting.rowsRead,
  )
  expect(accounting.entered).toBe(11)
})

test('people who are stuck are counted once, by what they stand in front of', async () => {
  const { clusters, counts } = await batchDetail(lead, batch.batchId)
  expect(clusters.map(({ key, people, state }) => [key, people, state])).toEqual([
    ['hms-507', 2, 'needs_person'],
    ['reason:not-here', 1, 'needs_person'],
    ['unknown', 1, 'unknown'],
  ])
  expect(clusters.reduce((sum, cluster) => sum + cluster.people, 0)).toBe(
    counts.needs_person + counts.failed + counts.unknown,
  )
})

test('a wave says how many are unread and whether everybody has a pool', async () => {
  const { waves } = await batchDetail(lead, batch.batchId)
  expect(waves[2]?.facts).toMatchObject({ people: 2, unread: 2, hasTargetPool: true })
})

test('the overview shows the same numbers, and the gate that does not open by itself', async () => {
  const data = await overview(lead)
  expect(data.batches.map(one => totalOf(one.counts))).toEqual([11])
  expect(data.clusters).toHaveLength(3)
  expect(data.gates).toMatchObject([{ waveName: 'Wave 2', pilotVerified: 1, pilotPeople: 2 }])
  const listed = await listBatches(lead)
  expect(listed.batches[0]?.counts).toEqual(data.batches[0]?.counts)
  expect(listed.total).toEqual({ draft: 0, active: 1, done: 0, cancelled: 0 })
})

test('once the pilot is all verified no gate waits for a person', async () => {
  await db().item.updateMany({ where: { waveId: batch.waveIds[0] ?? '' }, data: { state: 'done' } })
  expect((await overview(lead)).gates).toEqual([])
})

test('who has no role reads nothing', async () => {
  await expect(batchDetail(nobody, batch.batchId)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(overview(nobody)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(batchDetail(lead, 'bat_none')).rejects.toMatchObject({ code: 'not_found' })
})
