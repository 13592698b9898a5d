import { isSignInKind, signInKinds } from '@/domain/credentials/sign-in'
import { isHostName } from './host-name'

/** What an administrator says of a new estate. Credentials are names; the secrets stay where the lane workers run. */
export type NewEstate = {
  name: string
  kind: string
  /** IANA name. */
  zone: string
  pools: readonly string[]
  sipDomains: readonly string[]
  hostingProviderProxy: string
  /** Empty: the directory chooses. */
  domainController: string
  /** Empty: the rule for choosing a shell decides. */
  executable: string
  sfbCredential: string
  sfbSessions: number
  /** One of `signInKinds`. */
  sfbSignIn: string
  syncCredential: string
  syncSessions: number
}

export type EstateField = keyof NewEstate

/** What is wrong with a description, by field; empty when nothing is. */
export function estateFaults(estate: NewEstate): Partial<Record<EstateField, string>> {
  const faults: Partial<Record<EstateField, string>> = {}
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{1,59}$/u.test(estate.name))
    faults.name = 'Write a name of 2 to 60 letters, digits, blanks, dots or dashes.'
  else if (estateSlug(estate.name) === '')
    faults.name = 'The name needs a letter from a to z or a digit: lanes are named by it.'
  if (estate.kind !== 'lab' && estate.kind !== 'live') faults.kind = 'Choose LAB or LIVE.'
  if (!isZone(estate.zone))
    faults.zone = `“${estate.zone}” is not a time zone. Write one such as Europe/Berlin or UTC.`
  const hosts = (field: 'pools' | 'sipDomains', what: string) => {
    const wrong = estate[field].filter(name => !isHostName(name))
    if (estate[field].length === 0) faults[field] = `Write at least one ${what}, one a line.`
    else if (wrong.length > 0) faults[field] = `Not the full name of a ${what}: ${wrong.join(', ')}.`
  }
  hosts('pools', 'pool')
  hosts('sipDomains', 'SIP domain')
  if (!isHostName(estate.hostingProviderProxy))
    faults.hostingProviderProxy = 'Write the full name of a host, usually sipfed.online.lync.com.'
  if (estate.domainController !== '' && !isHostName(estate.domainController))
    faults.domainController = 'Write the full name of a host, or leave it empty.'
  for (const field of ['sfbCredential', 'syncCredential'] as const)
    if (!/^[\w.@\\-]{2,100}$/.test(estate[field]))
      faults[field] = 'Write the name of a credential: letters, digits, dots, dashes, no blanks.'
  for (const field of ['sfbSessions', 'syncSessions'] as const)
    if (!Number.isInteger(estate[field]) || estate[field] < 1 || estate[field] > 50)
      faults[field] = 'Write a whole number from 1 to 50.'
  if (!isSignInKind(estate.sfbSignIn)) faults.sfbSignIn = `Choose one of: ${signInKinds.join(', ')}.`
  if (estate.sfbCredential === estate.syncCredential && estate.sfbSessions !== estate.syncSessions)
    faults.syncSessions ??= 'The same credential cannot have two limits. Write the same number twice.'
  return faults
}

/** The id that lanes are named by: `West 2` becomes `west-2`. */
export const estateSlug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Whether this is the IANA name of a time zone, or UTC. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone !== ''
  } catch {
    return false
  }
}
