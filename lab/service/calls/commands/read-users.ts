import { parseFilter } from '../../estate/filter'
import { findAdUsers, findCsUsers, findOnlineUsers, isCsUser } from '../../estate/identity'
import { adUserView, csUserView, onlineUserView } from '../../estate/views'
import type { Command } from '../command'
import type { CallContext } from '../context'

type Row = Record<string, unknown>

/** Puts out one object for an Identity, or all that a Filter and ResultSize leave. */
function answer(context: CallContext, named: (identity: string) => Row[], everybody: () => Row[]): void {
  const identity = context.text('Identity')
  if (identity !== undefined) {
    const rows = named(identity)
    if (rows.length === 0) context.fail('not-found', identity)
    for (const row of rows) {
      context.people.add(String(row.UserPrincipalName).toLowerCase())
      context.output(row)
    }
    return
  }
  if (context.text('LdapFilter') ?? context.text('LDAPFilter') ?? context.text('OU')) {
    context.refuse('The lab does not know -LdapFilter and -OU. Use -Filter or -Identity.', 'NotImplemented')
    return
  }
  const filter = context.text('Filter')
  let rows = everybody()
  try {
    if (filter !== undefined) rows = rows.filter(parseFilter(filter))
  } catch (error) {
    context.refuse(error instanceof Error ? error.message : String(error))
    return
  }
  const size = context.text('ResultSize')
  const limit = size === undefined || /^unlimited$/i.test(size) ? rows.length : Number(size)
  for (const row of rows.slice(0, limit)) context.output(row)
}

export const getCsAdUser: Command = {
  latency: 'read',
  mutating: false,
  side: 'on-premises',
  run: context =>
    answer(
      context,
      identity => findAdUsers(context.estate, identity).map(adUserView),
      () => [...context.estate.ad.values()].map(adUserView),
    ),
}

export const getCsUser: Command = {
  latency: 'read',
  mutating: false,
  side: 'on-premises',
  run: context =>
    answer(
      context,
      identity => findCsUsers(context.estate, identity).map(csUserView),
      () => {
        const users = [...context.estate.ad.values()].filter(isCsUser)
        const unassigned = context.flag('UnAssignedUser') === true
        return users
          .filter(user => !unassigned || user['msRTCSIP-PrimaryHomeServer'] === null)
          .map(csUserView)
      },
    ),
}

export const getCsOnlineUser: Command = {
  latency: 'read',
  mutating: false,
  side: 'cloud',
  run: context =>
    answer(
      context,
      identity => findOnlineUsers(context.estate, identity).map(onlineUserView),
      () => {
        const type = context.text('AccountType')?.toLowerCase()
        const rows = [...context.estate.online.values()].map(onlineUserView)
        return type === undefined ? rows : rows.filter(row => String(row.AccountType).toLowerCase() === type)
      },
    ),
}

export const getCsUserPoolInfo: Command = {
  latency: 'read',
  mutating: false,
  side: 'on-premises',
  run(context) {
    const identity = context.text('Identity') ?? ''
    const users = findCsUsers(context.estate, identity)
    if (users.length === 0) context.fail('not-found', identity)
    for (const user of users) {
      const fqdn = user['msRTCSIP-PrimaryHomeServer']
      if (fqdn === null) {
        context.refuse(
          `User "${user.userPrincipalName}" is not assigned to a Registrar pool.`,
          'InvalidOperation',
        )
        continue
      }
      context.output({
        PrimaryPoolFqdn: fqdn,
        BackupPoolFqdn: null,
        PrimaryPoolMachinesInPreferredOrder: context.estate.pools.get(fqdn)?.computers ?? [],
      })
    }
  },
}
