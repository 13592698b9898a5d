import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MetFailure } from '@/server/commands/attempt-outcome'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { beginApply } from '@/server/commands/hold-lease'
import { retryItems } from '@/server/commands/retry-items'
import { pacesNow } from '@/server/queries/paces'
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
  sendChange,
  waitingFor,
} from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
  await db().estate.update({ where: { id: 'lab' }, data: { settleSeconds: 0, harmedCap: 3 } })
})
beforeEach(async () => {
  await db().breaker.deleteMany()
  await db().pace.deleteMany()
  await db().hold.deleteMany()
  await db().lane.updateMany({ data: { stoppedAt: null, stoppedWhy: null } })
})
afterAll(() => engine.end())

const met = (errorClass: string, more: Partial<MetFailure> = {}): MetFailure => ({
  errorClass,
  scope: 'item',
  askedSeconds: null,
  signature: `a-${errorClass}`,
  reason: `It was ${errorClass}.`,
  ...more,
})
const unknown = (own: MetFailure | null, ...others: MetFailure[]) => ({
  kind: 'unknown' as const,
  reason: 'The change failed, and the state could not be read afterwards.',
  before: null,
  failure: own,
  met: others,
})
const oneOf = async (people = 1) => (await runningBatch(engine, people)).itemIds[0] ?? ''
const itemOf = (id: string) => db().item.findUniqueOrThrow({ where: { id } })
const lane = () => db().lane.findUniqueOrThrow({ where: { id: engine.sfb.laneId } })
const counted = async () =>
  (await db().breaker.findMany({ where: { consecutive: { gt: 0 } } }))
    .map(row => `${row.scope} ${row.scope === 'errors' || row.scope === 'worker' ? row.targetId : ''}`.trim())
    .sort()

describe('an unknown outcome', () => {
  it('of a refused credential stops its lanes and is told to the breakers in the same moment', async () => {
    const id = await oneOf()
    const auth = met('AUTH', { scope: 'credential', reason: 'The password is wrong.' })
    const work = await attempt(engine, id, unknown(met('TRANSIENT'), auth))
    expect(await itemOf(id)).toMatchObject({ state: 'unknown', harmed: true })
    expect((await lane()).stoppedWhy).toBe('The password is wrong.')
    expect(await db().attempt.findUniqueOrThrow({ where: { id: work.attemptId } })).toMatchObject({
      state: 'unknown',
      errorClass: 'TRANSIENT',
      errorSignature: 'a-TRANSIENT',
    })
    expect(await counted()).toEqual([
      'credential',
      'errors AUTH',
      'errors TRANSIENT',
      'errors UNKNOWN_OUTCOME',
      'pool',
      'wave',
      'worker test',
    ])
  })

  it('of a throttled change slows the credential, and is not read back before the pause is over', async () => {
    const id = await oneOf()
    await attempt(engine, id, unknown(met('THROTTLED', { askedSeconds: 17 })))
    expect((await pacesNow(engine.auditor))[0]?.pauseSeconds).toBeGreaterThan(15)
    await makeDue()
    expect(await begin(engine, id)).toMatchObject({ skip: expect.stringContaining('pause of') })
    await db().pace.deleteMany()
    await makeDue()
    expect(await begin(engine, id)).toMatchObject({ kind: 'readback' })
  })

  it('of a defect holds the batch', async () => {
    const { batchId, itemIds } = await runningBatch(engine, 1)
    await attempt(engine, itemIds[0] ?? '', unknown(met('FATAL', { scope: 'estate' })))
    expect(await db().hold.count({ where: { targetId: batchId, releasedAt: null } })).toBe(1)
  })

  it.each([
    [null, 'waiting'],
    ['TRANSIENT', 'waiting'],
    ['SESSION_LOST', 'waiting'],
    ['AUTH', 'needs_person'],
    ['FATAL', 'needs_person'],
    ['PRECONDITION', 'needs_person'],
    ['NEEDS_PERSON', 'needs_person'],
  ])('of a change that failed with %s, read twice as before, is %s', async (errorClass, state) => {
    const { batchId, itemIds } = await runningBatch(engine, 1)
    const id = itemIds[0] ?? ''
    await attempt(engine, id, unknown(errorClass === null ? null : met(errorClass)))
    for (const _ of [1, 2]) {
      await makeDue()
      const readback = await mustBegin(engine, id)
      await finishReadback(readback, { said: 'needed', reason: 'Not enabled.', facts: null })
    }
    expect(await itemOf(id)).toMatchObject({
      state,
      harmed: false,
      errorClass: state === 'waiting' ? null : errorClass,
    })
    if (state === 'waiting') return
    expect((await itemOf(id)).reason).toContain('could not be read afterwards')
    await db().hold.deleteMany()
    // What was read need not be read back once more: a person tries again.
    await retryItems(engine.operator, { batchId, itemIds: [id], reason: 'Mended' })
    await makeDue()
    expect(await begin(engine, id)).toMatchObject({ kind: 'run' })
  })
})

it('a change that went well on the way slows the credential all the same, where it was throttled', async () => {
  const throttled = met('THROTTLED', { askedSeconds: 17 })
  const seen = { reason: 'Seen.', before: null, after: null, seconds: 1, met: [throttled] }
  await attempt(engine, await oneOf(), { kind: 'done', ...seen })
  expect((await pacesNow(engine.auditor))[0]?.pauseSeconds).toBeGreaterThan(15)
})

it('a change whose script never ran harms nobody', async () => {
  const id = await oneOf()
  const work = await mustBegin(engine, id)
  await beginApply(work, '')
  await finishAttempt(work, { ...failure('NEEDS_PERSON'), untouched: true } as never)
  expect(await itemOf(id)).toMatchObject({ state: 'needs_person', harmed: false })
})

it('is read back as that attempt’s, also where the reading begins while the outcome is being written', async () => {
  const id = await oneOf()
  const work = await mustBegin(engine, id)
  await sendChange(work)
  const reading = await db().$transaction(async tx => {
    // As whoever ends a lost worker's leases writes it: the person's row first.
    await tx.$queryRaw`SELECT "id" FROM "item" WHERE "id" = ${id} FOR UPDATE`
    const waits = begin(engine, id)
    await waitingFor('transactionid', 1)
    await tx.$executeRaw`UPDATE "attempt" SET "state" = 'unknown', "endedAt" = clock_timestamp() WHERE "id" = ${work.attemptId}`
    await tx.$executeRaw`
      UPDATE "item" SET "state" = 'unknown', "leaseAttemptId" = NULL, "leaseUntil" = NULL, "dueAt" = NULL WHERE "id" = ${id}`
    return { waits }
  })
  const begun = await reading.waits
  if ('skip' in begun) throw new Error(begun.skip)
  expect(begun.kind).toBe('readback')
  const { readsBackId } = await db().attempt.findUniqueOrThrow({ where: { id: begun.attemptId } })
  expect(readsBackId).toBe(work.attemptId)
})
