import { describe, expect, it, test } from 'vitest'
import { outlook, willMiss } from '@/domain/forecast/outlook'
import { paceOf } from '@/domain/forecast/pace'
import type { ChangeWindow } from '@/domain/windows/change-window'
import type { Blackout, StartTimes } from '@/domain/windows/may-start'

const now = new Date('2026-11-23T22:00:00Z')
const minutes = (at: Date | undefined) => ((at?.getTime() ?? Number.NaN) - now.getTime()) / 60_000
const steady = (count: number, length = 15) => new Array<number>(length).fill(count)
const always: StartTimes = { window: null, cutOffAt: null, blackouts: [], estateZone: 'Europe/Berlin' }
const seen = (perMinute: readonly number[], people: number, times: Partial<StartTimes> = {}, at = now) =>
  outlook(perMinute, [{ people, times: { ...always, ...times } }], at)

test('a steady pace gives a middle of work over pace, with the range around it', () => {
  const forecast = seen(steady(4), 120)?.forecast
  expect(minutes(forecast?.middle)).toBeCloseTo(30, 5)
  expect(minutes(forecast?.from)).toBeLessThan(30)
  expect(minutes(forecast?.to)).toBeGreaterThan(30)
})

test('the range narrows as more is known', () => {
  const width = (count: number) => {
    const forecast = seen(steady(count), count * 30)?.forecast
    return minutes(forecast?.to) - minutes(forecast?.from)
  }
  expect(width(1)).toBeGreaterThan(width(4))
})

test('minutes before the first verified person do not slow the pace', () => {
  expect(paceOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3])?.perMinute).toBe(3)
})

test('with fewer than five verified, or nobody left, nothing is forecast', () => {
  expect(seen([0, 2, 2], 10)?.forecast).toBeNull()
  expect(seen(steady(0), 10)?.forecast).toBeNull()
  expect(seen(steady(4), 0)).toBeNull()
})

test('the odds of missing a cut-off: even at the middle, sure when it has passed, and who would stay behind', () => {
  const at = (offset: number) => ({ cutOffAt: new Date(now.getTime() + offset * 60_000) })
  expect(seen(steady(4), 120, at(30))?.missed?.share).toBeCloseTo(0.5, 2)
  expect(seen(steady(4), 120, at(60))?.missed?.share).toBeLessThan(0.01)
  expect(seen(steady(4), 120, at(15))?.missed?.share).toBeGreaterThan(0.99)
  expect(seen(steady(4), 120, at(15))?.missed?.people).toBe(60)
  expect(seen(steady(4), 120)?.missed).toBeNull()
  const past = seen(steady(4), 120, at(-1))
  expect(past).toMatchObject({ forecast: null, missed: null, stranded: { people: 120, by: 'cut-off' } })
  expect([willMiss(past), willMiss(seen(steady(4), 120, at(60)))]).toEqual([true, false])
})

