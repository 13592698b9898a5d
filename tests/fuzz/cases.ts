import { hostileValue } from './hostile'
import { type FuzzKind, legalValue } from './legal'
import { Random } from './random'

/** One value to try: what it is meant as, and whether a directory could really hold it. */
export type Case = {
  readonly kind: FuzzKind
  readonly value: string
  readonly legal: boolean
  readonly form: number
}

const kinds: readonly FuzzKind[] = [
  'upn',
  'sip-uri',
  'dn',
  'guid',
  'fqdn',
  'https-url',
  'text',
  'text',
  'text',
]

/** The same cases for the same seed. Four of ten are legal; `form` (0 to 2) chooses among the ways a text can travel. */
export function makeCases(count: number, seed: string): Case[] {
  const random = new Random(seed)
  return Array.from({ length: count }, () => {
    const kind = random.pick(kinds)
    const legal = random.chance(0.4)
    const value = legal ? legalValue(kind, random) : hostileValue(kind, random)
    return { kind, value, legal, form: random.below(3) }
  })
}
