import type { Signature } from '../signature'

/** Enable-CsUser and Get-CsUser. */
export const enableSignatures = [
  {
    id: 'not-changed',
    match: { by: 'text', on: 'warning', has: ['Object with identity', 'was not changed'] },
    class: 'ALREADY_DONE',
    scope: 'item',
    title: 'Nothing had to be changed',
    cause: 'The account already has these values; the cmdlet says so as a warning.',
    remedy: 'Nothing to do.',
    owner: 'operator',
  },
  {
    id: 'sip-not-unique',
    match: { by: 'text', has: ['For this user the value of msRTCSIP-PrimaryUserAddress', 'is not unique'] },
    class: 'PRECONDITION',
    scope: 'item',
    title: 'Somebody else has this SIP address',
    cause: 'Another account holds it in msRTCSIP-PrimaryUserAddress or in proxyAddresses.',
    remedy: 'Take it from the other account, synchronise, allow about 15 minutes, then retry.',
    owner: 'directory',
  },
] as const satisfies readonly Signature[]