describe('time in which nothing may start does not count', () => {
  const nights = (more: Partial<ChangeWindow> = {}): ChangeWindow => ({
    zone: 'Europe/Berlin',
    from: '22:00',
    to: '04:00',
    days: [1, 2, 3, 4, 5, 6, 7],
    ...more,
  })
  const barred = (firstDay: string, lastDay = firstDay): Blackout[] => [
    { firstDay, lastDay, reason: 'Payroll' },
  ]
  type Case = {
    name: string
    at: string
    people: number
    times: Partial<StartTimes>
    /** At two people a minute. */
    middle: string | null
    more?: object
  }
  const cases: Case[] = [
    {
      name: 'inside the window, done before it shuts',
      at: '2026-11-23T22:00:00Z',
      people: 120,
      times: { window: nights() },
      middle: '2026-11-23T23:00:00Z',
      more: { shut: null, pause: null },
    },
    {
      name: 'inside the window, running into its end: the rest goes on at the next opening',
      at: '2026-11-24T02:00:00Z',
      people: 240,
      times: { window: nights() },
      middle: '2026-11-24T22:00:00Z',
      more: { pause: { from: new Date('2026-11-24T03:00:00Z'), to: new Date('2026-11-24T21:00:00Z') } },
    },
    {
      name: 'before the window opens',
      at: '2026-11-23T12:00:00Z',
      people: 120,
      times: { window: nights() },
      middle: '2026-11-23T22:00:00Z',
      more: { shut: { because: 'window', until: new Date('2026-11-23T21:00:00Z') }, pause: null },
    },
    {
      name: 'on a barred day, and a window that opens in the evening after it',
      at: '2026-11-24T12:00:00Z',
      people: 120,
      times: { window: nights(), blackouts: barred('2026-11-24', '2026-11-25') },
      // The night of the 25th begins on a barred day, so the window is entered at midnight.
      middle: '2026-11-26T00:00:00Z',
      more: { shut: { because: 'blackout', until: new Date('2026-11-25T23:00:00Z') } },
    },
    {
      name: 'a barred day cuts a night in two',
      at: '2026-11-23T22:00:00Z',
      people: 240,
      times: { window: nights(), blackouts: barred('2026-11-24') },
      // One hour until midnight in Berlin, then all of the 24th, then on from the midnight after it.
      middle: '2026-11-25T00:00:00Z',
      more: { pause: { from: new Date('2026-11-23T23:00:00Z'), to: new Date('2026-11-24T23:00:00Z') } },
    },
    {
      name: 'weekend: a window of weekdays skips it',
      at: '2026-11-28T02:00:00Z',
      people: 240,
      times: { window: nights({ days: [1, 2, 3, 4, 5] }) },
      middle: '2026-11-30T22:00:00Z',
    },
    {
      name: 'the night in which clocks go back has an hour more',
      at: '2026-10-24T20:00:00Z',
      people: 840,
      times: { window: nights() },
      // 22:00 to 04:00 Berlin is seven hours on this night: 840 people at 2 a minute end with it.
      middle: '2026-10-25T03:00:00Z',
    },
    {
      name: 'the night in which clocks go forward has an hour less',
      at: '2026-03-28T21:00:00Z',
      people: 720,
      times: { window: nights() },
      // 22:00 to 04:00 Berlin is five hours on this night: 600 people, and the other 120 from 22:00 summer time on.
      middle: '2026-03-29T21:00:00Z',
      more: { pause: { from: new Date('2026-03-29T02:00:00Z'), to: new Date('2026-03-29T20:00:00Z') } },
    },
    {
      name: 'a window that never opens again leaves the rest behind',
      at: '2026-11-23T22:00:00Z',
      people: 960,
      times: { window: nights({ lastDay: '2026-11-23' }) },
      middle: null,
      more: { last: { at: new Date('2026-11-24T03:00:00Z'), is: 'window' } },
    },
    {
      name: 'a window whose last day is over strands everybody',
      at: '2026-11-25T22:00:00Z',
      people: 12,
      times: { window: nights({ lastDay: '2026-11-23' }) },
      middle: null,
      more: { stranded: { people: 12, by: 'window', since: null }, last: null },
    },
  ]
  it.each(cases)('$name', ({ at, people, times, middle, more }) => {
    const found = seen(steady(2), people, times, new Date(at))
    expect(found?.forecast?.middle.toISOString() ?? null).toBe(middle && new Date(middle).toISOString())
    if (more) expect(found).toMatchObject(more)
    if (!found?.forecast) return
    expect(found.forecast.from.getTime()).toBeLessThanOrEqual(found.forecast.middle.getTime())
    expect(found.forecast.to.getTime()).toBeGreaterThanOrEqual(found.forecast.middle.getTime())
  })

  it('a cut-off counts only the time that is open before it', () => {
    // Shut until 22:00 Berlin, cut off at 23:00: one hour is open, of eleven on the clock.
    const times = { window: nights(), cutOffAt: new Date('2026-11-23T22:00:00Z') }
    const found = seen(steady(2), 180, times, new Date('2026-11-23T11:00:00Z'))
    expect(found?.missed).toEqual({ share: expect.closeTo(1, 2), people: 60 })
    expect(seen(steady(2), 60, times, new Date('2026-11-23T11:00:00Z'))?.missed?.share).toBeLessThan(0.01)
    // The range leaves the cut-off aside: it says what a later one would give.
    expect(found?.forecast?.middle.toISOString()).toBe('2026-11-23T22:30:00.000Z')
  })

  it('waves share the pace: one that is shut waits while the other goes on', () => {
    const shut = { ...always, window: nights() }
    const waves = [
      { people: 60, times: shut },
      { people: 120, times: always },
    ]
    const found = outlook(steady(2), waves, new Date('2026-11-23T12:00:00Z'))
    // The second has an hour of work now, the first half an hour from 22:00 Berlin on.
    expect(found?.forecast?.middle.toISOString()).toBe('2026-11-23T21:30:00.000Z')
    expect(found?.shut).toBeNull()
  })
})
