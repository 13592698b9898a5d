import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { beginAttempt } from '@/server/commands/begin-attempt'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { finishReadiness } from '@/server/commands/finish-readiness'
import { resumeLane } from '@/server/commands/resume-lane'
import { dueItems } from '@/server/queries/due-work'
import { pacesNow } from '@/server/queries/paces'
import type { JobQueue, QueueBackend } from '@/server/queue/backend'
import { Relay } from '@/server/queue/relay'
import { db } from '@/server/store/client'
import { PostgresSeats } from '@/server/store/seats'
import {
  attempt,
  begin,
  type Engine,
  makeDue,
  mustBegin,
  openEngine,
  phase,
  runningBatch,
  sendChange,
  wentWell,
} from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine(4)
})
beforeEach(async () => {
  await db().pace.deleteMany()
  await db().seat.deleteMany()
  await db().$executeRaw`UPDATE "attempt" SET "state" = 'lost', "endedAt" = now() WHERE "endedAt" IS NULL`
})
afterAll(() => engine.end())

const throttled = (askedSeconds: number | null) =>
  ({
    kind: 'retry',
    reason: 'The request limit is used up.',
    errorClass: 'THROTTLED',
    signature: 'quota',
    before: null,
    delaySeconds: 1,
    counts: true,
    askedSeconds,
  }) as const

it('a service that refuses gets half the sessions, and nothing before the pause it named is over', async () => {
  const { batchId, itemIds } = await runningBatch(engine, 8)
  const id = (n: number) => itemIds[n] ?? ''
  const works = [
    await mustBegin(engine, id(0)),
    await mustBegin(engine, id(1)),
    await mustBegin(engine, id(2)),
  ]
  for (const work of works.slice(0, 2)) await finishAttempt(work, throttled(17))
  expect(await begin(engine, id(3))).toMatchObject({ skip: expect.stringContaining('pause of') })
  // Both were told in the same moment: halved once, not twice.
  expect(await pacesNow(engine.auditor)).toMatchObject([
    {
      credentialId: engine.sfb.credentialId,
      allowed: 2,
      all: 4,
      working: 1,
      cause: 'The request limit is used up.',
    },
  ])
  expect((await pacesNow(engine.auditor))[0]?.pauseSeconds).toBeGreaterThan(15)
  await db().$executeRaw`UPDATE "pace" SET "notBefore" = clock_timestamp(), "changedAt" = clock_timestamp()`
  await makeDue()
  expect(await begin(engine, id(3))).toHaveProperty('attemptId')
  expect(await begin(engine, id(4))).toMatchObject({ skip: expect.stringContaining('2 sessions at once') })
  // Quiet for a while: one session more for each pause of the ladder.
  await db().$executeRaw`
    UPDATE "pace" SET "notBefore" = clock_timestamp() - interval '6 seconds', "changedAt" = clock_timestamp() - interval '6 seconds'`
  await makeDue()
  expect(await begin(engine, id(4))).toHaveProperty('attemptId')
  expect(await db().event.count({ where: { chain: batchId, type: 'pace.slowed' } })).toBe(1)
})

it('a reading that is refused slows the credential as a change does, and a refused credential stops its lanes', async () => {
  const { itemIds } = await runningBatch(engine, 3)
  const id = (n: number) => itemIds[n] ?? ''
  await attempt(engine, id(0), { kind: 'unknown', reason: 'The shell was lost.', before: null })
  await makeDue()
  const failed = { said: 'failed', reason: 'The request limit is used up.', facts: null } as const
  const asked = { errorClass: 'THROTTLED', scope: 'credential', askedSeconds: 17 } as const
  await finishReadback(await mustBegin(engine, id(0)), { ...failed, failure: asked })
  expect(await pacesNow(engine.auditor)).toMatchObject([{ allowed: 2, all: 4, cause: failed.reason }])
  expect((await pacesNow(engine.auditor))[0]?.pauseSeconds).toBeGreaterThan(15)

  await db().pace.deleteMany()
  await db().item.update({ where: { id: id(1) }, data: { state: 'not_started', readAt: null } })
  const reading = await begin(engine, id(1), 'readiness')
  if ('skip' in reading) throw new Error(reading.skip)
  const refused = { errorClass: 'AUTH', scope: 'credential', askedSeconds: null } as const
  await finishReadiness(reading, { kind: 'unread', reason: 'The password has expired.', failure: refused })
  expect(await db().lane.findUniqueOrThrow({ where: { id: engine.sfb.laneId } })).toMatchObject({
    stoppedWhy: 'The password has expired.',
  })
  await resumeLane(engine.operator, { laneId: engine.sfb.laneId, reason: 'A new password is set.' })
})

