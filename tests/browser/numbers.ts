import type { Page } from 'playwright-core'

type Bar = { name: string; parts: Record<string, number> }

/** Every number that a batch page prints about its people, as they stood beside each other at one moment. */
export type Numbers = {
  sentence: string
  /** “28 people in all waves”. */
  everybody: number
  /** By the words of the filter chips. */
  states: Record<string, number>
  funnel: (Bar & { printed: number })[]
  /** Parts are those of the bar on the line of time, which a wave has once it has started. */
  waves: (Bar & { people: number; badge: string })[]
  /** People who are stuck: as printed in the card's corner, and cluster by cluster. */
  stuck: { printed: number; clusters: number[] } | null
  /** Rows of the file by verdict, and the sum printed behind them. */
  rows: { printed: number; parts: number[] } | null
}

/**
 * Takes down the page's numbers now and each time it has redrawn something. `all` answers every state it went through; it
 * throws when the page was loaded anew meanwhile, since then nobody watched.
 */
export async function watchNumbers(page: Page): Promise<{ all: () => Promise<Numbers[]> }> {
  await page.evaluate(() => {
    const text = (element: Element | null | undefined) => element?.textContent ?? ''
    const number = (element: Element | null | undefined) =>
      Number(/[\d,]+/.exec(text(element))?.[0].replaceAll(',', '') ?? Number.NaN)
    const partsOf = (bar: Element | null) => {
      const words = (bar?.getAttribute('aria-label') ?? '').split(': ').at(-1) ?? ''
      const found = [...words.matchAll(/(\d[\d,]*) ([^,]+)/g)]
      return Object.fromEntries(found.map(one => [one[2], Number(one[1]?.replaceAll(',', ''))]))
    }
    const cardOf = (words: string) =>
      [...document.querySelectorAll('main .card')].find(card => text(card.querySelector('h2')) === words)
    const every = (root: Element | undefined, selector: string) => [
      ...(root?.querySelectorAll(selector) ?? []),
    ]

    const read = (): Numbers => {
      const stuck = cardOf('What is in the way')
      const rows = cardOf('Where they come from')
      const bars = every(document.body, 'main .waves .wave')
      return {
        sentence: text(document.querySelector('main h1')),
        everybody: number(cardOf('People')?.querySelector('.hint')),
        states: Object.fromEntries(
          every(cardOf('People'), '.chip')
            .filter(chip => chip.querySelector('b'))
            .map(chip => [text(chip).replace(/[\d,]+$/, ''), number(chip.querySelector('b'))]),
        ),
        funnel: every(document.body, 'main .funnel-step').map(step => ({
          name: text(step.querySelector('.funnel-name')),
          printed: number(step.querySelector('b')),
          parts: partsOf(step.querySelector('.crossing')),
        })),
        waves: every(cardOf('Waves'), '.rows > li').map(wave => ({
          name: text(wave.querySelector('h3')),
          people: number(wave.querySelector('h3 + span')),
          parts: partsOf(
            bars
              .find(bar => text(bar.querySelector('.wave-name b')) === text(wave.querySelector('h3')))
              ?.querySelector('.wave-bar .crossing') ?? null,
          ),
          badge: text(wave.querySelector('h3 + span + span')),
        })),
        stuck: stuck
          ? {
              printed: number(stuck.querySelector('.right .hint')),
              clusters: every(stuck, '.cluster-count').map(number),
            }
          : null,
        rows: rows
          ? {
              printed: number(rows.querySelector('.legend .sum b')),
              parts: every(rows, '.legend > .entry b').map(number),
            }
          : null,
      }
    }
    const seen: Numbers[] = []
    const look = () => {
      const now = read()
      if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now)
    }
    look()
    const whole = { childList: true, subtree: true, characterData: true, attributes: true }
    new MutationObserver(look).observe(document.body, whole)
    Object.assign(window, { ferryNumbers: seen })
  })
  return {
    all: () =>
      page.evaluate(() => {
        const { ferryNumbers } = window as typeof window & { ferryNumbers?: Numbers[] }
        if (!ferryNumbers) throw new Error('The page was loaded anew.')
        return ferryNumbers
      }),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const sumOf = (parts: Readonly<Record<string, number>>): number => sum(Object.values(parts))

/** What does not add up on one look at the page, a sentence each; empty where everything does. */
export function faultsOf(look: Numbers): string[] {
  const total = look.everybody
  const faults: string[] = []
  const same = (what: string, found: number, expected: number) => {
    // Also a number that could not be read is a fault.
    if (found !== expected || !Number.isFinite(found)) faults.push(`${what}: ${found}, not ${expected}`)
  }
  const states = (words: string[]) => sum(words.map(word => look.states[word] ?? 0))
  const verified = states(['Moved and verified', 'Already there, no change'])
  const leftOut = states(['Left out'])
  same('the states', sumOf(look.states), total)
  for (const step of look.funnel) same(`the parts of ${step.name}`, sumOf(step.parts), total)
  const across = look.funnel.find(step => step.name === 'Verified')
  same('verified in the funnel', across?.printed ?? Number.NaN, verified)
  same('in this batch', look.funnel[0]?.printed ?? Number.NaN, total - leftOut)
  same('the waves', sum(look.waves.map(wave => wave.people)), total)
  for (const wave of look.waves.filter(one => sumOf(one.parts) > 0)) {
    same(`the parts of ${wave.name}`, sumOf(wave.parts), wave.people)
    const [, done, of] = /^(\d+) of (\d+) verified$/.exec(wave.badge) ?? []
    if (done === undefined) continue
    same(
      `the badge of ${wave.name}`,
      Number(done),
      (wave.parts.verified ?? 0) + (wave.parts['already there'] ?? 0),
    )
    same(`the people of the badge of ${wave.name}`, Number(of), wave.people - (wave.parts['left out'] ?? 0))
  }
  const [, done, of] = /(\d+) of (\d+) people are across/.exec(look.sentence) ?? []
  same('across in the sentence', Number(done), verified)
  same('of how many in the sentence', Number(of), total - leftOut)
  if (look.stuck) {
    same('the clusters', sum(look.stuck.clusters), look.stuck.printed)
    const stuck = states(['Needs a person', 'Failed', 'Outcome unknown, reading back'])
    same('people who are stuck', look.stuck.printed, stuck)
  }
  if (look.rows) same('the rows of the file', sum(look.rows.parts), look.rows.printed)
  return faults
}
