import { describe, expect, it, test } from 'vitest'
import { outlook, type WaveAhead, willMiss } from '@/domain/forecast/outlook'
import type { ChangeWindow } from '@/domain/windows/change-window'
import type { Blackout, StartTimes } from '@/domain/windows/may-start'

const now = new Date('2026-11-23T22:00:00Z')
const minutes = (at: Date | undefined) => ((at?.getTime() ?? Number.NaN) - now.getTime()) / 60_000
const always: StartTimes = { window: null, cutOffAt: null, blackouts: [], estateZone: 'Europe/Berlin' }
const took = (min: number, spread = 0.1) => ({
  ms: min * 60_000,
  earlierMs: min * 60_000 * spread,
  laterMs: min * 60_000 * spread,
})
/** A wave of so many people with so many minutes of work, a tenth more or less. */
const wave = (people: number, min: number, times: Partial<StartTimes> = {}): WaveAhead => ({
  people,
  times: { ...always, ...times },
  work: { own: took(min), shared: took(0), unmeasured: [] },
  approvals: 0,
})
/** At so many people a minute. */
const seen = (perMinute: number, people: number, times: Partial<StartTimes> = {}, at = now) =>
  outlook([wave(people, people / perMinute, times)], at)

test('the middle is the work that is ahead, with its range around it', () => {
  const forecast = seen(4, 120)?.forecast
  expect([forecast?.from, forecast?.middle, forecast?.to].map(minutes)).toEqual([27, 30, 33])
})

test('a step that was never measured, or nobody left, gives no forecast', () => {
  const unmeasured = { ...wave(10, 5), work: { ...wave(10, 5).work, unmeasured: ['move'] } }
  expect(outlook([unmeasured], now)).toMatchObject({ forecast: null, missed: null, unmeasured: ['move'] })
  expect(seen(4, 0)).toBeNull()
})

test('work that is overdue ends now or later', () => {
  const late = {
    ...wave(10, 0),
    work: { own: took(0), shared: { ms: 0, earlierMs: 0, laterMs: 60_000 }, unmeasured: [] },
  }
  const forecast = outlook([late], now)?.forecast
  expect([forecast?.from, forecast?.middle, forecast?.to].map(minutes)).toEqual([0, 0, 1])
})

test('a wait for a person’s approval is named and not forecast', () => {
  expect(outlook([{ ...wave(10, 5), approvals: 1 }], now)).toMatchObject({
    approvals: true,
    forecast: { middle: new Date(now.getTime() + 300_000) },
  })
})

test('waves share a cycle: only the longest wait for it counts', () => {
  const syncing = (min: number) => ({ ...wave(10, 20), work: { ...wave(10, 20).work, shared: took(min) } })
  expect(minutes(outlook([syncing(5), syncing(8)], now)?.forecast?.middle)).toBe(48)
})

test('the odds of missing a cut-off: even at the middle, sure when it has passed, and who would stay behind', () => {
  const at = (offset: number) => ({ cutOffAt: new Date(now.getTime() + offset * 60_000) })
  expect(seen(4, 120, at(30))?.missed?.share).toBeCloseTo(0.5, 2)
  // A bound of the range is where one of ten outcomes lies beyond it.
  expect(seen(4, 120, at(33))?.missed?.share).toBeCloseTo(0.1, 2)
  expect(seen(4, 120, at(27))?.missed?.share).toBeCloseTo(0.9, 2)
  expect(seen(4, 120, at(60))?.missed?.share).toBeLessThan(0.01)
  expect(seen(4, 120, at(15))?.missed?.share).toBeGreaterThan(0.99)
  expect(seen(4, 120, at(15))?.missed?.people).toBe(60)
  expect(seen(4, 120)?.missed).toBeNull()
  const past = seen(4, 120, at(-1))
  expect(past).toMatchObject({ forecast: null, missed: null, stranded: { people: 120, by: 'cut-off' } })
  expect([willMiss(past), willMiss(seen(4, 120, at(60)))]).toEqual([true, false])
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
    const found = seen(2, people, times, new Date(at))
    expect(found?.forecast?.middle.toISOString() ?? null).toBe(middle && new Date(middle).toISOString())
    if (more) expect(found).toMatchObject(more)
    if (!found?.forecast) return
    expect(found.forecast.from.getTime()).toBeLessThanOrEqual(found.forecast.middle.getTime())
    expect(found.forecast.to.getTime()).toBeGreaterThanOrEqual(found.forecast.middle.getTime())
  })

  it('a cut-off counts only the time that is open before it', () => {
    // Shut until 22:00 Berlin, cut off at 23:00: one hour is open, of eleven on the clock.
    const times = { window: nights(), cutOffAt: new Date('2026-11-23T22:00:00Z') }
    const found = seen(2, 180, times, new Date('2026-11-23T11:00:00Z'))
    expect(found?.missed).toEqual({ share: expect.closeTo(1, 2), people: 60 })
    expect(seen(2, 60, times, new Date('2026-11-23T11:00:00Z'))?.missed?.share).toBeLessThan(0.01)
    // The range leaves the cut-off aside: it says what a later one would give.
    expect(found?.forecast?.middle.toISOString()).toBe('2026-11-23T22:30:00.000Z')
  })

  it('waves share sessions: one that is shut waits while the other goes on', () => {
    const shut = { ...always, window: nights() }
    const waves = [wave(60, 30, shut), wave(120, 60)]
    const found = outlook(waves, new Date('2026-11-23T12:00:00Z'))
    // The second has an hour of work now, the first half an hour from 22:00 Berlin on.
    expect(found?.forecast?.middle.toISOString()).toBe('2026-11-23T21:30:00.000Z')
    expect(found?.shut).toBeNull()
  })
})
