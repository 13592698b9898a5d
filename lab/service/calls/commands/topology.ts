import { wildcard } from '../../estate/identity'
import type { Command } from '../command'
import type { CallContext } from '../context'

type Row = Record<string, unknown>

/** Puts out the objects of one kind; an Identity that fits none is an error. */
function list(context: CallContext, rows: Row[]): void {
  if (context.text('Filter') !== undefined) {
    const pattern = wildcard(context.text('Filter') ?? '')
    for (const row of rows.filter(candidate => pattern.test(String(candidate.Identity)))) context.output(row)
    return
  }
  const identity = context.text('Identity')
  const wanted = identity === undefined ? rows : rows.filter(row => same(row.Identity, identity))
  if (identity !== undefined && wanted.length === 0) {
    context.refuse(`Cannot find "${identity}" because it does not exist.`, 'ObjectNotFound', 'ObjectNotFound')
  }
  for (const row of wanted) context.output(row)
}

function same(value: unknown, identity: string): boolean {
  return String(value).toLowerCase() === identity.toLowerCase()
}

function reader(side: Command['side'], rows: (context: CallContext) => Row[]): Command {
  return { latency: 'read', mutating: false, side, run: context => list(context, rows(context)) }
}

export const getCsPool = reader('on-premises', context => {
  const site = context.text('Site')?.toLowerCase()
  return [...context.estate.pools.values()]
    .filter(pool => site === undefined || pool.site.toLowerCase() === `site:${site}`)
    .map(pool => ({
      $typeName: 'Microsoft.Rtc.Management.Deploy.Internal.Cluster',
      Identity: pool.fqdn,
      Services: pool.services,
      Computers: pool.computers,
      Fqdn: pool.fqdn,
      Site: pool.site,
    }))
})

export const getCsHostingProvider = reader('on-premises', context =>
  [...context.estate.providers].map(([identity, values]) => ({ Identity: identity, ...values })),
)

export const getCsAccessEdgeConfiguration = reader('on-premises', context =>
  [...context.estate.edge].map(([identity, values]) => ({ Identity: identity, ...values })),
)

export const getCsTenantFederationConfiguration = reader('cloud', context => [
  {
    Identity: 'Global',
    SharedSipAddressSpace: context.lab.scenario().tenant.sharedSipAddressSpace,
    AllowFederatedUsers: context.estate.tenant.get('Global')?.allowFederatedUsers ?? true,
    AllowedDomains: 'AllowAllKnownDomains',
    BlockedDomains: [],
    AllowTeamsConsumer: false,
    TreatDiscoveredPartnersAsUnverified: false,
  },
])
