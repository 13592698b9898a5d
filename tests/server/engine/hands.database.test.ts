import { afterAll, beforeAll, expect, it } from 'vitest'
import { cancelBatch } from '@/server/commands/cancel-batch'
import { closeBreaker } from '@/server/commands/close-breaker'
import { finishReadback } from '@/server/commands/finish-readback'
import { holdWork } from '@/server/commands/hold-work'
import { readBackNow } from '@/server/commands/read-back-now'
import { releaseWork } from '@/server/commands/release-work'
import { resolveUnknown } from '@/server/commands/resolve-unknown'
import { resumeLane } from '@/server/commands/resume-lane'
import { retryItems } from '@/server/commands/retry-items'
import { setLaneConcurrency } from '@/server/commands/set-lane-concurrency'
import { skipItem } from '@/server/commands/skip-item'
import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import {
  attempt,
  begin,
  type Engine,
  failure,
  makeDue,
  mustBegin,
  openEngine,
  runningBatch,
} from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.end())

it('every scope of a hold says how many it keeps from beginning, keeps them, and lets them go on', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 3)
  const [first = '', second = ''] = itemIds
  await mustBegin(engine, first)
  const scopes = [
    { scope: 'everything' as const },
    { scope: 'estate' as const, targetId: 'lab' },
    { scope: 'lane' as const, targetId: engine.sfb.laneId },
    { scope: 'batch' as const, targetId: batchId },
    { scope: 'wave' as const, targetId: waveId },
    { scope: 'item' as const, targetId: second },
  ]
  for (const on of scopes) {
    const held = await holdWork(engine.operator, { ...on, reason: 'A look' })
    expect(held).toMatchObject(on.scope === 'item' ? { touched: 1, running: 0 } : { touched: 2, running: 1 })
    expect(await begin(engine, second)).toMatchObject({ skip: 'held: A look' })
    const released = await releaseWork(engine.operator, { ...on, reason: 'Looked' })
    expect(released.touched).toBe(on.scope === 'item' ? 1 : 2)
  }
  expect(await begin(engine, second)).toHaveProperty('attemptId')
})

it('a lane is held for those whose next step runs on it, and its release lets them go on but for whom another hold keeps', async () => {
  const { waveId, itemIds } = await runningBatch(engine, 4)
  const [first = '', second = ''] = itemIds
  await db().item.updateMany({ where: { id: first }, data: { stepKey: 'sync' } })
  await db().wave.update({ where: { id: waveId }, data: { state: 'syncing' } })
  const sync = await db().lane.findFirstOrThrow({ where: { estateId: 'lab', name: 'sync' } })
  const others = await db().item.count({
    where: {
      waveId: { not: waveId },
      state: { in: ['waiting', 'not_started'] },
      wave: { state: { notIn: ['done', 'cancelled'] } },
    },
  })
  const on = (laneId: string) => ({ scope: 'lane' as const, targetId: laneId, reason: 'A look' })
  expect(await holdWork(engine.operator, on(sync.id))).toMatchObject({ touched: 1 })
  const told = await db().event.findFirst({ where: { type: 'hold.set' }, orderBy: { at: 'desc' } })
  expect(told).toMatchObject({
    version: 2,
    data: { scope: 'lane', name: expect.stringMatching(/^sync of /) },
  })
  expect(await holdWork(engine.operator, on(engine.sfb.laneId))).toMatchObject({ touched: 3 + others })
  await holdWork(engine.operator, { scope: 'item', targetId: second, reason: 'On leave' })
  expect(await releaseWork(engine.operator, on(engine.sfb.laneId))).toMatchObject({
    touched: 2 + others,
    others: [{ people: 1, why: 'the hold on them stays' }],
  })
  expect(await releaseWork(engine.operator, on(sync.id))).toMatchObject({ touched: 1, others: [] })
  await releaseWork(engine.operator, { scope: 'item', targetId: second, reason: 'Back' })
})

