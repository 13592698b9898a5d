import type { Signature } from '../signature'

/** Exception classes in messages of the Exchange Online module, which are `id|class|text`: the class is not translated. */
export const exchangeOnlineSignatures = [
  {
    id: 'exo-not-found',
    match: { by: 'number', family: 'exo', is: ['ManagementObjectNotFoundException'] },
    class: 'PRECONDITION',
    whileFresh: { class: 'TRANSIENT', minutes: 15 },
    scope: 'item',
    title: 'Exchange does not find the object',
    cause: 'It does not exist on this side, or was written on another domain controller a moment ago.',
    remedy: 'Check that the object exists there. Name one domain controller for all steps.',
    owner: 'directory',
  },
  {
    id: 'exo-proxy-address-taken',
    match: { by: 'number', family: 'exo', is: ['ProxyAddressExistsException'] },
    class: 'PRECONDITION',
    scope: 'item',
    title: 'Somebody else has this address',
    cause:
      'Another recipient holds the proxy address; it can be the very object that is being created again.',
    remedy:
      'Find its owner with Get-Recipient. Where it is another object, take the address from it, then retry.',
    owner: 'exchange',
  },
  {
    id: 'exo-object-ambiguous',
    match: { by: 'number', family: 'exo', is: ['ManagementObjectAmbiguousException'] },
    class: 'PRECONDITION',
    scope: 'item',
    title: 'Several objects have this name',
    cause: 'The identity that was given fits more than one object.',
    remedy: 'Import the group by GUID or distinguished name, then plan it anew.',
    owner: 'exchange',
  },
  {
    id: 'exo-group-manager-required',
    match: { by: 'number', family: 'exo', is: ['OperationRequiresGroupManagerException'] },
    class: 'AUTH',
    scope: 'item',
    title: 'Only a manager of the group may do this',
    cause: 'The account is not a manager of the group and has no role that goes past that check.',
    remedy:
      'Give the account Organization Management or Security Group Creation and Membership, then retry with -BypassSecurityGroupManagerCheck.',
    owner: 'exchange',
  },
] as const satisfies readonly Signature[]
