import { randomBytes } from 'node:crypto'

// No vowels and no look-alikes, so that an id can be read aloud and never spells a word.
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz'

const prefixes = {
  batch: 'bat',
  wave: 'wav',
  item: 'itm',
  attempt: 'att',
  approval: 'apr',
  plan: 'pln',
  import: 'imp',
  hold: 'hld',
  seat: 'set',
  worker: 'wrk',
  sync: 'syn',
  person: 'per',
  token: 'tok',
  link: 'lnk',
  runbook: 'rbk',
  credential: 'crd',
  lane: 'lan',
  breaker: 'brk',
  blackout: 'blk',
  forecast: 'fct',
  signature: 'sig',
} as const

/** A new id such as `bat_7k3fq2mzc4w9`: 12 characters of 27, about 57 random bits. */
export function newId(kind: keyof typeof prefixes): string {
  const random = randomBytes(12)
  let text = ''
  for (const byte of random) text += ALPHABET[byte % ALPHABET.length]
  return `${prefixes[kind]}_${text}`
}
