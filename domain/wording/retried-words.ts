import { people } from './count'

/** What a retry did: how many are tried again, and why not the others, each reason with its number. */
export function retriedWords(done: { touched: number; refused: readonly { why: string }[] }): string {
  const tried =
    done.touched === 0
      ? 'Nobody is tried again.'
      : `${people(done.touched)} will be tried again, each after a fresh look at the real state.`
  const reasons = new Map<string, number>()
  for (const { why } of done.refused) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  if (reasons.size === 0) return tried
  const all = done.refused.length
  const start = `${tried} ${people(all)} ${all === 1 ? 'stays as they are' : 'stay as they are'}`
  const [only] = reasons.keys()
  if (reasons.size === 1) return `${start}: ${only}`
  const each = [...reasons].sort((one, other) => other[1] - one[1])
  return `${start}. ${each.map(([why, count]) => `${people(count)}: ${why}`).join(' ')}`
}
