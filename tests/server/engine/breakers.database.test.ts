import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeBreaker } from '@/server/commands/close-breaker'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { beginApply } from '@/server/commands/hold-lease'
import { breakersNow } from '@/server/queries/breakers'
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
  sendChange,
  waitingFor,
  wentWell,
} from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
beforeEach(() => db().breaker.deleteMany())
afterAll(() => engine.end())

const passPause = async () => {
  await db()
    .$executeRaw`UPDATE "breaker" SET "probeAt" = clock_timestamp() - interval '1 second' WHERE "state" = 'open' AND "scope" <> 'harmed'`
  await makeDue()
}
const types = async (batchId: string) =>
  (
    await db().event.findMany({
      where: { chain: batchId, type: { startsWith: 'breaker.' } },
      orderBy: { seq: 'asc' },
    })
  ).map(event => event.type)

describe('a breaker of a class of errors', () => {
  it('opens after a row of them, lets one through when its pause is over, and closes when that goes well', async () => {
    const { batchId, itemIds } = await runningBatch(engine, 14)
    const id = (n: number) => itemIds[n] ?? ''
    const early = await mustBegin(engine, id(0))
    for (const n of [1, 2, 3, 4, 5]) await attempt(engine, id(n), failure('NEEDS_PERSON', 'new-one'))
    // Whoever had not sent its change when it opened does not send it any more.
    expect(await beginApply(early, '')).toMatchObject({ go: false })
    await finishAttempt(early, { kind: 'lost', reason: 'Stopped.' })
    expect(await begin(engine, id(6))).toMatchObject({ skip: expect.stringContaining('stopped by itself') })
    expect(await breakersNow(engine.auditor)).toMatchObject([
      {
        scope: 'errors',
        targetId: 'NEEDS_PERSON',
        state: 'open',
        signature: 'new-one',
        cause: expect.stringContaining('5 failures in a row'),
      },
    ])

    await passPause()
    const probe = await mustBegin(engine, id(7))
    expect(await begin(engine, id(8))).toHaveProperty('skip')
    await finishAttempt(probe, failure('NEEDS_PERSON'))
    expect(await begin(engine, id(8))).toHaveProperty('skip')

    await passPause()
    const second = await mustBegin(engine, id(9))
    await sendChange(second)
    await finishAttempt(second, wentWell)
    expect(await breakersNow(engine.auditor)).toEqual([])
    await makeDue()
    expect(await begin(engine, id(10))).toHaveProperty('attemptId')
    expect(await types(batchId)).toEqual([
      'breaker.opened',
      'breaker.probing',
      'breaker.opened',
      'breaker.probing',
      'breaker.closed',
    ])
  })

  it('lets one through also where two ask in the same moment', async () => {
    const { batchId, itemIds } = await runningBatch(engine, 7)
    for (const id of itemIds.slice(0, 5)) await attempt(engine, id, failure('NEEDS_PERSON'))
    await passPause()
    const [first = '', second = ''] = itemIds.slice(5)
    // The batch's chain is busy: the first one is through the breaker, and nothing of it is committed yet.
    const asked = await db().$transaction(async tx => {
      await tx.$executeRaw`SELECT 1 FROM "chain" WHERE "id" = ${batchId} FOR UPDATE`
      const one = begin(engine, first)
      await waitingFor('transactionid', 1)
      const other = begin(engine, second)
      await waitingFor('transactionid', 2)
      return [one, other]
    })
    expect(await asked[0]).toHaveProperty('attemptId')
    expect(await asked[1]).toMatchObject({ skip: expect.stringContaining('stopped by itself') })
  })

  it('counts no data of people against pool or worker, and forgets after enough that went well', async () => {
    const { itemIds } = await runningBatch(engine, 40)
    for (const id of itemIds.slice(0, 4)) await attempt(engine, id, failure('PRECONDITION'))
    expect(
      await db().breaker.count({ where: { scope: { in: ['pool', 'worker'] }, consecutive: { gt: 0 } } }),
    ).toBe(0)
    for (const id of itemIds.slice(4, 40)) await attempt(engine, id, wentWell)
    expect(
      await db().breaker.count({ where: { OR: [{ consecutive: { gt: 0 } }, { recent: { not: '' } }] } }),
    ).toBe(0)
  })

  it('is closed by a person with the right and a reason, and says so in the ledger', async () => {
    const { itemIds } = await runningBatch(engine, 8)
    for (const id of itemIds.slice(0, 5)) await attempt(engine, id, failure('AUTH'))
    const [open] = await breakersNow(engine.operator)
    const breakerId = open?.id ?? ''
    await expect(closeBreaker(engine.auditor, { breakerId, reason: 'because' })).rejects.toThrow('operator')
    await expect(closeBreaker(engine.operator, { breakerId, reason: ' ' })).rejects.toThrow('reason')
    await closeBreaker(engine.operator, { breakerId, reason: 'Rights were given' })
    expect(await begin(engine, itemIds[6] ?? '')).toHaveProperty('attemptId')
    await expect(closeBreaker(engine.operator, { breakerId, reason: 'Again' })).rejects.toThrow('not open')
    expect(
      await db().event.findFirst({ where: { type: 'breaker.closed', chain: 'instance' } }),
    ).toMatchObject({
      actorId: engine.operator.kind === 'person' ? engine.operator.personId : '',
    })
  })
})

