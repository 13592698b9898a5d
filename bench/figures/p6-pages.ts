import { quantile, report } from '../figure'
import { openSide, type Side } from '../pages/side'
import { peopleOr } from '../sizes'

/**
 * P6: what pages ask, at 100,000 people and 1,000,000 events, against the same at 100 people: all that the batch page reads,
 * other pages of its people with each filter, searches, and one person's page. Each size has a database and a process of its
 * own, so that what grows with the whole instance shows, and both are asked in turn, so that a slow moment strikes both.
 */
const MEANT_FOR = 100_000
const PEOPLE = peopleOr(MEANT_FOR)
const SMALL = { batch: 'bat_small', name: 'small', people: 100, events: 1_000 }
const LARGE = { batch: 'bat_large', name: 'large', people: PEOPLE, events: PEOPLE * 10 }
const ROUNDS = 60
/** The first rounds warm connections, plans and programs of both. */
const WARM = 20

const sides: Side[] = []
try {
  for (const size of [SMALL, LARGE]) sides.push(await openSide(size))
  const ratios: { name: string; ratio: number; large: number; small: number }[] = []
  for (const name of sides[0]?.questions ?? []) {
    const times = sides.map(() => [] as number[])
    for (let round = 0; round < WARM + ROUNDS; round++)
      for (const [index, side] of sides.entries()) {
        const ms = await side.ask(name)
        if (round >= WARM) times[index]?.push(ms)
      }
    const [small = Number.NaN, large = Number.NaN] = times.map(all => quantile(all, 0.95))
    ratios.push({ name, ratio: large / small, large, small })
  }
  const value = Math.max(...ratios.map(({ ratio }) => ratio))
  report({
    id: 'P6',
    what: `p95 of the batch page, its people and a search at ${LARGE.people} people and ${LARGE.events} events`,
    value,
    goal: '≤ 2, the worst of them',
    met: PEOPLE >= MEANT_FOR && value <= 2,
    baseline: `the same at ${SMALL.people} people and ${SMALL.events} events, alone in a database of their own, asked in turn`,
    notes: [
      ...ratios.map(
        ({ name, ratio, large, small }) =>
          `${name}: ${ratio.toFixed(2)} (${large.toFixed(1)} ms against ${small.toFixed(1)} ms)`,
      ),
      ...(PEOPLE < MEANT_FOR ? [`the goal is meant for ${MEANT_FOR} people`] : []),
    ],
  })
} finally {
  for (const side of sides) await side.end()
}