it('a delay that the service put in front of a call costs one session', async () => {
  const { itemIds } = await runningBatch(engine, 2)
  const work = await mustBegin(engine, itemIds[0] ?? '')
  await phase(work, 'probe', null, ['Micro delay applied. Actual delayed: 900 msecs, Enforced: True'])
  expect(await pacesNow(engine.auditor)).toMatchObject([{ allowed: 3, all: 4, warnings: 1, delayedMs: 900 }])
  await finishAttempt(work, wentWell)
})

it('a lane works on no more at once than its concurrency, over all workers', async () => {
  const { itemIds } = await runningBatch(engine, 3)
  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { concurrency: 1 } })
  expect(await begin(engine, itemIds[0] ?? '')).toHaveProperty('attemptId')
  expect(await begin(engine, itemIds[1] ?? '')).toMatchObject({ skip: expect.stringContaining('its limit') })
  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { concurrency: 4 } })
})

it('a session that is done with one person begins the next while how it went is still written, and no other session does', async () => {
  const { itemIds } = await runningBatch(engine, 3)
  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { concurrency: 1 } })
  const first = await mustBegin(engine, itemIds[0] ?? '')
  await sendChange(first)
  const { seatId } = await db().attempt.findUniqueOrThrow({ where: { id: first.attemptId } })
  const seat = { id: seatId ?? '', number: 1 }
  const by = { purpose: 'work', workerId: 'wrk_test', workerName: 'test' } as const
  expect(await begin(engine, itemIds[1] ?? '')).toMatchObject({ skip: expect.stringContaining('its limit') })
  const second = await beginAttempt({ ...by, itemId: itemIds[2] ?? '', seat })
  if ('skip' in second) throw new Error(second.skip)
  await makeDue()
  expect(await begin(engine, itemIds[1] ?? '')).toMatchObject({ skip: expect.stringContaining('its limit') })
  await finishAttempt(first, wentWell)
  await sendChange(second)
  await finishAttempt(second, wentWell)
  const states = await db().item.findMany({ where: { id: { in: [first.itemId, second.itemId] } } })
  expect(states.map(item => item.stepKey)).toEqual(['sync', 'sync'])
  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { concurrency: 4 } })
})

it('a lane keeps to its concurrency also when all of them begin in the same moment', async () => {
  const { itemIds } = await runningBatch(engine, 12)
  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { concurrency: 2 } })
  const begun = await Promise.all(itemIds.map(id => begin(engine, id)))
  expect(begun.filter(one => 'attemptId' in one)).toHaveLength(2)
  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { concurrency: 4 } })
})

it('a tenant never has more sessions than it allows, over all its credentials', async () => {
  await db().estate.update({ where: { id: 'lab' }, data: { maxSessions: 3 } })
  const other = await db().credential.findFirstOrThrow({
    where: { estateId: 'lab', name: 'lab-sync-operator' },
  })
  await db().credential.update({ where: { id: other.id }, data: { maxSessions: 5 } })
  const seats = new PostgresSeats({ id: 'wrk_test', host: 'here' })
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      n % 2 === 0 ? seats.acquire(engine.sfb.credentialId, 'sfb') : seats.acquire(other.id, 'sync'),
    ),
  )
  expect(asked.filter(seat => seat !== null)).toHaveLength(3)
  await db().estate.update({ where: { id: 'lab' }, data: { maxSessions: 60 } })
})

it('batches take turns in the queue, and somebody put back by hand goes ahead', async () => {
  await db().item.updateMany({ data: { open: false, state: 'left_out' } })
  const one = await runningBatch(engine, 6)
  const two = await runningBatch(engine, 2)
  await db().wave.updateMany({ data: { isPilot: false } })
  const jobs: { itemId: string; priority: number }[] = []
  const queue: JobQueue<never> = {
    addMany: async added => {
      for (const job of added)
        jobs.push({ itemId: (job.data as { itemId: string }).itemId, priority: job.priority ?? 0 })
    },
    size: async () => jobs.length,
    obliterate: async () => undefined,
    close: async () => undefined,
  }
  const backend = { kind: 'postgres', queue: () => queue } as unknown as QueueBackend
  const relay = new Relay(backend)
  await db().$executeRaw`UPDATE "item" SET "ahead" = true WHERE "id" = ${one.itemIds[5] ?? ''}`
  expect(await relay.queueDue()).toBe(8)
  const order = [...jobs].sort((a, b) => a.priority - b.priority).map(job => job.itemId)
  expect(order.slice(0, 5).map(id => (two.itemIds.includes(id) ? 'two' : 'one'))).toEqual(
    expect.arrayContaining(['one', 'two', 'one', 'two']),
  )
  expect(order.slice(0, 3)).toContain(one.itemIds[5])
  expect(Math.max(...two.itemIds.map(id => order.indexOf(id)))).toBeLessThanOrEqual(4)
  expect(await dueItems(10)).toEqual([])
})
