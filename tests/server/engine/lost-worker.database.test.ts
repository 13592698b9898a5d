import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expireLeases } from '@/server/commands/expire-leases'
import { finishReadback } from '@/server/commands/finish-readback'
import { breakersNow } from '@/server/queries/breakers'
import { db } from '@/server/store/client'
import {
  attempt,
  begin,
  type Engine,
  makeDue,
  mustBegin,
  openEngine,
  runningBatch,
  sendChange,
} from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
  await db().estate.update({ where: { id: 'lab' }, data: { harmedCap: 3 } })
})
beforeEach(() => db().breaker.deleteMany())
afterAll(() => engine.end())

describe('leases of a worker that is gone', () => {
  const itemOf = (id: string) => db().item.findUniqueOrThrow({ where: { id } })
  const expire = async (attemptId: string) => {
    await db()
      .$executeRaw`UPDATE "attempt" SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE "id" = ${attemptId}`
    await expireLeases()
  }

  it('count against the worker, the wave and the class, and stop the batch at the cap, at once', async () => {
    const { batchId, itemIds } = await runningBatch(engine, 8)
    const works = await Promise.all(itemIds.slice(0, 3).map(id => mustBegin(engine, id)))
    for (const work of works) await sendChange(work)
    for (const work of works.slice(0, 2)) await expire(work.attemptId)
    const counted = await db().breaker.findMany({ where: { consecutive: 2 }, orderBy: { scope: 'asc' } })
    expect(counted.map(row => row.scope)).toEqual(['errors', 'pool', 'worker', 'wave'])
    expect(counted.map(row => row.targetId)).toEqual(expect.arrayContaining(['UNKNOWN_OUTCOME', 'test']))
    await expire(works[2]?.attemptId ?? '')
    const opened = { chain: batchId, type: 'breaker.opened' }
    expect(await db().event.count({ where: opened })).toBe(1)
    expect((await breakersNow(engine.operator)).map(one => one.scope)).toEqual(['harmed'])
  })

  it('open the worker’s class once enough of them died, also where nothing had begun', async () => {
    const { batchId, itemIds } = await runningBatch(engine, 8)
    const works = await Promise.all(itemIds.slice(0, 5).map(id => mustBegin(engine, id)))
    for (const work of works) await expire(work.attemptId)
    expect(await breakersNow(engine.operator)).toMatchObject([
      { scope: 'errors', targetId: 'SESSION_LOST', cause: expect.stringContaining('The worker was lost') },
    ])
    expect(await db().event.count({ where: { chain: batchId, type: 'breaker.opened' } })).toBe(1)
    expect(await begin(engine, itemIds[6] ?? '')).toMatchObject({
      skip: expect.stringContaining('stopped by itself'),
    })
  })

  it('that only read back do not take away that a person may decide', async () => {
    const { itemIds } = await runningBatch(engine, 1)
    const id = itemIds[0] ?? ''
    await attempt(engine, id, { kind: 'unknown', reason: 'The shell died.', before: null })
    const failed = { said: 'failed', reason: 'No answer.', facts: null } as const
    for (const _ of [1, 2]) {
      await makeDue()
      await finishReadback(await mustBegin(engine, id), failed)
    }
    await makeDue()
    await expire((await mustBegin(engine, id)).attemptId)
    expect(await itemOf(id)).toMatchObject({ state: 'unknown', readbacksFailed: 3 })
    await makeDue()
    await expire((await mustBegin(engine, id)).attemptId)
    expect((await itemOf(id)).readbacksFailed).toBe(4)
  })
})
