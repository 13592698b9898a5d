import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Moment } from '@/components/time/moment'
import { percentAt, stretch, ticks } from '@/components/timeline/geometry'

const span = { from: new Date('2026-11-23T19:00:00Z'), to: new Date('2026-11-24T05:00:00Z') }

describe('places on the line of time', () => {
  it('puts moments where they are, and never outside', () => {
    expect(percentAt(new Date('2026-11-24T00:00:00Z'), span)).toBe(50)
    expect(percentAt(new Date('2026-11-20T00:00:00Z'), span)).toBe(0)
    expect(percentAt(new Date('2026-11-30T00:00:00Z'), span)).toBe(100)
  })
  it('keeps what was short visible, inside the line', () => {
    const short = { from: new Date('2026-11-24T04:59:59Z'), to: span.to }
    const { left, width } = stretch(short, span)
    expect(width).toBe(2)
    expect(left + width).toBeLessThanOrEqual(100)
  })
  it('ticks at round clock times of the zone, also one that is half an hour off', () => {
    expect(ticks(span, 'Europe/Berlin').map(tick => tick.label)).toEqual([
      '20:00',
      '22:00',
      '00:00',
      '02:00',
      '04:00',
      '06:00',
    ])
    expect(ticks(span, 'Asia/Kolkata').every(tick => tick.label.endsWith(':00'))).toBe(true)
  })
  it('gives an hour-long line finer ticks', () => {
    const hour = { from: span.from, to: new Date('2026-11-23T20:00:00Z') }
    expect(ticks(hour, 'UTC').map(tick => tick.label)).toEqual([
      '19:00',
      '19:10',
      '19:20',
      '19:30',
      '19:40',
      '19:50',
      '20:00',
    ])
  })
})

it('shows the batch’s zone, carries UTC', () => {
  const markup = renderToStaticMarkup(
    <Moment
      at={new Date('2026-11-23T21:41:07Z')}
      zone="Europe/Berlin"
      now={new Date('2026-11-23T22:00:00Z')}
      seconds
    />,
  )
  expect(markup).toContain('dateTime="2026-11-23T21:41:07.000Z"')
  expect(markup).toContain('>22:41:07</time>')
  expect(markup).toContain('Europe/Berlin')
})