it('what lets work go on counts those who may begin, and says why the others do not', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 8)
  const id = (n: number) => itemIds[n] ?? ''
  const wave = (name: string, data: object, people: number[]) =>
    db()
      .wave.create({
        data: { id: `wav_${batchId}${name}`, batchId, position: people[0] ?? 0, name, ...data },
      })
      .then(made =>
        db().item.updateMany({
          where: { id: { in: people.map(id) } },
          data: { waveId: made.id, ...(name === 'Draft' ? { state: 'not_started' } : {}) },
        }),
      )
  await wave('Draft', {}, [5, 6, 7])
  await wave('Late', { state: 'running', cutOffAt: new Date(0) }, [3, 4])
  const pausing = { errorClass: 'TRANSIENT', dueAt: new Date(Date.now() + 600_000) }
  await db().item.update({ where: { id: id(1) }, data: pausing })
  const others = [
    { people: 3, why: 'their wave is not approved' },
    { people: 2, why: 'the cut-off of their wave has passed' },
    { people: 1, why: 'they wait out the pause after a failure' },
  ]
  const on = { scope: 'batch' as const, targetId: batchId, reason: 'A look' }
  await holdWork(engine.operator, on)
  expect(await releaseWork(engine.operator, on)).toMatchObject({ touched: 2, others })

  const breaker = { estateId: 'lab', state: 'open', cause: 'Many', openedAt: new Date() } as const
  const open = (breakerId: string, scope: 'harmed' | 'wave' | 'pool', targetId: string) =>
    db().breaker.create({ data: { ...breaker, id: breakerId, scope, targetId } })
  const close = (breakerId: string) => closeBreaker(engine.operator, { breakerId, reason: 'Looked at' })
  await open('brk_harm', 'harmed', batchId)
  await open('brk_wave', 'wave', waveId)
  // Nobody of another batch, and nobody whom it did not stop.
  const stays = { people: 3, why: 'too many people of their batch may be harmed' }
  expect(await close('brk_wave')).toEqual({ touched: 0, others: [stays] })
  expect(await close('brk_harm')).toEqual({ touched: 2, others })
  await open('brk_pool', 'pool', 'pool09.contoso.example')
  expect(await close('brk_pool')).toEqual({ touched: 0, others: [] })
  const closed = await db().event.findMany({
    where: { type: 'breaker.closed', chain: batchId },
    orderBy: { seq: 'asc' },
  })
  expect(closed.map(event => [event.waveId, event.actorName, event.data])).toEqual([
    [waveId, engine.operator.name, expect.objectContaining({ scope: 'wave', reason: 'Looked at' })],
    [null, engine.operator.name, expect.objectContaining({ scope: 'harmed', reason: 'Looked at' })],
  ])

  await db().lane.update({ where: { id: engine.sfb.laneId }, data: { stoppedAt: new Date() } })
  await holdWork(engine.operator, on)
  const resumed = await resumeLane(engine.operator, { laneId: engine.sfb.laneId, reason: 'A new password' })
  expect(resumed.others).toContainEqual({ people: 5, why: 'the hold on their batch stays' })
  await releaseWork(engine.operator, on)
  await db().batch.update({ where: { id: batchId }, data: { state: 'cancelled' } })
  await db().wave.updateMany({ where: { batchId }, data: { state: 'cancelled' } })
})

it('only operators hold, release, and let a stopped lane go on', async () => {
  const on = { scope: 'everything' as const, reason: 'A look' }
  await expect(holdWork(engine.lead, on)).rejects.toThrow('This takes an operator.')
  await expect(releaseWork(engine.lead, on)).rejects.toThrow('This takes an operator.')
  await expect(resumeLane(engine.lead, { laneId: engine.sfb.laneId, reason: 'x' })).rejects.toThrow(
    'This takes an operator.',
  )
})

it('a cancelled batch leaves out also those who are stuck in a wave that has ended, and frees their places', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 2)
  const [stuck = '', across = ''] = itemIds
  const later = await db().wave.create({ data: { id: 'wav_later', batchId, position: 9, name: 'Later' } })
  await attempt(engine, stuck, failure('PRECONDITION', 'no-licence'))
  await db().item.update({ where: { id: across }, data: { state: 'done', open: false } })
  await db().wave.update({ where: { id: waveId }, data: { state: 'done' } })
  const reason = 'Another way'
  await db().item.update({ where: { id: stuck }, data: { state: 'unknown' } })
  await expect(cancelBatch(engine.lead, { batchId, reason })).rejects.toThrow('unknown')
  await db().item.update({ where: { id: stuck }, data: { state: 'needs_person' } })
  expect(await cancelBatch(engine.lead, { batchId, reason })).toEqual({ people: 1 })
  expect(await db().item.findUnique({ where: { id: stuck } })).toMatchObject({
    state: 'left_out',
    outKind: 'cancelled',
    open: false,
  })
  expect(await db().item.findUnique({ where: { id: across } })).toMatchObject({ state: 'done' })
  expect(await db().wave.findUnique({ where: { id: later.id } })).toMatchObject({ state: 'cancelled' })
  expect((await retryItems(engine.operator, { batchId, itemIds: [stuck], reason })).touched).toBe(0)
})

it('retries one, those a filter finds, or a cluster, and says why not the others', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 6)
  const id = (n: number) => itemIds[n] ?? ''
  for (const n of [0, 1, 2]) await attempt(engine, id(n), failure('PRECONDITION', 'no-licence'))
  await attempt(engine, id(3), failure('PRECONDITION', 'other'))
  const reason = 'Licences are there'
  expect(await retryItems(engine.operator, { batchId, itemIds: [id(0), id(4)], reason })).toEqual({
    touched: 1,
    refused: [{ itemId: id(4), why: 'Only people who failed or need a person can be retried.' }],
  })
  expect(await db().item.findUnique({ where: { id: id(0) } })).toMatchObject({
    state: 'waiting',
    ahead: true,
  })
  expect(await retryItems(engine.operator, { batchId, itemIds: ['itm_none'], reason })).toEqual({
    touched: 0,
    refused: [{ itemId: 'itm_none', why: 'There is no such person in this batch.' }],
  })
  const found = await retryItems(engine.operator, {
    batchId,
    filter: { waveId, cluster: 'no-licence' },
    reason,
  })
  expect(found).toEqual({ touched: 2, refused: [] })
  expect(
    (await retryItems(engine.operator, { batchId, filter: { states: ['needs_person'] }, reason })).touched,
  ).toBe(1)
  await expect(retryItems(engine.operator, { batchId, filter: {}, reason })).rejects.toThrow(
    'Nobody is selected',
  )
  await expect(retryItems(engine.lead, { batchId, itemIds: [id(0)], reason })).rejects.toThrow('operator')
})

