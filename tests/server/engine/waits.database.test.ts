import { afterAll, beforeAll, expect, it } from 'vitest'
import { type InTheWay, inTheWay } from '@/domain/way/in-the-way'
import { holdWork } from '@/server/commands/hold-work'
import { releaseWork } from '@/server/commands/release-work'
import { batchDetail } from '@/server/queries/batch'
import { itemDetail } from '@/server/queries/item'
import { db } from '@/server/store/client'
import { begin, type Engine, makeDue, mustBegin, openEngine, runningBatch } from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine(4)
})
afterAll(() => engine.end())

it('pages show what keeps somebody waiting as the work itself is told, whatever it is', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 3)
  const [itemId = '', busy = ''] = itemIds
  const lane = { where: { id: engine.sfb.laneId } }
  const estate = { where: { id: 'lab' } }
  const hold = { scope: 'wave', targetId: waveId, reason: 'A look', heldById: 'x' } as const
  const open = { estateId: 'lab', state: 'open', cause: '10 in a row' } as const
  const pace = { credentialId: engine.sfb.credentialId, sessions: 1, cause: 'Too many', warnings: 1 }
  const soon = (seconds: number) => new Date(Date.now() + seconds * 1000)
  const obstacles: [InTheWay['kind'], () => Promise<unknown>, () => Promise<unknown>][] = [
    ['hold', () => db().hold.create({ data: { id: 'hld', ...hold } }), () => db().hold.deleteMany()],
    [
      'lane-stopped',
      () => db().lane.update({ ...lane, data: { stoppedAt: new Date(), stoppedWhy: 'Refused' } }),
      () => db().lane.update({ ...lane, data: { stoppedAt: null, stoppedWhy: null } }),
    ],
    [
      'switched-off',
      () => db().estate.update({ ...estate, data: { kind: 'live', switchedOnAt: null } }),
      () => db().estate.update({ ...estate, data: { kind: 'lab' } }),
    ],
    [
      'times',
      () => db().wave.update({ where: { id: waveId }, data: { cutOffAt: new Date(0) } }),
      () => db().wave.update({ where: { id: waveId }, data: { cutOffAt: null } }),
    ],
    [
      'breaker',
      () =>
        db().breaker.create({
          data: { id: 'brk', ...open, scope: 'pool', targetId: 'pool01.contoso.example' },
        }),
      () => db().breaker.deleteMany(),
    ],
    [
      'harmed',
      async () => {
        await db().estate.update({ ...estate, data: { harmedCap: 1 } })
        await db().item.update({ where: { id: busy }, data: { harmed: true } })
        await begin(engine, itemId)
        await makeDue()
      },
      async () => {
        await db().item.update({ where: { id: busy }, data: { harmed: false } })
        await db().breaker.deleteMany()
      },
    ],
    [
      'pause',
      () => db().pace.create({ data: { ...pace, notBefore: soon(60), changedAt: new Date() } }),
      () => db().pace.deleteMany(),
    ],
    [
      'slowed',
      async () => {
        await db().pace.create({ data: { ...pace, notBefore: new Date(), changedAt: new Date() } })
        await mustBegin(engine, busy)
      },
      () => db().pace.deleteMany(),
    ],
  ]
  const shown = async () => {
    const item = await itemDetail(engine.auditor, batchId, itemId)
    const batch = await batchDetail(engine.auditor, batchId)
    const inTable = inTheWay(batch.way, {
      batchId,
      waveId,
      itemId,
      lane: 'sfb',
      isWaveStep: false,
      pool: batch.targetPool,
      times: batch.waves[0]?.times ?? { window: null, cutOffAt: null, blackouts: [], estateZone: 'UTC' },
    })
    return [item.way?.kind, inTable?.kind]
  }
  expect(await shown()).toEqual([undefined, undefined])
  for (const [kind, stand, clear] of obstacles) {
    await stand()
    expect(await shown(), kind).toEqual([kind, kind])
    expect(await begin(engine, itemId), kind).toHaveProperty('skip')
    await clear()
    await makeDue()
  }
  expect(await shown()).toEqual([undefined, undefined])
  expect(await begin(engine, itemId)).toHaveProperty('attemptId')
})

it('pages say that no worker serves the lane, and a release counts nobody as free to begin', async () => {
  const { batchId, itemIds } = await runningBatch(engine, 1)
  const shown = async () => (await itemDetail(engine.auditor, batchId, itemIds[0] ?? '')).way
  const hold = { scope: 'batch', targetId: batchId, reason: 'A look' } as const
  expect(await shown()).toBeNull()
  await holdWork(engine.operator, hold)
  await db().worker.updateMany({ data: { lanes: ['lab.sync'] } })
  expect(await releaseWork(engine.operator, hold)).toMatchObject({
    touched: 0,
    others: [{ people: 1, why: 'no worker serves the lane sfb' }],
  })
  expect(await shown()).toEqual({ kind: 'unserved', lane: 'sfb' })
  await db().worker.updateMany({ data: { lanes: ['lab.sfb'] } })
  expect(await shown()).toBeNull()
})
