import { parseArgs } from 'node:util'

/** How many people a figure is measured with: `--people N`, or its own number. */
export function peopleOr(usual: number): number {
  const { values } = parseArgs({ options: { people: { type: 'string' } } })
  const people = Number(values.people ?? usual)
  if (Number.isSafeInteger(people) && people > 0) return people
  throw new Error(`--people ${values.people} is not a whole number from 1 on.`)
}
