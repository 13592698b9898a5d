import { afterAll, beforeAll, expect, it } from 'vitest'
import { outlook } from '@/domain/forecast/outlook'
import { measureSteps } from '@/server/commands/measure-steps'
import { batchDetail } from '@/server/queries/batch'
import { overview } from '@/server/queries/overview'
import { db } from '@/server/store/client'
import { type Engine, openEngine, runningBatch } from '../engine/instance'

let engine: Engine
let batch: { batchId: string; waveId: string; itemIds: string[] }
beforeAll(async () => {
  engine = await openEngine(3)
  batch = await runningBatch(engine, 12)
})
afterAll(() => engine.end())

/** Ended attempts of the wave's first person, one after the other on each session, the last of them so many minutes ago. */
const attempts = (
  step: string,
  on: { count: number; seconds: number; sessions: number; minutesAgo: number },
) =>
  db().$executeRaw`
    INSERT INTO "attempt" ("id", "batchId", "waveId", "itemId", "stepKey", "number", "state", "fencingToken", "leaseUntil", "seatId", "startedAt", "endedAt")
    SELECT 'att_' || gen_random_uuid(), ${batch.batchId}, ${batch.waveId}, ${batch.itemIds[0]}, ${step}, 1, 'done', 1, now(), 'set_' || n % ${on.sessions}::int,
      now() - make_interval(mins => ${on.minutesAgo}::int, secs => (${on.count}::int - n) / ${on.sessions}::int * ${on.seconds}::int + ${on.seconds}::int),
      now() - make_interval(mins => ${on.minutesAgo}::int, secs => (${on.count}::int - n) / ${on.sessions}::int * ${on.seconds}::int)
    FROM generate_series(1, ${on.count}::int) AS n`
const look = async () => {
  const { waves, now } = await batchDetail(engine.auditor, batch.batchId)
  const works = waves.map(wave => wave.ahead)
  return { seen: outlook(works, now), now }
}
const ahead = async () => (await look()).seen
const secondsFromNow = async () => {
  const { seen, now } = await look()
  return ((seen?.forecast?.middle.getTime() ?? Number.NaN) - now.getTime()) / 1_000
}

it('says which steps were never measured on the estate instead of a number', async () => {
  expect(await measureSteps()).toBe(0)
  expect(await ahead()).toMatchObject({ forecast: null, unmeasured: ['enable', 'sync', 'move'] })
  await attempts('enable', { count: 30, seconds: 10, sessions: 3, minutesAgo: 1 })
  expect(await measureSteps()).toBe(1)
  expect(await ahead()).toMatchObject({ forecast: null, unmeasured: ['sync', 'move'] })
  await db().$executeRaw`
    INSERT INTO "sync_run" ("id", "estateId", "state", "wantedAt", "startedAt", "endedAt")
    VALUES ('syn_1', 'lab', 'done', now() - interval '200 seconds', now() - interval '180 seconds', now() - interval '80 seconds')`
  await attempts('move', { count: 30, seconds: 60, sessions: 3, minutesAgo: 1 })
  expect(await measureSteps()).toBe(3)
})

it('a wave that only enables has enabling, a cycle and moving before it, without the wait for the approval between them', async () => {
  const seen = await ahead()
  expect(seen).toMatchObject({ unmeasured: [], approvals: true })
  // Twelve people on three sessions: 4 × 10 s, a cycle of 120 s, 4 × 60 s.
  expect(await secondsFromNow()).toBeCloseTo(40 + 120 + 240, 0)
  const [open] = (await overview(engine.auditor)).batches
  expect(open?.waves[0]?.ahead.work).toEqual(
    (await batchDetail(engine.auditor, batch.batchId)).waves[0]?.ahead.work,
  )
  if (!seen?.forecast) throw new Error('There is no forecast.')
  expect(seen.forecast.from < seen.forecast.middle && seen.forecast.middle < seen.forecast.to).toBe(true)
})

it('who is further on has less before them, and who stands in front of a person has nothing', async () => {
  const move = batch.itemIds.slice(0, 6)
  await db().item.updateMany({ where: { id: { in: move } }, data: { stepKey: 'move' } })
  expect(await secondsFromNow()).toBeCloseTo(20 + 120 + 240, 0)
  await db().item.updateMany({ where: { id: { in: batch.itemIds.slice(6) } }, data: { state: 'failed' } })
  expect(await secondsFromNow()).toBeCloseTo(120, 0)
  await db().item.updateMany({ data: { state: 'waiting', stepKey: 'enable' } })
})

it('fewer sessions take longer, and batches at work share them', async () => {
  await db().lane.updateMany({ where: { name: 'sfb' }, data: { concurrency: 1 } })
  expect(await secondsFromNow()).toBeCloseTo(120 + 120 + 720, 0)
  await db().lane.updateMany({ where: { name: 'sfb' }, data: { concurrency: 3 } })
  const other = await runningBatch(engine, 1)
  expect(await secondsFromNow()).toBeCloseTo(80 + 120 + 480, 0)
  await db().batch.delete({ where: { id: other.batchId } })
})

it('a cycle that is under way is reckoned from when it was waited for', async () => {
  await db().item.updateMany({ data: { stepKey: 'sync' } })
  await db()
    .$executeRaw`UPDATE "wave" SET "state" = 'syncing', "syncingSince" = now() - interval '90 seconds'`
  expect(await secondsFromNow()).toBeCloseTo(30 + 240, -1)
  await db().$executeRaw`UPDATE "wave" SET "state" = 'running', "syncingSince" = NULL`
  await db().item.updateMany({ data: { stepKey: 'enable' } })
})

it('only the latest attempts count, and those of another estate do not', async () => {
  await db().attempt.deleteMany()
  await attempts('enable', { count: 300, seconds: 100, sessions: 3, minutesAgo: 600 })
  await attempts('enable', { count: 200, seconds: 20, sessions: 3, minutesAgo: 0 })
  await measureSteps()
  const times = await db().stepTime.findMany({ where: { stepKey: 'enable' } })
  expect(times).toMatchObject([{ estateId: 'lab', runbook: 'sfb-return', sessions: 3 }])
  expect(times[0]?.middleSeconds).toBeCloseTo(20, 5)
  await db().estate.create({ data: { id: 'far', name: 'Far', kind: 'lab' } })
  await db().batch.update({ where: { id: batch.batchId }, data: { estateId: 'far' } })
  expect((await ahead())?.unmeasured).toEqual(['enable', 'sync', 'move'])
})
