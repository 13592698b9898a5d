import { expect, test } from 'vitest'
import { finishForecast, missOdds, paceOf } from '@/domain/forecast/finish-range'

const now = new Date('2026-11-23T22:00:00Z')
const minutes = (at: Date | undefined) => ((at?.getTime() ?? Number.NaN) - now.getTime()) / 60_000
const steady = (count: number, length = 15) => new Array<number>(length).fill(count)

test('a steady pace gives a middle of work over pace, with the range around it', () => {
  const forecast = finishForecast(steady(4), 120, now)
  expect(minutes(forecast?.middle)).toBeCloseTo(30, 5)
  expect(minutes(forecast?.from)).toBeLessThan(30)
  expect(minutes(forecast?.to)).toBeGreaterThan(30)
})

test('the range narrows as more is known', () => {
  const width = (count: number) => {
    const forecast = finishForecast(steady(count), count * 30, now)
    return minutes(forecast?.to) - minutes(forecast?.from)
  }
  expect(width(1)).toBeGreaterThan(width(4))
})

test('minutes before the first verified person do not slow the pace', () => {
  expect(paceOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3])?.perMinute).toBe(3)
})

test('with fewer than five verified, or nobody left, nothing is forecast', () => {
  expect(finishForecast([0, 2, 2], 10, now)).toBeNull()
  expect(finishForecast(steady(0), 10, now)).toBeNull()
  expect(finishForecast(steady(4), 0, now)).toBeNull()
})

test('the odds of missing a cut-off: even at the middle, sure when it has passed, and who would stay behind', () => {
  const at = (offset: number) => new Date(now.getTime() + offset * 60_000)
  expect(missOdds(steady(4), 120, now, at(30))?.share).toBeCloseTo(0.5, 2)
  expect(missOdds(steady(4), 120, now, at(60))?.share).toBeLessThan(0.01)
  expect(missOdds(steady(4), 120, now, at(15))?.share).toBeGreaterThan(0.99)
  expect(missOdds(steady(4), 120, now, at(15))?.people).toBe(60)
  expect(missOdds(steady(4), 120, now, at(-1))).toEqual({ share: 1, people: 120 })
  expect(missOdds(steady(4), 120, now, null)).toBeNull()
})
