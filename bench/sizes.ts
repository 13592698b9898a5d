import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { people: { type: 'string' }, 'wave-ms': { type: 'string' }, until: { type: 'string' } },
})

/** How many people a figure is measured with: `--people N`, or its own number. */
export function peopleOr(usual: number): number {
  const people = Number(values.people ?? usual)
  if (Number.isSafeInteger(people) && people > 0) return people
  throw new Error(`--people ${values.people} is not a whole number from 1 on.`)
}

/** What P1 measured in the same run, in ms; null where this figure is measured alone. */
export const waveMs = values['wave-ms'] === undefined ? null : Number(values['wave-ms'])

/** When the whole run is to be over, in ms since 1970; never, where this figure is measured alone or with a number of its own. */
export const until =
  values.until === undefined || values.people !== undefined ? Number.POSITIVE_INFINITY : Number(values.until)
