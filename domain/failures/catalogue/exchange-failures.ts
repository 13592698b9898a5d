import type { Signature } from '../signature'

/** Failures of Exchange that several signatures recognise: by class on-premises and in the cloud, and by English words. */
type Description = Omit<Signature, 'id' | 'match'>

export const addressTaken = {
  class: 'PRECONDITION',
  scope: 'item',
  title: 'Somebody else has this address',
  cause: 'Another recipient holds the proxy address; it can be the very object that is being created again.',
  remedy:
    'Find its owner with Get-Recipient. Where it is another object, take the address from it, then retry.',
  owner: 'exchange',
} as const satisfies Description

export const objectAmbiguous = {
  class: 'PRECONDITION',
  scope: 'item',
  title: 'Several objects have this name',
  cause: 'The identity that was given fits more than one object.',
  remedy: 'Import the group by GUID or distinguished name, then plan it anew.',
  owner: 'exchange',
} as const satisfies Description

export const groupManagerRequired = {
  class: 'AUTH',
  scope: 'item',
  title: 'Only a manager of the group may do this',
  cause: 'The account is not a manager of the group and has no role that goes past that check.',
  remedy:
    'Give the account Organization Management or Security Group Creation and Membership, then retry with -BypassSecurityGroupManagerCheck.',
  owner: 'exchange',
} as const satisfies Description
