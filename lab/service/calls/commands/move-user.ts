import { findCsUsers } from '../../estate/identity'
import { type AdUser, ON_PREMISES, ONLINE_PROVIDER } from '../../estate/shapes'
import { csUserView } from '../../estate/views'
import type { Attributes } from '../../journal/entries'
import type { Command } from '../command'
import type { CallContext } from '../context'

type Direction = 'to-pool' | 'to-cloud'

/**
 * Move-CsUser in all its directions. From the cloud to a pool it wants what Microsoft's service wants: a target
 * with a Registrar, a tenant with shared SIP space, and a cloud account that shows the hosting provider, which
 * only a directory sync after Enable-CsUser brings about (else fault 506).
 */
export const moveCsUser: Command = {
  latency: 'move',
  mutating: true,
  side: 'on-premises',
  run(context) {
    const target = (context.text('Target') ?? '').toLowerCase()
    const direction: Direction = target === ONLINE_PROVIDER ? 'to-cloud' : 'to-pool'
    if (direction === 'to-pool' && !hasRegistrar(context, target)) {
      context.fail(
        'pool-not-found',
        context.text('Identity') ?? '',
        `Cannot find Registrar pool "${target}". Verify that the pool exists in the topology and has a Registrar service.`,
      )
      return
    }
    for (const identity of identities(context)) {
      const users = findCsUsers(context.estate, identity)
      if (users.length === 0) {
        context.fail(/^sip:/i.test(identity) ? 'sip-uri-not-found' : 'not-found', identity)
      }
      for (const user of users) move(context, user, target, direction)
    }
  },
}

function identities(context: CallContext): string[] {
  const users = context.parameters.Users
  return Array.isArray(users) ? users.map(String) : [context.text('Identity') ?? '']
}

function hasRegistrar(context: CallContext, target: string): boolean {
  return context.estate.pools.get(target)?.services.some(service => service.startsWith('Registrar:')) ?? false
}

function move(context: CallContext, user: AdUser, target: string, direction: Direction): void {
  const key = user.userPrincipalName.toLowerCase()
  context.people.add(key)
  const wanted: Attributes =
    direction === 'to-cloud'
      ? { 'msRTCSIP-DeploymentLocator': ONLINE_PROVIDER, 'msRTCSIP-PrimaryHomeServer': null }
      : { 'msRTCSIP-DeploymentLocator': ON_PREMISES, 'msRTCSIP-PrimaryHomeServer': target }
  const attributes = user as unknown as Attributes
  const there = Object.entries(wanted).every(([name, value]) => attributes[name] === value)
  if (there) context.alreadyThere.add(key)
  else if (!mayMove(context, user, direction)) return
  else if (!context.changeUser(user, wanted)) return
  const now = context.estate.ad.get(key)
  if (context.flag('PassThru') && now) context.output(csUserView(now))
}

/** The checks of the hosted migration service; false after an error was written. */
function mayMove(context: CallContext, user: AdUser, direction: Direction): boolean {
  const homedOnPremises = user['msRTCSIP-DeploymentLocator'] === ON_PREMISES
  if (direction === 'to-pool' && homedOnPremises) return true
  const upn = user.userPrincipalName
  if (!context.lab.scenario().tenant.sharedSipAddressSpace) {
    context.fail('fault-510', upn)
    return false
  }
  const online = context.estate.online.get(upn.toLowerCase())
  if (direction === 'to-cloud') {
    if (online?.licensed) return true
    context.fail('fault-507', upn)
    return false
  }
  if (online?.onPremHostingProvider === ONLINE_PROVIDER) return true
  context.fail('fault-506', upn)
  return false
}
