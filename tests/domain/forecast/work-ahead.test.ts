import { expect, test } from 'vitest'
import { type StepAhead, type WaveWork, workAhead } from '@/domain/forecast/work-ahead'
import { Dice } from '../../server/engine/histories/dice'

type Own = Extract<StepAhead, { kind: 'item' }>
const enable: Own = {
  kind: 'item',
  key: 'enable',
  waiting: 30,
  running: 0,
  times: { low: 8, middle: 10, high: 13, sessions: 3 },
  sessions: 3,
}
const sync: StepAhead = {
  kind: 'wave',
  key: 'sync',
  sinceSeconds: 0,
  times: { low: 60, middle: 120, high: 300 },
}
const move: Own = { ...enable, key: 'move', times: { low: 50, middle: 60, high: 90, sessions: 3 } }
const seconds = (work: WaveWork) => (work.own.ms + work.shared.ms) / 1_000
const bounds = ({ own, shared }: WaveWork) => {
  const middle = own.ms + shared.ms
  return {
    low: middle - Math.hypot(own.earlierMs, shared.earlierMs),
    middle,
    high: middle + Math.hypot(own.laterMs, shared.laterMs),
  }
}

test('a wave that only begins has every step and the sync before it', () => {
  expect(seconds(workAhead([enable, sync, move]))).toBe(30 * (10 / 3) + 120 + 30 * (60 / 3))
  expect(
    seconds(
      workAhead([
        { ...enable, waiting: 0 },
        { ...move, waiting: 30 },
      ]),
    ),
  ).toBe(600)
})

test('a step that was never measured is named, unless nobody has it before them', () => {
  expect(workAhead([enable, { ...move, times: null }]).unmeasured).toEqual(['move'])
  expect(workAhead([{ ...enable, waiting: 0, times: null }, move]).unmeasured).toEqual([])
})

test('a sync that runs is reckoned from when it was waited for, and one that is overdue may end at any moment', () => {
  const at = (sinceSeconds: number) => workAhead([{ ...sync, sinceSeconds }]).shared
  expect(at(40)).toEqual({ ms: 80_000, earlierMs: 60_000, laterMs: 180_000 })
  expect(at(200)).toEqual({ ms: 0, earlierMs: 0, laterMs: 100_000 })
  expect(at(1_000)).toEqual({ ms: 0, earlierMs: 0, laterMs: 0 })
})

test('nobody is through sooner than one session takes for them', () => {
  expect(seconds(workAhead([{ ...move, waiting: 1 }]))).toBe(60)
  expect(seconds(workAhead([{ ...move, waiting: 0, running: 3 }]))).toBe(30)
})

test('more people are never earlier, more sessions never later, and low, middle and high stand in this order', () => {
  const dice = new Dice(7)
  for (let round = 0; round < 600; round++) {
    const middle = dice.roll() * 100
    const times = { low: middle * dice.roll(), middle, high: middle * (1 + dice.roll() * 3), sessions: 1 }
    const one: Own = {
      ...enable,
      waiting: dice.below(40),
      running: dice.below(8),
      sessions: 1 + dice.below(16),
      times,
    }
    const rest = [sync, { ...move, waiting: dice.below(40) }]
    const base = bounds(workAhead([one, ...rest]))
    expect(base.low).toBeGreaterThanOrEqual(0)
    expect(base.low).toBeLessThanOrEqual(base.middle)
    expect(base.middle).toBeLessThanOrEqual(base.high)
    const more = [
      { ...one, waiting: one.waiting + 1 + dice.below(5) },
      { ...one, running: one.running + 1 + dice.below(5) },
    ].map(changed => bounds(workAhead([changed, ...rest])))
    const faster = bounds(workAhead([{ ...one, sessions: one.sessions + 1 + dice.below(4) }, ...rest]))
    for (const bound of ['low', 'middle', 'high'] as const) {
      for (const changed of more) expect(changed[bound]).toBeGreaterThanOrEqual(base[bound] - 1e-6)
      expect(faster[bound]).toBeLessThanOrEqual(base[bound] + 1e-6)
    }
  }
})
