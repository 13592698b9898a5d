import type { Attributes, StoreName } from '../journal/entries'

/** The provider that stands for Microsoft 365 in msRTCSIP-DeploymentLocator. */
export const ONLINE_PROVIDER = 'sipfed.online.lync.com'
/** What msRTCSIP-DeploymentLocator holds for people homed on-premises. */
export const ON_PREMISES = 'SRV:'

export const FOREST = 'DC=contoso,DC=example'
export const NETBIOS = 'CONTOSO'
export const TENANT = 'contoso.onmicrosoft.example'
export const TENANT_ID = 'b1a0f6f2-6a7e-4b53-9a2c-0c5d0a1e7c55'

/**
 * One account in Active Directory. `null` in msRTCSIP-UserEnabled means "never enabled" (Get-CsAdUser is
 * three-valued), `false` "disabled for a while by Set-CsUser".
 */
export type AdUser = {
  dn: string
  userPrincipalName: string
  samAccountName: string
  displayName: string
  objectGuid: string
  adminCount: number
  inSyncScope: boolean
  proxyAddresses: string[]
  'msRTCSIP-PrimaryUserAddress': string | null
  'msRTCSIP-UserEnabled': boolean | null
  'msRTCSIP-DeploymentLocator': string | null
  'msRTCSIP-PrimaryHomeServer': string | null
  'msRTCSIP-Line': string | null
  enterpriseVoiceEnabled: boolean
  audioVideoDisabled: boolean
}

/** One account in the cloud. The onPrem* attributes are what the last sync brought. */
export type OnlineUser = {
  objectId: string
  userPrincipalName: string
  alias: string
  displayName: string
  sipAddress: string | null
  accountEnabled: boolean
  dirSyncEnabled: boolean
  licensed: boolean
  onPremHostingProvider: string | null
  onPremSipAddress: string | null
  onPremLineUri: string | null
  userValidationErrors: string[]
  whenCreated: string
}

/** One group in Active Directory. `groupType` is the word list that Get-Group shows, for example `Global, SecurityEnabled`. */
export type AdGroup = {
  dn: string
  name: string
  displayName: string
  groupType: string
  members: string[]
  memberOf: string[]
  alias: string | null
  primarySmtpAddress: string | null
  hiddenFromAddressLists: boolean
}

export type Pool = { fqdn: string; site: string; computers: string[]; services: string[] }
export type Tenant = { sharedSipAddressSpace: boolean; allowFederatedUsers: boolean }

/** Everything the lab holds, keyed by what identifies an object (user principal name in lower case, dn, fqdn). */
export type Estate = {
  ad: Map<string, AdUser>
  online: Map<string, OnlineUser>
  groups: Map<string, AdGroup>
  pools: Map<string, Pool>
  tenant: Map<string, Tenant>
  edge: Map<string, Attributes>
  providers: Map<string, Attributes>
}

export const STORES = [
  'ad',
  'online',
  'groups',
  'pools',
  'tenant',
  'edge',
  'providers',
] as const satisfies StoreName[]

function pool(fqdn: string): Pool {
  const [name = '', ...domain] = fqdn.split('.')
  const machine = (n: number) => `${name.replace('pool', 'fe')}-${n}.${domain.join('.')}`
  return {
    fqdn,
    site: 'site:Redmond',
    computers: [machine(1), machine(2)],
    services: ['Registrar', 'UserServer', 'WebServer'].map(service => `${service}:${fqdn}`),
  }
}

/** An estate in hybrid order, with two pools and nobody in it. */
export function emptyEstate(): Estate {
  return {
    ad: new Map(),
    online: new Map(),
    groups: new Map(),
    pools: new Map(['pool01.contoso.example', 'pool02.contoso.example'].map(fqdn => [fqdn, pool(fqdn)])),
    tenant: new Map([['Global', { sharedSipAddressSpace: true, allowFederatedUsers: true }]]),
    edge: new Map([
      [
        'Global',
        {
          AllowOutsideUsers: true,
          AllowFederatedUsers: true,
          AllowAnonymousUsers: false,
          EnablePartnerDiscovery: true,
          RoutingMethod: 'UseDnsSrvRouting',
          DiscoveredPartnerVerificationLevel: 'UseSourceVerification',
          BeClearingHouse: false,
        },
      ],
    ]),
    providers: new Map([
      [
        'Office365',
        {
          Name: 'Office365',
          ProxyFqdn: ONLINE_PROVIDER,
          VerificationLevel: 'UseSourceVerification',
          Enabled: true,
          EnabledSharedAddressSpace: true,
          HostsOCSUsers: true,
          IsLocal: false,
          AutodiscoverUrl: 'https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root',
          SipClientPort: 443,
        },
      ],
    ]),
  }
}
