import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Crossing } from '@/components/crossing/crossing'
import { CrossingBar } from '@/components/crossing/crossing-bar'
import { crossingOrder, itemParts, sumOf } from '@/components/crossing/parts'
import { emptyCounts, itemStates, totalOf } from '@/domain/lifecycle/item'

const counts = {
  ...emptyCounts(),
  done: 1184,
  running: 48,
  not_started: 1102,
  needs_person: 21,
  failed: 6,
  unknown: 2,
  left_out: 37,
}

it('names every state once, so that nobody vanishes from a bar', () => {
  expect([...crossingOrder].sort()).toEqual([...itemStates].sort())
})

it('adds up to the total of the counts, whatever they are', () => {
  const everyState = Object.fromEntries(
    itemStates.map((state, index) => [state, 3 ** index]),
  ) as typeof counts
  expect(sumOf(itemParts(everyState))).toBe(totalOf(everyState))
})

it('prints the sum, and widths that are the counts', () => {
  const markup = renderToStaticMarkup(<Crossing parts={itemParts(counts)} from="Online" to="On-premises" />)
  const widths = [...markup.matchAll(/--n:(\d+)/g)].map(match => Number(match[1]))
  expect(widths.reduce((sum, width) => sum + width, 0)).toBe(2400)
  expect(markup).toContain('<b>2,400</b>')
  expect(markup).toContain('Online')
})

it('links every part and every legend entry to exactly those people', () => {
  const markup = renderToStaticMarkup(<Crossing parts={itemParts(counts, state => `/b?state=${state}`)} />)
  for (const state of itemStates.filter(state => counts[state] > 0))
    expect(markup.split(`href="/b?state=${state}"`).length - 1).toBe(2)
  expect(markup).not.toContain('state=waiting')
})

it('leaves the links to the legend for the keyboard when both stand together', () => {
  const parts = itemParts(counts, state => `/b?state=${state}`)
  const both = renderToStaticMarkup(<Crossing parts={parts} />)
  expect(both).toMatch(/class="crossing" aria-hidden="true"/)
  expect(both.split('tabindex="-1"').length - 1).toBe(7)
  const alone = renderToStaticMarkup(<CrossingBar parts={parts} label="Wave 2" />)
  expect(alone).not.toContain('tabindex')
  expect(alone).toContain('aria-label="Wave 2, 2,400 in all"')
})

it('says its parts in words when it is a picture', () => {
  const markup = renderToStaticMarkup(
    <CrossingBar thin parts={itemParts({ ...emptyCounts(), done: 5, failed: 1 })} label="Pilot" />,
  )
  expect(markup).toContain('aria-label="Pilot: 5 verified, 1 failed"')
  expect(renderToStaticMarkup(<CrossingBar parts={itemParts(emptyCounts())} />)).toContain(
    'aria-label="nobody"',
  )
})
