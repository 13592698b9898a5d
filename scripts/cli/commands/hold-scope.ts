import type { Option } from '../command'
import { type Given, Misuse } from '../given'
import { estateNamed, laneNamed } from '../lane-named'

const scopes = ['estate', 'lane', 'batch', 'wave', 'item'] as const
export type Scope = { scope: (typeof scopes)[number] | 'everything'; named?: string }

/** The options of hold and release. */
export const scopeOptions: Readonly<Record<string, Option>> = {
  estate: { value: 'NAME', does: 'an estate' },
  lane: { value: 'ESTATE.LANE', does: 'one lane of an estate, such as west.sfb' },
  batch: { value: 'ID', does: 'a batch' },
  wave: { value: 'ID', does: 'a wave' },
  item: { value: 'ID', does: 'one person in a batch' },
  everything: { does: 'everything there is' },
  reason: { value: 'TEXT', required: true, does: 'why' },
}

/** What the hold is on. Exactly one has to be named: a hold on a guess would hold too much or too little. */
export function scopeOf(given: Given): Scope {
  const named: Scope[] = scopes
    .filter(scope => given.maybe(scope) !== undefined)
    .map(scope => ({ scope, named: given.text(scope) }))
  if (given.has('everything')) named.push({ scope: 'everything' })
  const [one, another] = named
  if (!one) throw new Misuse('--estate, --lane, --batch, --wave, --item or --everything is missing.')
  if (another) throw new Misuse(`--${one.scope} and --${another.scope} do not go together. Name one.`)
  return one
}

/** The same by ids, as the commands take it. */
export async function targetOf({
  scope,
  named,
}: Scope): Promise<{ scope: Scope['scope']; targetId?: string }> {
  if (named === undefined) return { scope }
  switch (scope) {
    case 'estate':
      return { scope, targetId: await estateNamed(named) }
    case 'lane':
      return { scope, targetId: await laneNamed(named) }
    default:
      return { scope, targetId: named }
  }
}