it('an unknown outcome is decided by a person only after three readings failed, and tried again only by reading first', async () => {
  const { batchId, itemIds } = await runningBatch(engine, 2)
  const id = itemIds[0] ?? ''
  await attempt(engine, id, { kind: 'unknown', reason: 'The shell died.', before: null })
  const reason = 'The server is gone for good'
  for (let reading = 0; reading < 3; reading++) {
    await expect(resolveUnknown(engine.operator, { itemId: id, reason })).rejects.toThrow('still reading')
    await makeDue()
    await finishReadback(await mustBegin(engine, id), { said: 'failed', reason: 'No answer.', facts: null })
  }
  await expect(resolveUnknown(engine.lead, { itemId: id, reason })).rejects.toThrow('operator')
  await makeDue()
  const late = await mustBegin(engine, id)
  await resolveUnknown(engine.operator, { itemId: id, reason })
  await expect(finishReadback(late, { said: 'done', reason: 'Seen.', facts: null })).rejects.toThrow()
  expect(await db().item.findUnique({ where: { id } })).toMatchObject({
    state: 'needs_person',
    harmed: true,
    reason: `Said by a person, not seen: ${reason}`,
  })
  // Rule 2: never applied again before it was read back.
  await retryItems(engine.operator, { batchId, itemIds: [id], reason: 'It is back' })
  expect(await mustBegin(engine, id)).toMatchObject({ kind: 'readback' })

  const other = itemIds[1] ?? ''
  await attempt(engine, other, { kind: 'unknown', reason: 'The shell died.', before: null })
  await expect(skipItem(engine.operator, { itemId: other, reason })).rejects.toThrow('still reading')
})

it('an unknown outcome is read back at once where an operator asks, and only read', async () => {
  const { waveId, itemIds } = await runningBatch(engine, 2)
  const [id = '', known = ''] = itemIds
  await attempt(engine, id, { kind: 'unknown', reason: 'The shell died.', before: null })
  await db().item.update({
    where: { id },
    data: { dueAt: new Date(Date.now() + 300_000), queuedAt: new Date() },
  })
  expect(await begin(engine, id)).toEqual({ skip: 'not due yet' })
  await expect(readBackNow(engine.lead, { itemId: id })).rejects.toThrow('operator')
  await expect(readBackNow(engine.operator, { itemId: known })).rejects.toThrow('The outcome is known')
  expect(await readBackNow(engine.operator, { itemId: id })).toEqual({ already: false })
  expect(await db().item.findUnique({ where: { id } })).toMatchObject({
    state: 'unknown',
    ahead: true,
    queuedAt: null,
  })
  expect(await db().event.findMany({ where: { itemId: id, type: 'item.reading_asked' } })).toHaveLength(1)
  expect(
    await db().outbox.count({ where: { payload: { path: ['waveId'], equals: waveId } } }),
  ).toBeGreaterThan(0)
  expect(await mustBegin(engine, id)).toMatchObject({ kind: 'readback' })
  expect(await readBackNow(engine.operator, { itemId: id })).toEqual({ already: true })
})

it('a lane is given more or fewer sessions while it runs, within what its credential may hold', async () => {
  const { itemIds } = await runningBatch(engine, 4)
  await db().$executeRaw`UPDATE "attempt" SET "state" = 'lost', "endedAt" = now() WHERE "endedAt" IS NULL`
  const [one = '', two = '', three = ''] = itemIds
  await mustBegin(engine, one)
  await mustBegin(engine, two)
  const { laneId } = engine.sfb
  expect(await setLaneConcurrency(engine.operator, { laneId, concurrency: 1, reason: 'Day time' })).toEqual({
    before: 50,
    running: 2,
    over: 1,
  })
  expect(await begin(engine, three)).toMatchObject({ skip: expect.stringContaining('its limit') })
  await setLaneConcurrency(engine.operator, { laneId, concurrency: 3, reason: 'Night' })
  await makeDue()
  expect(await begin(engine, three)).toHaveProperty('attemptId')
  const ask = (concurrency: number) =>
    setLaneConcurrency(engine.operator, { laneId, concurrency, reason: 'x' })
  await expect(ask(0)).rejects.toThrow('hold it')
  await expect(ask(51)).rejects.toThrow('1 to 50')
  await expect(setLaneConcurrency(engine.auditor, { laneId, concurrency: 2, reason: 'x' })).rejects.toThrow(
    'operator',
  )
  expect(await db().event.count({ where: { type: 'lane.concurrency_set' } })).toBe(2)
})

it('leaves every chain whole', async () => {
  expect((await verifyChains()).problems).toEqual([])
})