describe('harmed people', () => {
  const before = { HostingProvider: 'sipfed', RegistrarPool: '' }

  it('stop the batch at the cap; the overshoot is what was in flight; reading them back lets it go on', async () => {
    await db().estate.update({ where: { id: 'lab' }, data: { harmedCap: 3 } })
    const { batchId, itemIds } = await runningBatch(engine, 12)
    const id = (n: number) => itemIds[n] ?? ''
    const flight = await Promise.all([0, 1, 2, 3].map(n => mustBegin(engine, id(n))))
    const probing = await mustBegin(engine, id(4))
    for (const work of flight) await sendChange(work, { HostingProvider: 'SRV:', RegistrarPool: '' })
    const [first, ...rest] = flight
    if (!first) throw new Error('nobody is in flight')
    // At neither end: harmed, though a person has to look and nothing is unknown.
    await finishAttempt(first, { ...failure('PRECONDITION'), kind: 'blocked', before } as never)
    expect(await db().item.findUnique({ where: { id: id(0) } })).toMatchObject({ harmed: true })
    for (const work of rest) await finishAttempt(work, { kind: 'unknown', reason: 'The shell died.', before })
    expect(await begin(engine, id(5))).toMatchObject({
      skip: expect.stringContaining('4 people may be harmed'),
    })
    expect(await beginApply(probing, '')).toMatchObject({ go: false })
    expect((await breakersNow(engine.operator)).filter(one => one.scope === 'harmed')).toMatchObject([
      {
        targetId: batchId,
        harmed: { people: 4, cap: 3, noted: 0 },
        title: expect.stringContaining('1 above the limit of 3'),
      },
    ])
    // Another batch is not stopped by it.
    const other = await runningBatch(engine, 1)
    expect(await begin(engine, other.itemIds[0] ?? '')).toHaveProperty('attemptId')

    for (const n of [1, 2]) {
      await makeDue()
      const readback = await mustBegin(engine, id(n))
      expect(readback.kind).toBe('readback')
      await finishReadback(readback, { said: 'done', reason: 'Seen.', facts: null })
    }
    await makeDue()
    expect(await begin(engine, id(6))).toHaveProperty('attemptId')
    expect(await types(batchId)).toEqual(['breaker.opened', 'breaker.closed'])
  })

  it('taken note of by a person do not count again', async () => {
    const { batchId, itemIds } = await runningBatch(engine, 8)
    for (const id of itemIds.slice(0, 3))
      await attempt(engine, id, { kind: 'unknown', reason: 'Gone.', before })
    const [stands] = (await breakersNow(engine.operator)).filter(one => one.targetId === batchId)
    await closeBreaker(engine.operator, { breakerId: stands?.id ?? '', reason: 'Seen all three' })
    await attempt(engine, itemIds[3] ?? '', { kind: 'unknown', reason: 'Gone.', before })
    expect(await begin(engine, itemIds[4] ?? '')).toHaveProperty('attemptId')
  })

  it('a change that failed and left everything as before harms nobody', async () => {
    const { itemIds } = await runningBatch(engine, 1)
    const work = await mustBegin(engine, itemIds[0] ?? '')
    await sendChange(work, before)
    await finishAttempt(work, { ...failure('PRECONDITION'), before } as never)
    expect(await db().item.findUnique({ where: { id: work.itemId } })).toMatchObject({
      harmed: false,
      state: 'needs_person',
    })
  })
})

it('leaves every chain whole', async () => {
  expect((await verifyChains()).problems).toEqual([])
})
