import { type AdUser, ON_PREMISES, ONLINE_PROVIDER, type OnlineUser, TENANT_ID } from './shapes'

const NO_TENANT = '00000000-0000-0000-0000-000000000000'

/** An account as Get-CsAdUser shows it. */
export function adUserView(user: AdUser): Record<string, unknown> {
  return {
    $typeName: 'Microsoft.Rtc.Management.ADConnect.Schema.CSADUser',
    Identity: user.dn,
    DisplayName: user.displayName,
    UserPrincipalName: user.userPrincipalName,
    SamAccountName: user.samAccountName,
    SipAddress: user['msRTCSIP-PrimaryUserAddress'],
    Enabled: user['msRTCSIP-UserEnabled'],
  }
}

/** An account as Get-CsUser shows it. RegistrarPool is empty while somebody is homed online. */
export function csUserView(user: AdUser): Record<string, unknown> {
  const pool = user['msRTCSIP-PrimaryHomeServer']
  return {
    $typeName: 'Microsoft.Rtc.Management.ADConnect.Schema.ADUser',
    Identity: user.dn,
    DisplayName: user.displayName,
    UserPrincipalName: user.userPrincipalName,
    SamAccountName: user.samAccountName,
    SipAddress: user['msRTCSIP-PrimaryUserAddress'],
    Enabled: user['msRTCSIP-UserEnabled'],
    HostingProvider: user['msRTCSIP-DeploymentLocator'],
    RegistrarPool: pool,
    HomeServer: pool === null ? null : `CN=Lc Services,CN=Microsoft,CN=${pool},CN=Pools,CN=RTC Service`,
    EnterpriseVoiceEnabled: user.enterpriseVoiceEnabled,
    LineURI: user['msRTCSIP-Line'] ?? '',
    AudioVideoDisabled: user.audioVideoDisabled,
    EnabledForFederation: true,
    EnabledForInternetAccess: true,
    VoicePolicy: null,
    DialPlan: null,
    ConferencingPolicy: null,
    ExternalAccessPolicy: null,
    MobilityPolicy: null,
    TenantId: user['msRTCSIP-DeploymentLocator'] === ON_PREMISES ? NO_TENANT : TENANT_ID,
  }
}

/** An account as Get-CsOnlineUser shows it (module 6 and later: on-premises people are returned too). */
export function onlineUserView(user: OnlineUser): Record<string, unknown> {
  const onPremises = user.onPremHostingProvider === ON_PREMISES
  return {
    $typeName: 'Microsoft.Rtc.Management.Hosted.User',
    Identity: user.objectId,
    UserPrincipalName: user.userPrincipalName,
    Alias: user.alias,
    DisplayName: user.displayName,
    AccountEnabled: user.accountEnabled,
    SipAddress: user.sipAddress,
    OnPremSipAddress: user.onPremSipAddress,
    IsSipEnabled: user.accountEnabled,
    UserDirSyncEnabled: user.dirSyncEnabled,
    UserValidationErrors: user.userValidationErrors,
    OnPremHostingProvider: user.onPremHostingProvider,
    HostingProvider: onPremises ? ON_PREMISES : ONLINE_PROVIDER,
    InterpretedUserType: interpretedType(user),
    AccountType: onPremises ? 'SfBOnPremUser' : 'User',
    TenantId: TENANT_ID,
    EnterpriseVoiceEnabled: false,
    LineURI: '',
    OnPremLineURI: user.onPremLineUri ?? '',
    FeatureTypes: user.licensed ? ['Teams'] : [],
    WhenCreated: user.whenCreated,
  }
}

function interpretedType(user: OnlineUser): string {
  if (!user.dirSyncEnabled) return 'PureOnlineTeamsOnlyUser'
  if (user.onPremHostingProvider === ON_PREMISES) return 'HybridOnpremSfBUser'
  if (user.onPremHostingProvider) return 'HybridOnlineTeamsOnlyUser'
  return 'DirSyncEnabledOnlineTeamsOnlyUser'
}
