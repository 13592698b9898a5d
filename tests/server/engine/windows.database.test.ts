import { afterAll, beforeAll, expect, it } from 'vitest'
import { advanceWave } from '@/server/commands/advance-wave'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { keepForecasts } from '@/server/commands/keep-forecasts'
import { removeBlackout, setBlackout } from '@/server/commands/set-blackout'
import { setWaveWindow } from '@/server/commands/set-wave-window'
import { batchDetail } from '@/server/queries/batch'
import { dueItems } from '@/server/queries/due-work'
import { forecastRecord } from '@/server/queries/forecast-record'
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
  wentWell,
} from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.end())

/** A window in UTC around or away from the database's time, by hours. */
const around = async (fromHours: number, toHours: number) => {
  const rows = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`
  const at = (hours: number) =>
    new Date((rows[0]?.now.getTime() ?? 0) + hours * 3_600_000).toISOString().slice(11, 16)
  return { zone: 'UTC', from: at(fromHours), to: at(toHours), days: [1, 2, 3, 4, 5, 6, 7] }
}
const reason = 'Agreed with the help desk'

it('outside its window nobody of a wave begins or is queued, what runs may end, and inside it goes on', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 3)
  const [one = '', two = ''] = itemIds
  const running = await mustBegin(engine, one)
  const shut = await setWaveWindow(engine.lead, { waveId, window: await around(2, 4), cutOff: null, reason })
  expect(shut.touched).toBe(2)
  expect(await begin(engine, two)).toMatchObject({
    skip: expect.stringContaining('Outside its change window'),
  })
  await sendChange(running)
  await finishAttempt(running, wentWell)
  await advanceWave(waveId)
  const wave = (await batchDetail(engine.auditor, batchId)).waves[0]
  expect(wave?.stateReason).toContain('Outside its change window. It opens')
  expect(wave).toMatchObject({ notNow: expect.stringContaining('It opens'), window: { zone: 'UTC' } })
  await makeDue()
  expect((await dueItems(100)).filter(item => itemIds.includes(item.itemId))).toEqual([])

  await setWaveWindow(engine.lead, { waveId, window: await around(-1, 1), cutOff: null, reason })
  await advanceWave(waveId)
  expect((await batchDetail(engine.auditor, batchId)).waves[0]).toMatchObject({
    stateReason: null,
    notNow: null,
  })
  await makeDue()
  expect(await begin(engine, two)).toHaveProperty('attemptId')
})

it('after the cut-off nothing new begins, an unknown outcome is still read back, and the approval stays', async () => {
  const { waveId, itemIds } = await runningBatch(engine, 2)
  const [one = '', two = ''] = itemIds
  await attempt(engine, one, { kind: 'unknown', reason: 'Gone.', before: null })
  await setWaveWindow(engine.operator, { waveId, window: null, cutOff: '2020-01-01T00:00', reason })
  await makeDue()
  expect(await begin(engine, two)).toMatchObject({ skip: expect.stringContaining('cut-off has passed') })
  expect(await mustBegin(engine, one)).toMatchObject({ kind: 'readback' })
  expect(await db().approval.findFirst({ where: { waveId } })).toMatchObject({ state: 'spent' })
})

it('barred days keep an estate from starting, in its own zone, until they are taken back', async () => {
  const { itemIds } = await runningBatch(engine, 1)
  await db().estate.update({ where: { id: 'lab' }, data: { zone: 'Pacific/Kiritimati' } })
  const today = await db().$queryRaw<{ day: string }[]>`
    SELECT to_char(clock_timestamp() AT TIME ZONE 'Pacific/Kiritimati', 'YYYY-MM-DD') AS "day"`
  const day = today[0]?.day ?? ''
  const { blackoutId } = await setBlackout(engine.lead, {
    estateId: 'lab',
    firstDay: day,
    lastDay: day,
    reason: 'Quarter end',
  })
  expect(await begin(engine, itemIds[0] ?? '')).toMatchObject({
    skip: expect.stringContaining('Quarter end'),
  })
  await removeBlackout(engine.lead, { blackoutId, reason: 'Moved' })
  expect(await begin(engine, itemIds[0] ?? '')).toHaveProperty('attemptId')
  await expect(removeBlackout(engine.lead, { blackoutId, reason: 'Again' })).rejects.toThrow('not barred')
})

it('refuses what is no window, no moment, no reason, and no permission', async () => {
  const { waveId } = await runningBatch(engine, 1)
  const window = { zone: 'Europe/Berlin', from: '22:00', to: '04:00', days: [1] }
  const set = (more: object) => setWaveWindow(engine.lead, { waveId, window, cutOff: null, reason, ...more })
  await expect(set({ window: { ...window, zone: 'Berlin' } })).rejects.toThrow('no time zone')
  await expect(set({ cutOff: 'tomorrow' })).rejects.toThrow('no moment')
  await expect(set({ reason: '' })).rejects.toThrow('reason')
  await expect(setWaveWindow(engine.auditor, { waveId, window, cutOff: null, reason })).rejects.toThrow(
    'lead',
  )
  expect(await set({ cutOff: '2027-03-28T02:30' })).toMatchObject({
    window: '22:00 to 04:00 Europe/Berlin, Mon',
    cutOffAt: new Date('2027-03-28T01:30:00Z'),
  })
})

it('keeps what was forecast, and says how many held when the wave has ended, its wait for an approval left out', async () => {
  await db().wave.updateMany({ data: { state: 'done', endedAt: new Date() } })
  await db().forecast.deleteMany()
  const { batchId, waveId, itemIds } = await runningBatch(engine, 12)
  await db().item.updateMany({
    where: { id: { in: itemIds.slice(0, 6) } },
    data: { state: 'done', changedAt: new Date() },
  })
  expect(await keepForecasts()).toBe(0)
  await db().stepTime.createMany({
    data: ['enable', 'sync', 'move'].map(stepKey => ({
      estateId: 'lab',
      runbook: 'sfb-return',
      stepKey,
      lowSeconds: 20,
      middleSeconds: 30,
      highSeconds: 60,
      sessions: 3,
    })),
  })
  expect(await keepForecasts()).toBe(1)
  expect(await keepForecasts()).toBe(0)
  const made = await db().forecast.findFirstOrThrow({ where: { waveId } })
  expect(made).toMatchObject({ batchId, remaining: 6 })
  const { id, middleAt } = made
  await db().forecast.update({ where: { id }, data: { madeAt: new Date(made.madeAt.getTime() - 60_000) } })
  // The first was waited for before the forecast was made, the second after it.
  const hours = (count: number) => new Date(made.madeAt.getTime() + count * 3_600_000)
  const approval = await db().approval.findFirstOrThrow({ where: { waveId } })
  await db().approval.update({
    where: { id: approval.id },
    data: { requestedAt: hours(-3), decidedAt: hours(-1) },
  })
  await db().approval.create({
    data: {
      ...approval,
      id: 'apr_second',
      segment: 1,
      involvedIds: [],
      voidedBecause: [],
      requestedAt: made.madeAt,
      decidedAt: hours(1),
    },
  })
  const endedAt = new Date(middleAt.getTime() + 3_600_000)
  await db().wave.update({ where: { id: waveId }, data: { state: 'done', endedAt } })
  await keepForecasts()
  expect(await db().forecast.findUnique({ where: { id } })).toMatchObject({ actualAt: middleAt })
  expect(await forecastRecord(engine.auditor, batchId)).toEqual({ made: 1, held: 1, medianMiss: 0 })
})
