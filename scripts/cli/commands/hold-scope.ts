import type { Option } from '../command'
import { type Given, Misuse } from '../given'

export type Scope = { scope: 'batch' | 'wave' | 'item' | 'everything'; targetId?: string }

/** The options of hold and release. */
export const scopeOptions: Readonly<Record<string, Option>> = {
  batch: { value: 'ID', does: 'a batch' },
  wave: { value: 'ID', does: 'a wave' },
  item: { value: 'ID', does: 'one person in a batch' },
  everything: { does: 'everything there is' },
  reason: { value: 'TEXT', required: true, does: 'why' },
}

/** What the hold is on. Exactly one has to be named: a hold on a guess would hold too much or too little. */
export function scopeOf(given: Given): Scope {
  const named: Scope[] = (['batch', 'wave', 'item'] as const)
    .filter(scope => given.maybe(scope) !== undefined)
    .map(scope => ({ scope, targetId: given.text(scope) }))
  if (given.has('everything')) named.push({ scope: 'everything' })
  const [one, another] = named
  if (!one) throw new Misuse('--batch, --wave, --item or --everything is missing.')
  if (another) throw new Misuse(`--${one.scope} and --${another.scope} do not go together. Name one.`)
  return one
}

export const scopeWords = ({ scope, targetId }: Scope): string =>
  targetId === undefined ? scope : `${scope} ${targetId}`
