import { expect, test } from 'vitest'
import { type EstateWay, inTheWay, type NextWork } from '@/domain/way/in-the-way'
import { awaitedWords, becauseWords } from '@/domain/way/way-words'

const now = new Date('2026-11-30T12:00:00Z')
const lane = {
  id: 'lan_1',
  name: 'sfb',
  credentialId: 'crd_1',
  stoppedWhy: null,
  concurrency: 3,
  working: 0,
  allowed: null,
  pauseSeconds: 0,
  workers: ['one', 'two'],
}
const clear: EstateWay = {
  now,
  estate: { id: 'west', name: 'West', kind: 'live', switchedOn: true, zone: 'Europe/Berlin' },
  holds: [],
  lanes: [lane, { ...lane, id: 'lan_2', name: 'sync', credentialId: 'crd_2' }],
  breakers: [],
}
const times = { window: null, cutOffAt: null, blackouts: [], estateZone: 'Europe/Berlin' }
const work: NextWork = {
  batchId: 'bat_1',
  waveId: 'wav_1',
  itemId: 'itm_1',
  lane: 'sfb',
  isWaveStep: false,
  pool: 'pool01',
  times,
}
const stop = (scope: EstateWay['breakers'][number]['scope'], targetId: string) => ({
  scope,
  targetId,
  title: `${scope} ${targetId}`,
  cause: '10 in a row',
  wayOn: 'A person closes it.',
})
const held = (scope: EstateWay['holds'][number]['scope'], targetId: string) => ({
  scope,
  targetId,
  reason: 'A look',
})
const ofLane = (change: Partial<EstateWay['lanes'][number]>): EstateWay => ({
  ...clear,
  lanes: [{ ...lane, ...change }],
})
const night = {
  zone: 'Europe/Berlin',
  from: '22:00',
  to: '04:00',
  days: [1, 2, 3, 4, 5, 6, 7],
}

test('nothing stands in the way of what may begin', () => {
  expect(inTheWay(clear, work)).toBeNull()
  const elsewhere = {
    ...clear,
    holds: [held('wave', 'wav_2'), held('lane', 'lan_2'), held('item', 'itm_2'), held('estate', 'east')],
    breakers: [
      stop('pool', 'pool02'),
      stop('wave', 'wav_2'),
      stop('harmed', 'bat_2'),
      stop('credential', 'crd_2'),
    ],
  }
  expect(inTheWay(elsewhere, work)).toBeNull()
})

test.each<[string, EstateWay, Partial<NextWork>, string, string]>([
  [
    'a hold on everything',
    { ...clear, holds: [held('everything', '')] },
    {},
    'the hold on everything to be released',
    'the hold on everything stays',
  ],
  [
    'a hold on the lane',
    { ...clear, holds: [held('lane', 'lan_1')] },
    {},
    'the hold on the lane sfb to be released',
    'the hold on the lane sfb stays',
  ],
  [
    'a hold on the person',
    { ...clear, holds: [held('item', 'itm_1')] },
    {},
    'the hold on this person to be released',
    'the hold on them stays',
  ],
  [
    'a stopped lane',
    ofLane({ stoppedWhy: 'The password was refused.' }),
    {},
    'the stopped lane sfb to be resumed',
    'the lane sfb is stopped',
  ],
  [
    'an estate that is not switched on',
    { ...clear, estate: { ...clear.estate, switchedOn: false } },
    {},
    'West to be switched on',
    'West is LIVE and has not been switched on',
  ],
  [
    'a closed window',
    clear,
    { times: { ...times, window: night } },
    'the change window from 22:00',
    'the change window of their wave is closed',
  ],
  [
    'a cut-off',
    clear,
    { times: { ...times, cutOffAt: now } },
    'a later cut-off',
    'the cut-off of their wave has passed',
  ],
  [
    'barred days',
    clear,
    { times: { ...times, blackouts: [{ firstDay: '2026-11-30', lastDay: '2026-11-30', reason: 'Close' }] } },
    'the end of the barred days, Tue 00:00',
    'nothing starts on this day',
  ],
  [
    'a lane that no worker serves',
    { ...ofLane({ workers: [] }), breakers: [stop('worker', 'one')] },
    {},
    'a worker: none serves the lane sfb',
    'no worker serves the lane sfb',
  ],
  [
    'harmed people',
    { ...clear, breakers: [stop('harmed', 'bat_1')] },
    {},
    'a look at those who may be harmed',
    'too many people of their batch may be harmed',
  ],
  [
    'a breaker of the pool',
    { ...clear, breakers: [stop('pool', 'pool01')] },
    {},
    'what stopped by itself: pool pool01',
    'something else has stopped by itself: pool pool01',
  ],
  [
    'breakers of all workers of the lane',
    { ...clear, breakers: [stop('worker', 'one'), stop('worker', 'two')] },
    {},
    'what stopped by itself: worker one',
    'something else has stopped by itself: worker one',
  ],
  [
    'a pause of the service',
    ofLane({ pauseSeconds: 30 }),
    {},
    'the service’s pause, 30 s more',
    'the service asked for a pause',
  ],
  [
    'fewer sessions than the lane has',
    ofLane({ allowed: 1, working: 1 }),
    {},
    'the one session that the service allows',
    'the service asked for less',
  ],
])('%s is named', (_, way, change, awaited, because) => {
  const stands = inTheWay(way, { ...work, ...change })
  expect(stands && awaitedWords(stands, 'Europe/Berlin', now)).toBe(awaited)
  expect(stands && becauseWords(stands)).toBe(because)
})

test('a worker that stopped by itself is in nobody’s way while another serves the lane', () => {
  expect(inTheWay({ ...clear, breakers: [stop('worker', 'one')] }, work)).toBeNull()
})

test('a sync is asked by holds, its lane, the times and whether a worker serves it', () => {
  const sync = { ...work, lane: 'sync', isWaveStep: true }
  expect(inTheWay({ ...clear, breakers: [stop('errors', 'FATAL')] }, sync)).toBeNull()
  expect(inTheWay({ ...clear, holds: [held('lane', 'lan_2')] }, sync)).toMatchObject({ kind: 'hold' })
  const unserved = clear.lanes.map(one => ({ ...one, workers: [] }))
  expect(inTheWay({ ...clear, lanes: unserved }, sync)).toEqual({ kind: 'unserved', lane: 'sync' })
})

test('of several the one that people have to do something about comes first', () => {
  const all = {
    ...ofLane({ stoppedWhy: 'Refused', pauseSeconds: 9 }),
    holds: [held('batch', 'bat_1')],
    breakers: [stop('wave', 'wav_1')],
  }
  expect(inTheWay(all, work)).toMatchObject({ kind: 'hold' })
  expect(inTheWay({ ...all, holds: [] }, work)).toMatchObject({ kind: 'lane-stopped' })
})
