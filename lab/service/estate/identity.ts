import { type AdUser, type Estate, NETBIOS, type OnlineUser } from './shapes'

/**
 * The accounts that an on-premises -Identity addresses: SIP address, user principal name, DOMAIN\logon,
 * distinguished name, or a display name in which `*` stands for anything (so one value may address many).
 */
export function findAdUsers(estate: Estate, identity: string): AdUser[] {
  const wanted = identity.toLowerCase()
  const exact = estate.ad.get(wanted)
  if (exact) return [exact]
  const all = [...estate.ad.values()]
  if (wanted.startsWith('sip:')) {
    return all.filter(user => user['msRTCSIP-PrimaryUserAddress']?.toLowerCase() === wanted)
  }
  const logon = `${NETBIOS.toLowerCase()}\\`
  if (wanted.startsWith(logon)) {
    return all.filter(user => user.samAccountName.toLowerCase() === wanted.slice(logon.length))
  }
  const named = all.filter(user => user.dn.toLowerCase() === wanted)
  if (named.length > 0) return named
  if (!wanted.includes('*')) return all.filter(user => user.displayName.toLowerCase() === wanted)
  const pattern = wildcard(wanted)
  return all.filter(user => pattern.test(user.displayName))
}

/** Accounts that Skype for Business on-premises knows (any with a SIP address or an enabled flag). */
export function findCsUsers(estate: Estate, identity: string): AdUser[] {
  return findAdUsers(estate, identity).filter(isCsUser)
}

export function isCsUser(user: AdUser): boolean {
  return user['msRTCSIP-UserEnabled'] !== null
}

/** The cloud account that -Identity of Get-CsOnlineUser addresses: GUID, SIP address, UPN or alias. */
export function findOnlineUsers(estate: Estate, identity: string): OnlineUser[] {
  const wanted = identity.toLowerCase()
  const exact = estate.online.get(wanted)
  if (exact) return [exact]
  return [...estate.online.values()].filter(
    user =>
      user.objectId === wanted ||
      user.sipAddress?.toLowerCase() === wanted ||
      user.alias.toLowerCase() === wanted,
  )
}

/** A wildcard pattern of `*` and `?` as a regular expression over the whole text. */
export function wildcard(pattern: string): RegExp {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[\\s\\S]*')
    .replace(/\?/g, '[\\s\\S]')
  return new RegExp(`^${text}$`, 'iu')
}
