import { enableSignatures } from './catalogue/enable'
import { exchangeOnlineSignatures } from './catalogue/exchange-online'
import { groupSignatures } from './catalogue/groups'
import { moveSignatures } from './catalogue/move'
import { onlineSignatures } from './catalogue/online'
import { remotingSignatures } from './catalogue/remoting'
import { signInSignatures } from './catalogue/sign-in'
import { syncSignatures } from './catalogue/sync'
import type { Signature } from './signature'

/** The catalogue that comes with Ferry. Within one way of matching the first that fits decides. */
export const catalogue: readonly Signature[] = [
  ...moveSignatures,
  ...enableSignatures,
  ...onlineSignatures,
  ...groupSignatures,
  ...signInSignatures,
  ...exchangeOnlineSignatures,
  ...remotingSignatures,
  ...syncSignatures,
]

/** One signature by its id, or undefined. */
export const signatureById = (id: string): Signature | undefined =>
  catalogue.find(signature => signature.id === id)
