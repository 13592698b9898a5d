import { findAdUsers, findCsUsers } from '../../estate/identity'
import { type AdUser, ON_PREMISES } from '../../estate/shapes'
import { csUserView } from '../../estate/views'
import type { Attributes } from '../../journal/entries'
import type { Command } from '../command'
import type { CallContext } from '../context'

/** With -PassThru the account as it is now. */
function passThru(context: CallContext, user: AdUser): void {
  const now = context.estate.ad.get(user.userPrincipalName.toLowerCase())
  if (context.flag('PassThru') && now) context.output(csUserView(now))
}

/** True when another account holds the address, as its SIP address or among its proxy addresses. */
function isTaken(context: CallContext, user: AdUser, sip: string): boolean {
  const own = user.userPrincipalName.toLowerCase()
  return context.lab.store.sipAddresses.find(sip).some(key => key !== own)
}

/** The SIP address that -SipAddress or -SipAddressType asks for; undefined after an error was written. */
function wantedSip(context: CallContext, user: AdUser): string | undefined {
  const address = context.text('SipAddress')
  const type = context.text('SipAddressType')?.toLowerCase()
  if (address !== undefined && type !== undefined) {
    context.refuse('SipAddress and SipAddressType cannot be used together.')
    return undefined
  }
  if (address !== undefined) {
    if (/^sip:[^\s@]+@[^\s@]+$/i.test(address)) return address
    context.refuse(
      `"${address}" is not a valid SIP address. It begins with "sip:" and has the form user@domain.`,
    )
    return undefined
  }
  const domain = context.text('SipDomain')
  if (type === 'userprincipalname' || type === 'emailaddress') return `sip:${user.userPrincipalName}`
  if ((type === 'samaccountname' || type === 'firstlastname') && domain !== undefined) {
    const local =
      type === 'samaccountname' ? user.samAccountName : user.displayName.trim().replace(/\s+/g, '.')
    return `sip:${local}@${domain}`
  }
  context.refuse(
    type === undefined
      ? 'Enable-CsUser needs SipAddress or SipAddressType.'
      : 'SipDomain is needed with this SipAddressType.',
  )
  return undefined
}

/** The home that Enable-CsUser is asked for; undefined after an error was written. */
function wantedHome(context: CallContext): { locator: string; pool: string | null } | undefined {
  const provider = context.text('HostingProviderProxyFqdn')
  const pool = context.text('RegistrarPool')
  if (provider !== undefined && pool === undefined) {
    const known = [...context.estate.providers.values()].some(entry => entry.ProxyFqdn === provider)
    if (known) return { locator: provider, pool: null }
    context.refuse(`Hosting provider with proxy FQDN "${provider}" is not found.`, 'ObjectNotFound')
    return undefined
  }
  if (pool !== undefined && provider === undefined) {
    if (context.estate.pools.has(pool.toLowerCase()))
      return { locator: ON_PREMISES, pool: pool.toLowerCase() }
    context.refuse(`Cannot find Registrar pool "${pool}".`, 'ObjectNotFound')
    return undefined
  }
  context.refuse('Enable-CsUser needs either RegistrarPool or HostingProviderProxyFqdn.')
  return undefined
}

/**
 * Enable-CsUser. Not idempotent by design of Microsoft's: an account that has the very values already is answered
 * by a warning; one that is enabled with other values is refused.
 */
export const enableCsUser: Command = {
  latency: 'enable',
  mutating: true,
  side: 'on-premises',
  run(context) {
    const identity = context.text('Identity') ?? ''
    const users = findAdUsers(context.estate, identity)
    if (users.length === 0) context.fail('not-found', identity)
    if (users.length > 1 && context.text('SipAddress') !== undefined) {
      context.refuse('SipAddress cannot be used when more than one user is given.')
      return
    }
    for (const user of users) {
      const home = wantedHome(context)
      const sip = home && wantedSip(context, user)
      if (!home || sip === undefined) return
      const wanted: Attributes = {
        'msRTCSIP-PrimaryUserAddress': sip,
        'msRTCSIP-UserEnabled': true,
        'msRTCSIP-DeploymentLocator': home.locator,
        'msRTCSIP-PrimaryHomeServer': home.pool,
      }
      enableOne(context, user, sip, wanted)
    }
  },
}

