import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Button } from '@/components/button/button'
import { whyNotApprove } from '@/components/decision/why-not-approve'
import { whyNotConfirmed } from '@/components/forms/why-not-confirmed'
import { readTheme } from '@/components/frame/theme'
import { retryDelayMs, streamUrl } from '@/components/live/backoff'
import { groupHits, type PaletteHit } from '@/components/palette/hits'

describe('a button that cannot be pressed', () => {
  const markup = renderToStaticMarkup(
    <Button type="submit" why="Nobody is in this wave.">
      Approve 0 people
    </Button>,
  )
  it('stays, says why, and sends no form', () => {
    expect(markup).toContain('Approve 0 people')
    expect(markup).toContain('aria-disabled="true"')
    expect(markup).toContain('type="button"')
    const id = markup.match(/aria-describedby="([^"]+)"/)?.[1]
    expect(markup).toContain(`id="${id}" class="tip">Nobody is in this wave.`)
  })
  it('stands in the same place as without a reason, so that React keeps the element and its focus', () => {
    const place = (why: string | null, whyBelow: boolean) =>
      renderToStaticMarkup(
        <Button why={why} whyBelow={whyBelow}>
          Approve
        </Button>,
      )
        .split('<button')[0]
        ?.match(/<\w+/g)
    for (const whyBelow of [false, true]) expect(place('No.', whyBelow)).toEqual(place(null, whyBelow))
  })
})

describe('approving', () => {
  const ready = { going: 210, reasons: ['on leave'], liveEstate: null, typedEstate: '' }
  it('may go on when nothing is missing', () => {
    expect(whyNotApprove(ready)).toBeNull()
  })
  it('needs a reason for everybody carved out', () => {
    expect(whyNotApprove({ ...ready, reasons: ['on leave', ' '] })).toContain('without a reason')
  })
  it('needs somebody left, and on LIVE the estate by name', () => {
    expect(whyNotApprove({ ...ready, going: 0 })).toContain('Everybody is carved out')
    expect(whyNotApprove({ ...ready, liveEstate: 'contoso-prod', typedEstate: 'contoso' })).toContain(
      'contoso-prod',
    )
    expect(whyNotApprove({ ...ready, liveEstate: 'contoso-prod', typedEstate: 'contoso-prod' })).toBeNull()
  })
})

it('asks for a reason and for the name of a LIVE estate before something dangerous', () => {
  const typed = { reason: '', estate: '' }
  expect(whyNotConfirmed({ reasonNeeded: true, liveEstate: null, ...typed })).toContain('reason')
  expect(whyNotConfirmed({ reasonNeeded: false, liveEstate: 'contoso-prod', ...typed })).toContain('LIVE')
  expect(whyNotConfirmed({ reasonNeeded: false, liveEstate: null, ...typed })).toBeNull()
})

describe('the live line', () => {
  it('goes on after the last event the page shows', () => {
    expect(streamUrl('/api/live', null)).toBe('/api/live')
    expect(streamUrl('/api/live?batch=7', '12:3')).toBe('/api/live?batch=7&after=12%3A3')
  })
  it('waits longer each time, never much longer than 15 s', () => {
    const waits = [0, 1, 2, 3, 10].map(tries => retryDelayMs(tries, 0.5))
    expect(waits).toEqual([500, 1000, 2000, 4000, 15_000])
    expect(retryDelayMs(40, 1)).toBeLessThanOrEqual(18_750)
  })
})

describe('the palette', () => {
  const commands: PaletteHit[] = [
    { key: 'import', kind: 'command', name: 'Import people', href: '/import' },
    { key: 'audit', kind: 'command', name: 'Verify the ledger', href: '/audit' },
  ]
  const lee: PaletteHit = { key: 'lee', kind: 'person', name: 'Lee Gu', href: '/i/1' }
  it('puts people first and filters commands by every word', () => {
    expect(groupHits('', commands, [lee]).map(group => group.title)).toEqual(['People', 'Commands'])
    expect(groupHits('ledger VERIFY', commands, []).flatMap(group => group.hits.map(hit => hit.key))).toEqual(
      ['audit'],
    )
    expect(groupHits('nothing like it', commands, [])).toEqual([])
  })
})

it('takes an unknown theme for the system’s', () => {
  expect(readTheme('dark')).toBe('dark')
  expect(readTheme('neon')).toBe('system')
  expect(readTheme(undefined)).toBe('system')
})
