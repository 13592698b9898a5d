import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Attributes, Entry } from '../journal/entries'
import { type Estate, FOREST, ON_PREMISES, ONLINE_PROVIDER } from './shapes'

/**
 * A person as POST /people takes them. What is left out is filled in: born online, in sync scope, homed online,
 * unknown to Skype for Business on-premises.
 */
export const personSchema = z.object({
  userPrincipalName: z.string().min(3),
  sipAddress: z.string().optional(),
  displayName: z.string().optional(),
  samAccountName: z.string().optional(),
  /** `born-online` (default), `represented` (enabled on-premises, homed online) or `on-premises` (moved). */
  standing: z.enum(['born-online', 'represented', 'on-premises', 'disabled']).default('born-online'),
  registrarPool: z.string().default('pool01.contoso.example'),
  /** False: an account that lives in the cloud alone. */
  inDirectory: z.boolean().default(true),
  /** False: an account that the cloud has never heard of. */
  inCloud: z.boolean().default(true),
  inSyncScope: z.boolean().default(true),
  /** True: AdminSDHolder protects the account, and writes to it are refused. */
  isProtected: z.boolean().default(false),
  licensed: z.boolean().default(true),
})
export type PersonInput = z.input<typeof personSchema>
type Person = z.output<typeof personSchema>

/** The journal entries that add people who are not there yet; people already there are left as they are. */
export function entriesForPeople(estate: Estate, people: Person[]): { entries: Entry[]; known: number } {
  const entries: Entry[] = []
  const distinguished = new Set([...estate.ad.values()].map(user => user.dn.toLowerCase()))
  const seen = new Set<string>()
  let known = 0
  for (const person of people) {
    const key = person.userPrincipalName.toLowerCase()
    if (seen.has(key) || estate.ad.has(key) || estate.online.has(key)) {
      known += 1
      continue
    }
    seen.add(key)
    const sip = person.sipAddress ?? `sip:${person.userPrincipalName}`
    const name = person.displayName || (person.userPrincipalName.split('@')[0] ?? '')
    if (person.inDirectory) {
      const dn = distinguishedName(name, person.userPrincipalName, distinguished)
      distinguished.add(dn.toLowerCase())
      entries.push({ kind: 'added', store: 'ad', key, value: adAccount(person, dn, name, sip) })
    }
    if (person.inCloud)
      entries.push({ kind: 'added', store: 'online', key, value: cloudAccount(person, name, sip) })
  }
  return { entries, known }
}

function adAccount(person: Person, dn: string, name: string, sip: string): Attributes {
  const represented = person.standing !== 'born-online'
  const moved = person.standing === 'on-premises'
  return {
    dn,
    userPrincipalName: person.userPrincipalName,
    samAccountName: person.samAccountName ?? (person.userPrincipalName.split('@')[0] ?? '').slice(0, 20),
    displayName: name,
    objectGuid: guid(`ad:${person.userPrincipalName.toLowerCase()}`),
    adminCount: person.isProtected ? 1 : 0,
    inSyncScope: person.inSyncScope,
    proxyAddresses: [`SMTP:${person.userPrincipalName}`],
    'msRTCSIP-PrimaryUserAddress': represented ? sip : null,
    'msRTCSIP-UserEnabled': represented ? person.standing !== 'disabled' : null,
    'msRTCSIP-DeploymentLocator': represented ? (moved ? ON_PREMISES : ONLINE_PROVIDER) : null,
    'msRTCSIP-PrimaryHomeServer': moved ? person.registrarPool : null,
    'msRTCSIP-Line': null,
    enterpriseVoiceEnabled: false,
    audioVideoDisabled: false,
  }
}

function cloudAccount(person: Person, name: string, sip: string): Attributes {
  const synced = person.standing !== 'born-online' && person.inDirectory && person.inSyncScope
  return {
    objectId: guid(`cloud:${person.userPrincipalName.toLowerCase()}`),
    userPrincipalName: person.userPrincipalName,
    alias: person.userPrincipalName.split('@')[0] ?? '',
    displayName: name,
    sipAddress: sip,
    accountEnabled: true,
    dirSyncEnabled: person.inDirectory && person.inSyncScope,
    licensed: person.licensed,
    onPremHostingProvider: synced
      ? person.standing === 'on-premises'
        ? ON_PREMISES
        : ONLINE_PROVIDER
      : null,
    onPremSipAddress: synced ? sip : null,
    onPremLineUri: null,
    userValidationErrors: [],
    whenCreated: '2016-03-01T09:00:00Z',
  }
}

/** RFC 4514 escaping of the common name; a second person of the same name gets their account name added. */
function distinguishedName(name: string, upn: string, taken: Set<string>): string {
  const escaped = (text: string) =>
    text
      .replace(/[\\",;<>+=#]/g, character => `\\${character}`)
      .replace(/\r?\n/g, ' ')
      .replace(/^ | $/g, '\\ ')
  const dn = `CN=${escaped(name)},OU=People,${FOREST}`
  return taken.has(dn.toLowerCase()) ? `CN=${escaped(`${name} (${upn})`)},OU=People,${FOREST}` : dn
}

/** The same name gives the same GUID in every lab, so that two runs can be compared. */
function guid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
