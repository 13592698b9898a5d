import type { Role } from './permissions'

/** By which way a command came in. It is written into the ledger beside the person. */
export const vias = ['screen', 'cli', 'api', 'system'] as const
export type Via = (typeof vias)[number]

/** Who does something: a person with roles, or Ferry itself. Tokens and sessions of one person are that one person. */
export type Actor =
  | { kind: 'person'; personId: string; name: string; roles: readonly Role[]; via: Exclude<Via, 'system'> }
  | { kind: 'system'; name: 'ferry'; via: 'system' }

export const systemActor: Actor = { kind: 'system', name: 'ferry', via: 'system' }
