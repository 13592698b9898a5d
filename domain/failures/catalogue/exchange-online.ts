import type { Signature } from '../signature'
import { addressTaken, groupManagerRequired, objectAmbiguous } from './exchange-failures'

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
    ...addressTaken,
  },
  {
    id: 'exo-object-ambiguous',
    match: { by: 'number', family: 'exo', is: ['ManagementObjectAmbiguousException'] },
    ...objectAmbiguous,
  },
  {
    id: 'exo-group-manager-required',
    match: { by: 'number', family: 'exo', is: ['OperationRequiresGroupManagerException'] },
    ...groupManagerRequired,
  },
] as const satisfies readonly Signature[]