function enableOne(context: CallContext, user: AdUser, sip: string, wanted: Attributes): void {
  const key = user.userPrincipalName.toLowerCase()
  const attributes = user as unknown as Attributes
  if (user['msRTCSIP-UserEnabled'] !== null) {
    context.people.add(key)
    if (Object.entries(wanted).every(([name, value]) => attributes[name] === value)) {
      context.alreadyThere.add(key)
      context.warning(`Object with identity "${user.dn}" was not changed.`)
      passThru(context, user)
    } else {
      context.refuse(`User "${user.dn}" is already enabled for Skype for Business.`, 'InvalidOperation')
    }
    return
  }
  if (isTaken(context, user, sip)) {
    context.people.add(key)
    context.fail('duplicate-sip', user.userPrincipalName)
    return
  }
  const proxies = [...user.proxyAddresses.filter(address => !/^sip:/i.test(address)), sip]
  if (context.changeUser(user, { ...wanted, proxyAddresses: proxies })) passThru(context, user)
}

/** Set-CsUser: the numbers, voice and the reversible block. */
export const setCsUser: Command = {
  latency: 'set',
  mutating: true,
  side: 'on-premises',
  run(context) {
    const identity = context.text('Identity') ?? ''
    const users = findCsUsers(context.estate, identity)
    if (users.length === 0) context.fail('not-found', identity)
    for (const user of users) {
      const wanted: Attributes = {}
      const sip = context.text('SipAddress')
      if (sip !== undefined && isTaken(context, user, sip)) {
        context.fail('duplicate-sip', user.userPrincipalName)
        continue
      }
      if (sip !== undefined) wanted['msRTCSIP-PrimaryUserAddress'] = sip
      const enabled = context.flag('Enabled')
      if (enabled !== undefined) wanted['msRTCSIP-UserEnabled'] = enabled
      const line = context.text('LineURI')
      if (line !== undefined) wanted['msRTCSIP-Line'] = line === '' ? null : line
      const voice = context.flag('EnterpriseVoiceEnabled')
      if (voice !== undefined) wanted.enterpriseVoiceEnabled = voice
      const silent = context.flag('AudioVideoDisabled')
      if (silent !== undefined) wanted.audioVideoDisabled = silent
      if (Object.keys(wanted).length === 0) {
        context.refuse(
          'The lab knows SipAddress, Enabled, LineURI, EnterpriseVoiceEnabled and AudioVideoDisabled here.',
        )
        return
      }
      if (!context.changeUser(user, wanted)) continue
      if (context.alreadyThere.has(user.userPrincipalName.toLowerCase())) {
        context.warning(`Object with identity "${user.dn}" was not changed.`)
      }
      passThru(context, user)
    }
  },
}

/** Disable-CsUser: strips the attributes, and leaves msRTCSIP-DeploymentLocator behind as the real one does. */
export const disableCsUser: Command = {
  latency: 'enable',
  mutating: true,
  side: 'on-premises',
  run(context) {
    const identity = context.text('Identity') ?? ''
    const users = findCsUsers(context.estate, identity)
    if (users.length === 0) context.fail('not-found', identity)
    for (const user of users) {
      context.changeUser(user, {
        'msRTCSIP-PrimaryUserAddress': null,
        'msRTCSIP-UserEnabled': null,
        'msRTCSIP-PrimaryHomeServer': null,
        'msRTCSIP-Line': null,
        enterpriseVoiceEnabled: false,
        proxyAddresses: user.proxyAddresses.filter(address => !/^sip:/i.test(address)),
      })
    }
  },
}
