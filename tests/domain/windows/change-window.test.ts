import { describe, expect, it } from 'vitest'
import { type ChangeWindow, openingAt, windowFault } from '@/domain/windows/change-window'
import { mayStart } from '@/domain/windows/may-start'
import { notNowWords, windowWords } from '@/domain/windows/window-words'

const night: ChangeWindow = { zone: 'Europe/Berlin', from: '22:00', to: '04:00', days: [1, 2, 3, 4] }
const at = (text: string) => new Date(text)
const spanOf = (window: ChangeWindow, now: string) => {
  const opening = openingAt(window, at(now))
  return opening && [opening.from.toISOString(), opening.to.toISOString()]
}

describe('a change window', () => {
  it('over midnight belongs to the day on which it opens', () => {
    // Thursday night is open until Friday 04:00; Friday night is not.
    expect(spanOf(night, '2026-11-27T02:00:00Z')).toEqual([
      '2026-11-26T21:00:00.000Z',
      '2026-11-27T03:00:00.000Z',
    ])
    expect(spanOf(night, '2026-11-27T03:00:00Z')).toEqual([
      '2026-11-30T21:00:00.000Z',
      '2026-12-01T03:00:00.000Z',
    ])
  })

  it('is an hour shorter in the night when clocks go forward, and an hour longer when they go back', () => {
    const sunday = { ...night, days: [6, 7] }
    const hours = (now: string) => {
      const opening = openingAt(sunday, at(now))
      return opening && (opening.to.getTime() - opening.from.getTime()) / 3_600_000
    }
    expect(hours('2026-03-28T22:00:00Z')).toBe(5)
    expect(hours('2026-10-24T22:00:00Z')).toBe(7)
    expect(hours('2026-11-21T22:00:00Z')).toBe(6)
  })

  it('takes a time that the change of clocks leaves out as an hour later, and one that comes twice as its first', () => {
    const early = { ...night, from: '02:30', to: '05:00', days: [7] }
    expect(spanOf(early, '2026-03-29T00:00:00Z')).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-29T03:00:00.000Z',
    ])
    expect(spanOf(early, '2026-10-25T00:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T04:00:00.000Z',
    ])
  })

  it('opens on no day before its first and after its last', () => {
    const week = { ...night, firstDay: '2026-12-01', lastDay: '2026-12-02' }
    expect(spanOf(week, '2026-11-24T00:00:00Z')?.[0]).toBe('2026-12-01T21:00:00.000Z')
    expect(spanOf(week, '2026-12-03T02:59:00Z')?.[0]).toBe('2026-12-02T21:00:00.000Z')
    expect(spanOf(week, '2026-12-03T03:00:00Z')).toBeNull()
  })

  it('open all day ends where it begins', () => {
    const whole = { ...night, from: '06:00', to: '06:00', days: [1] }
    expect(spanOf(whole, '2026-11-23T05:00:00Z')).toEqual([
      '2026-11-23T05:00:00.000Z',
      '2026-11-24T05:00:00.000Z',
    ])
  })

  it('says what is wrong with it', () => {
    expect(windowFault(night)).toBeNull()
    expect(windowFault({ ...night, zone: 'Berlin' })).toContain('no time zone')
    expect(windowFault({ ...night, from: '24:00' })).toContain('22:00')
    expect(windowFault({ ...night, days: [] })).toContain('weekday')
    expect(windowFault({ ...night, firstDay: '2026-02-30' })).toContain('no day')
    expect(windowFault({ ...night, firstDay: '2026-12-02', lastDay: '2026-12-01' })).toContain(
      'before the first',
    )
  })

  it('never answers an opening that is over or empty, in any hour of two years and five zones', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
    ]) {
      const window = { ...night, zone, days: [1, 3, 7] }
      for (let hour = 0; hour < 24 * 730; hour += 53) {
        const now = new Date(Date.UTC(2026, 0, 1, hour))
        const opening = openingAt(window, now)
        if (!opening) throw new Error(`none at ${now.toISOString()}`)
        expect(opening.to.getTime()).toBeGreaterThan(Math.max(now.getTime(), opening.from.getTime()))
        expect(opening.from.getTime() - now.getTime()).toBeLessThan(8 * 86_400_000)
      }
    }
  }, 60_000)
})

describe('whether something new may start', () => {
  const times = { window: night, cutOffAt: null, blackouts: [], estateZone: 'Europe/Berlin' }

  it('is a question of window, barred days and cut-off, in the words that people read', () => {
    const noon = at('2026-11-24T11:00:00Z')
    const shut = mayStart(times, noon)
    expect(shut).toMatchObject({ open: false, because: 'window', until: at('2026-11-24T21:00:00Z') })
    expect(notNowWords(shut, 'Europe/Berlin', noon)).toBe('Outside its change window. It opens 22:00.')
    expect(mayStart(times, at('2026-11-24T23:00:00Z'))).toEqual({
      open: true,
      until: at('2026-11-25T03:00:00Z'),
    })
    const cut = { ...times, cutOffAt: at('2026-11-25T01:00:00Z') }
    expect(mayStart(cut, at('2026-11-25T00:00:00Z'))).toEqual({ open: true, until: cut.cutOffAt })
    expect(mayStart(cut, at('2026-11-25T01:00:00Z'))).toMatchObject({ open: false, because: 'cut-off' })
    expect(mayStart({ ...times, window: null }, noon)).toEqual({ open: true, until: null })
  })

  it('passes over barred days to the next opening that is free', () => {
    const barred = {
      ...times,
      blackouts: [{ firstDay: '2026-11-24', lastDay: '2026-11-25', reason: 'Quarter end' }],
    }
    // Wednesday's window would still be open on Thursday until 04:00, and from midnight on nothing bars it.
    expect(mayStart(barred, at('2026-11-24T22:00:00Z'))).toMatchObject({
      because: 'blackout',
      reason: 'Quarter end',
      until: at('2026-11-25T23:00:00Z'),
    })
    const monday = mayStart(barred, at('2026-11-23T22:00:00Z'))
    expect(monday).toEqual({ open: true, until: at('2026-11-23T23:00:00Z') })
    const over = { ...barred, window: { ...night, lastDay: '2026-11-24' } }
    expect(mayStart(over, at('2026-11-24T12:00:00Z'))).toMatchObject({ because: 'blackout', until: null })
  })

  it('names a window', () => {
    expect(windowWords(night)).toBe('22:00 to 04:00 Europe/Berlin, Mon to Thu')
    expect(windowWords({ ...night, days: [1, 7] })).toBe('22:00 to 04:00 Europe/Berlin, Mon, Sun')
  })
})
