import type { ValueName } from '@/runbooks/definition'

export type ValueSources = {
  item: { upn: string; sipAddress: string; targetPool: string | null }
  batch: { targetPool: string | null }
  estate: {
    hostingProviderProxy: string
    domainController: string | null
    hostedMigrationUrl: string | null
  }
}

/** A person's own target pool comes before the batch's (rule 12). */
export const targetPoolOf = (sources: Pick<ValueSources, 'item' | 'batch'>): string | null =>
  sources.item.targetPool ?? sources.batch.targetPool

/** The values that a step script is given for one person; what is not set is not passed. */
export function stepValues(names: readonly ValueName[], sources: ValueSources): Record<string, string> {
  const all: Record<ValueName, string | null> = {
    Identity: sources.item.upn,
    SipAddress: `sip:${sources.item.sipAddress}`,
    Target: targetPoolOf(sources),
    HostingProviderProxyFqdn: sources.estate.hostingProviderProxy,
    DomainController: sources.estate.domainController,
    HostedMigrationOverrideUrl: sources.estate.hostedMigrationUrl,
  }
  const values: Record<string, string> = {}
  for (const name of names) {
    const value = all[name]
    if (value !== null && value !== '') values[name] = value
  }
  return values
}
