import { afterAll, beforeAll, expect, it } from 'vitest'
import { begin, type Engine, openEngine, runningBatch } from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.end())

it('more sessions than the process has connections begin in the same moment, of a plan that it has not read yet', async () => {
  const { itemIds } = await runningBatch(engine, 24)
  const began = await Promise.all(itemIds.map(id => begin(engine, id)))
  expect(began.filter(work => 'skip' in work)).toEqual([])
})
