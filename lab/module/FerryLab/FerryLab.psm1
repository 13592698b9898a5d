# The commands of the lab with their documented parameters. Written by lab/module/generate.ts: change that instead.
. (Join-Path $PSScriptRoot 'Connection.ps1')

function Enable-CsUser {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [string] $RegistrarPool,
        [Parameter()] [ValidateSet('FirstLastName', 'EmailAddress', 'UserPrincipalName', 'SamAccountName')] [string] $SipAddressType,
        [Parameter()] [string] $SipDomain,
        [Parameter()] [string] $SipAddress,
        [Parameter()] [Alias('HostingProvider')] [string] $HostingProviderProxyFqdn,
        [Parameter()] [string] $ProxyPool,
        [Parameter()] [string] $DomainController,
        [Parameter()] [switch] $PassThru
    )
    process { Invoke-LabCommand $PSCmdlet 'Enable-CsUser' $PSBoundParameters $true }
}

function Get-CsAdUser {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [pscredential] $Credential,
        [Parameter()] [string] $DomainController,
        [Parameter()] [string] $Filter,
        [Parameter()] [string] $OU,
        [Parameter()] [string] $ResultSize,
        [Parameter()] [string] $LDAPFilter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsAdUser' $PSBoundParameters $false }
}

function Get-CsUser {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [pscredential] $Credential,
        [Parameter()] [string] $DomainController,
        [Parameter()] [string] $Filter,
        [Parameter()] [switch] $OnOfficeCommunicationServer,
        [Parameter()] [switch] $OnLyncServer,
        [Parameter()] [string] $OU,
        [Parameter()] [string] $ResultSize,
        [Parameter()] [string] $LdapFilter,
        [Parameter()] [switch] $UnAssignedUser,
        [Parameter()] [switch] $OnModernServer
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsUser' $PSBoundParameters $false }
}

function Move-CsUser {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [pscredential] $Credential,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true, Position = 1)] [Parameter(ParameterSetName = 'Users', Mandatory = $true, Position = 0)] [string] $Target,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $MoveToTeams,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [string] $HostedMigrationOverrideUrl,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [string] $TenantAdminUserName,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $BypassAudioConferencingCheck,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $BypassEnterpriseVoiceCheck,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [string[]] $AccessTokens,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $MoveConferenceData,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [string] $Report,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $UseLegacyMode,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $IgnoreBackendStoreException,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [string] $ProxyPool,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [string] $DomainController,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Users')] [switch] $PassThru,
        [Parameter(ParameterSetName = 'Users', Mandatory = $true)] [string] $UserList
    )
    process { Invoke-LabCommand $PSCmdlet 'Move-CsUser' $PSBoundParameters $true }
}

function Set-CsUser {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter()] [string] $DomainController,
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [switch] $PassThru,
        [Parameter()] [string] $OnPremLineURI,
        [Parameter()] [string] $LineServerURI,
        [Parameter()] [bool] $AudioVideoDisabled,
        [Parameter()] [bool] $RemoteCallControlTelephonyEnabled,
        [Parameter()] [string] $PrivateLine,
        [Parameter()] [object] $AcpInfo,
        [Parameter()] [bool] $HostedVoiceMail,
        [Parameter()] [bool] $EnterpriseVoiceEnabled,
        [Parameter()] [ValidateSet('Uninitialized', 'UseLyncArchivingPolicy', 'ArchivingToExchange', 'NoArchiving')] [string] $ExchangeArchivingPolicy,
        [Parameter()] [string] $LineURI,
        [Parameter()] [string] $SipAddress,
        [Parameter()] [Alias('CsEnabled')] [bool] $Enabled
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsUser' $PSBoundParameters $true }
}

function Disable-CsUser {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [string] $DomainController,
        [Parameter()] [switch] $PassThru
    )
    process { Invoke-LabCommand $PSCmdlet 'Disable-CsUser' $PSBoundParameters $true }
}

function Get-CsUserPoolInfo {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [switch] $LocalStore
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsUserPoolInfo' $PSBoundParameters $false }
}

function Get-CsPool {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [string] $Site,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsPool' $PSBoundParameters $false }
}

function Get-CsHostingProvider {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsHostingProvider' $PSBoundParameters $false }
}

function New-CsHostingProvider {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $Identity,
        [Parameter(Mandatory = $true)] [bool] $Enabled,
        [Parameter(Mandatory = $true)] [string] $ProxyFqdn,
        [Parameter(Mandatory = $true)] [bool] $EnabledSharedAddressSpace,
        [Parameter(Mandatory = $true)] [bool] $HostsOCSUsers,
        [Parameter()] [bool] $IsLocal,
        [Parameter()] [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [Parameter()] [switch] $Force,
        [Parameter()] [switch] $InMemory,
        [Parameter()] [string] $AutodiscoverUrl,
        [Parameter()] [uint64] $SipClientPort
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsHostingProvider' $PSBoundParameters $true }
}

function Set-CsHostingProvider {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $Enabled,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnabledSharedAddressSpace,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $HostsOCSUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $IsLocal,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $AutodiscoverUrl,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [uint64] $SipClientPort,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsHostingProvider' $PSBoundParameters $true }
}

function Remove-CsHostingProvider {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)] [string] $Identity,
        [Parameter()] [switch] $Force
    )
    process { Invoke-LabCommand $PSCmdlet 'Remove-CsHostingProvider' $PSBoundParameters $true }
}

function Enable-CsHostingProvider {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Enable-CsHostingProvider' $PSBoundParameters $true }
}

function Disable-CsHostingProvider {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Disable-CsHostingProvider' $PSBoundParameters $true }
}

function Get-CsAccessEdgeConfiguration {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsAccessEdgeConfiguration' $PSBoundParameters $false }
}

function Set-CsAccessEdgeConfiguration {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $AllowAnonymousUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $AllowFederatedUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $AllowOutsideUsers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $EnableArchivingDisclaimer,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $KeepCrlsUpToDateForPeers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $MarkSourceVerifiableOnOutgoingMessages,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $OutgoingTlsCountForFederatedPartners,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $CertificatesDeletedPercentage,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $DiscoveredPartnerReportPeriodMinutes,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $DiscoveredPartnerStandardRate,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $EnableDiscoveredPartnerContactsLimit,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $EnableUserReplicator,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $MaxAcceptedCertificatesStored,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $MaxContactsPerDiscoveredPartner,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $MaxRejectedCertificatesStored,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [uint32] $DnsSrvCacheRecordCount,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'DefaultRoute')] [Parameter(ParameterSetName = 'DnsSrvRouting')] [string] $SkypeSearchUrl,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance,
        [Parameter(ParameterSetName = 'DefaultRoute')] [string] $DefaultRouteFqdn,
        [Parameter(ParameterSetName = 'DefaultRoute')] [bool] $IsPublicProvider,
        [Parameter(ParameterSetName = 'DefaultRoute')] [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [Parameter(ParameterSetName = 'DefaultRoute')] [switch] $UseDefaultRouting,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $EnablePartnerDiscovery,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [switch] $UseDnsSrvRouting,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [bool] $BeClearingHouse,
        [Parameter(ParameterSetName = 'DnsSrvRouting')] [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $DiscoveredPartnerVerificationLevel
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsAccessEdgeConfiguration' $PSBoundParameters $true }
}

function Get-CsExternalAccessPolicy {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [ValidateSet('Automatic', 'All', 'SubscriptionDefaults', 'TenantDefinedOnly')] [string] $Include,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [object] $ApplicableTo,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsExternalAccessPolicy' $PSBoundParameters $false }
}

function Set-CsExternalAccessPolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $Description,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableFederationAccess,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableAcsFederationAccess,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableXmppAccess,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnablePublicCloudAudioVideoAccess,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableTeamsConsumerAccess,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableTeamsConsumerInbound,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableOutsideAccess,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsExternalAccessPolicy' $PSBoundParameters $true }
}

function Get-CsAllowedDomain {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsAllowedDomain' $PSBoundParameters $false }
}

function New-CsAllowedDomain {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true, Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'ParentAndRelativeKey')] [string] $Comment,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'ParentAndRelativeKey')] [bool] $MarkForMonitoring,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'ParentAndRelativeKey')] [string] $ProxyFqdn,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'ParentAndRelativeKey')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'ParentAndRelativeKey')] [switch] $InMemory,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'ParentAndRelativeKey')] [ValidateSet('AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification')] [string] $VerificationLevel,
        [Parameter(ParameterSetName = 'ParentAndRelativeKey', Mandatory = $true)] [string] $Domain
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsAllowedDomain' $PSBoundParameters $true }
}

function Test-CsFederatedPartner {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [Alias('t')] [string] $TargetFqdn,
        [Parameter(Mandatory = $true, Position = 1)] [Alias('d')] [string] $Domain,
        [Parameter()] [Alias('ce')] [object] $Certificate,
        [Parameter()] [Alias('pe')] [string] $ProxyFqdn,
        [Parameter()] [switch] $Force,
        [Parameter()] [Alias('ovv')] [string] $OutVerboseVariable,
        [Parameter()] [Alias('olv')] [string] $OutLoggerVariable
    )
    process { Invoke-LabCommand $PSCmdlet 'Test-CsFederatedPartner' $PSBoundParameters $false }
}

function Get-CsMobilityPolicy {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [ValidateSet('Automatic', 'All', 'SubscriptionDefaults', 'TenantDefinedOnly')] [string] $Include,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [object] $ApplicableTo,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsMobilityPolicy' $PSBoundParameters $false }
}

function Set-CsMobilityPolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $Description,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableOutsideVoice,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableMobility,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableIPAudioVideo,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $RequireWIFIForIPVideo,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowCustomerExperienceImprovementProgram,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $RequireWiFiForSharing,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowSaveCallLogs,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowExchangeConnectivity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowSaveIMHistory,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowSaveCredentials,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnablePushNotifications,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EncryptAppData,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowDeviceContactsSync,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $RequireIntune,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowAutomaticPstnFallback,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateSet('VoIPAlways', 'VoIPOverWiFi', 'Cellular')] [string] $VoiceSettings,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $RequireWIFIForIPAudio,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsMobilityPolicy' $PSBoundParameters $true }
}

function Get-CsProxyConfiguration {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsProxyConfiguration' $PSBoundParameters $false }
}

function Set-CsProxyConfiguration {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AcceptClientCompression,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AcceptServerCompression,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableWhiteSpaceKeepAlive,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(0, 65535)] [uint32] $MaxClientCompressionCount,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(0, 65535)] [uint32] $MaxServerCompressionCount,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [object] $Realm,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $RequestServerCompression,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $TreatAllClientsAsRemote,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseCertificateForClientToProxyAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseKerberosForClientToProxyAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseNtlmForClientToProxyAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $DisableNtlmFor2010AndLaterClients,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [uint32] $DnsCacheRecordCount,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(64, 256)] [uint32] $MaxClientMessageBodySizeKb,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(1000, 20000)] [uint32] $MaxServerMessageBodySizeKb,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [uint32] $OutgoingTlsCount,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowPartnerPollingSubscribes,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableLoggingAllMessageBodies,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $LoadBalanceEdgeServers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $LoadBalanceInternalServers,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [uint32] $MaxKeepAliveInterval,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $SpecialConfigurationList,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $TestFeatureList,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $TestParameterList,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsProxyConfiguration' $PSBoundParameters $true }
}

function Get-CsWebServiceConfiguration {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsWebServiceConfiguration' $PSBoundParameters $false }
}

function Set-CsWebServiceConfiguration {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowAnonymousAccessToLWAConference,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(2048, 16384)] [uint64] $CASigningKeyLength,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(8, 8760)] [uint64] $DefaultValidityPeriodHours,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableCertChainDownload,
        [Parameter(ParameterSetName = 'Identity')] [bool] $EnableCORS,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableGroupExpansion,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $InferCertChainFromSSL,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $MACResolverUrl,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(1024, 16384)] [uint64] $MaxCSRKeySize,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(1, 1000)] [uint32] $MaxGroupSizeToExpand,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(8, 8760)] [uint64] $MaxValidityPeriodHours,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(1024, 16384)] [uint64] $MinCSRKeySize,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateRange(8, 4320)] [uint64] $MinValidityPeriodHours,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $SecondaryLocationSourceUrl,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $ShowDownloadCommunicatorAttendeeLink,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $ShowJoinUsingLegacyClientLink,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [object] $TrustedCACerts,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseCertificateAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UsePinAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateSet('Negotiate', 'NTLM', 'None')] [string] $UseWindowsAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowExternalAuthentication,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AutoLaunchLyncWebAccess,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $ShowAlternateJoinOptionsExpanded,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseWsFedPassiveAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $WsFedPassiveMetadataUri,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [object] $CrossDomainAuthorizationList,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableMediaBasicAuth,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableStatisticsInResponse,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [long] $HstsMaxAgeInSeconds,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [long] $PendingGetWaitTimeOutInMinutes,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $PendingGetWaitSupportingApps,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [ValidateSet('None', 'OAuth', 'WebTicketServiceAnon', 'WebTicketServiceWinNegotiate', 'WebTicketServiceWinNtlm', 'WebTicketServiceCert', 'WebTicketServicePin', 'WsFedPassive', 'WsFedBearer', 'WebTicketServiceAuth')] [string] $MobilePreferredAuthType,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseDomainAuthInLWA,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $OverrideAuthTypeForInternalClients,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [string] $OverrideAuthTypeForExternalClients,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $UseWebClientLegacyUI,
        [Parameter(ParameterSetName = 'Instance', ValueFromPipeline = $true)] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsWebServiceConfiguration' $PSBoundParameters $true }
}

function Grant-CsVoicePolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true, Position = 1)] [Parameter(ParameterSetName = 'GrantToTenant', Mandatory = $true, Position = 0)] [string] $PolicyName,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'GrantToTenant')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'GrantToTenant')] [string] $DomainController,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'GrantToTenant')] [switch] $PassThru,
        [Parameter(ParameterSetName = 'GrantToTenant')] [switch] $Global
    )
    process { Invoke-LabCommand $PSCmdlet 'Grant-CsVoicePolicy' $PSBoundParameters $true }
}

function Grant-CsConferencingPolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 1)] [string] $PolicyName,
        [Parameter()] [guid] $Tenant,
        [Parameter()] [string] $DomainController,
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [object] $Identity,
        [Parameter()] [switch] $PassThru
    )
    process { Invoke-LabCommand $PSCmdlet 'Grant-CsConferencingPolicy' $PSBoundParameters $true }
}

function New-CsRgsAgentGroup {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $Parent,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter()] [ValidateRange(10, 600)] [int16] $AgentAlertTime,
        [Parameter()] [object] $AgentsByUri,
        [Parameter()] [string] $Description,
        [Parameter()] [string] $DistributionGroupAddress,
        [Parameter()] [ValidateSet('Informal', 'Formal')] [string] $ParticipationPolicy,
        [Parameter()] [ValidateSet('LongestIdle', 'RoundRobin', 'Serial', 'Parallel', 'Attendant')] [string] $RoutingMethod,
        [Parameter()] [switch] $Force,
        [Parameter()] [switch] $InMemory
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsRgsAgentGroup' $PSBoundParameters $true }
}

function New-CsRgsQueue {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $Parent,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter()] [string] $Description,
        [Parameter()] [object] $OverflowAction,
        [Parameter()] [ValidateSet('NewestCall', 'OldestCall')] [string] $OverflowCandidate,
        [Parameter()] [ValidateRange(0, 1000)] [int16] $OverflowThreshold,
        [Parameter()] [object] $TimeoutAction,
        [Parameter()] [ValidateRange(10, 65535)] [int] $TimeoutThreshold,
        [Parameter()] [switch] $Force,
        [Parameter()] [switch] $InMemory,
        [Parameter()] [object] $AgentGroupIDList
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsRgsQueue' $PSBoundParameters $true }
}

function New-CsRgsWorkflow {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $Parent,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [uri] $PrimaryUri,
        [Parameter()] [bool] $Active,
        [Parameter()] [bool] $Anonymous,
        [Parameter()] [string] $BusinessHoursID,
        [Parameter()] [string] $CustomMusicOnHoldFile,
        [Parameter()] [object] $DefaultAction,
        [Parameter()] [string] $Description,
        [Parameter()] [string] $DisplayNumber,
        [Parameter()] [bool] $EnabledForFederation,
        [Parameter()] [object] $HolidayAction,
        [Parameter()] [ValidateSet('ca-ES', 'da-DK', 'de-DE', 'en-AU', 'en-CA', 'en-GB', 'en-IN', 'en-US', 'es-ES', 'es-MX', 'fi-FI', 'fr-CA', 'fr-FR', 'it-IT', 'ja-JP', 'ko-KR', 'nb-NO', 'nl-NL', 'pl-PL', 'pt-BR', 'pt-PT', 'ru-RU', 'sv-SE', 'zh-CN', 'zh-HK', 'zh-TW')] [string] $Language,
        [Parameter()] [uri] $LineUri,
        [Parameter()] [object] $NonBusinessHoursAction,
        [Parameter()] [string] $TimeZone,
        [Parameter()] [switch] $Force,
        [Parameter()] [switch] $InMemory,
        [Parameter()] [object] $HolidaySetIDList,
        [Parameter()] [bool] $Managed,
        [Parameter()] [object] $ManagersByUri
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsRgsWorkflow' $PSBoundParameters $true }
}

function New-CsClientPolicy {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter()] [guid] $Tenant,
        [Parameter()] [object] $PolicyEntry,
        [Parameter()] [string] $Description,
        [Parameter()] [ValidateSet('WebSearchAndFileDownload', 'WebSearchOnly', 'FileDownloadOnly')] [string] $AddressBookAvailability,
        [Parameter()] [bool] $AttendantSafeTransfer,
        [Parameter()] [timespan] $AutoDiscoveryRetryInterval,
        [Parameter()] [bool] $BlockConversationFromFederatedContacts,
        [Parameter()] [uint32] $CalendarStatePublicationInterval,
        [Parameter()] [string] $CustomizedHelpUrl,
        [Parameter()] [string] $CustomLinkInErrorMessages,
        [Parameter()] [string] $CustomStateUrl,
        [Parameter()] [ValidateRange(30, 28800)] [timespan] $DGRefreshInterval,
        [Parameter()] [bool] $DisableCalendarPresence,
        [Parameter()] [bool] $DisableContactCardOrganizationTab,
        [Parameter()] [bool] $DisableEmailComparisonCheck,
        [Parameter()] [bool] $DisableEmoticons,
        [Parameter()] [bool] $DisableFeedsTab,
        [Parameter()] [bool] $DisableFederatedPromptDisplayName,
        [Parameter()] [bool] $DisableFreeBusyInfo,
        [Parameter()] [bool] $DisableHandsetOnLockedMachine,
        [Parameter()] [bool] $DisableMeetingSubjectAndLocation,
        [Parameter()] [bool] $DisableHtmlIm,
        [Parameter()] [bool] $DisableInkIM,
        [Parameter()] [bool] $DisableOneNote12Integration,
        [Parameter()] [bool] $DisableOnlineContextualSearch,
        [Parameter()] [bool] $DisablePhonePresence,
        [Parameter()] [bool] $DisablePICPromptDisplayName,
        [Parameter()] [bool] $DisablePoorDeviceWarnings,
        [Parameter()] [bool] $DisablePoorNetworkWarnings,
        [Parameter()] [bool] $DisablePresenceNote,
        [Parameter()] [bool] $DisableRTFIM,
        [Parameter()] [bool] $DisableSavingIM,
        [Parameter()] [string] $DisplayPhoto,
        [Parameter()] [bool] $EnableAppearOffline,
        [Parameter()] [bool] $EnableCallLogAutoArchiving,
        [Parameter()] [bool] $EnableClientAutoPopulateWithTeam,
        [Parameter()] [bool] $EnableClientMusicOnHold,
        [Parameter()] [bool] $EnableConversationWindowTabs,
        [Parameter()] [bool] $EnableEnterpriseCustomizedHelp,
        [Parameter()] [bool] $EnableEventLogging,
        [Parameter()] [bool] $EnableExchangeContactSync,
        [Parameter()] [bool] $EnableExchangeDelegateSync,
        [Parameter()] [bool] $EnableExchangeContactsFolder,
        [Parameter()] [bool] $EnableFullScreenVideo,
        [Parameter()] [bool] $EnableHighPerformanceConferencingAppSharing,
        [Parameter()] [bool] $EnableHotdesking,
        [Parameter()] [bool] $EnableIMAutoArchiving,
        [Parameter()] [bool] $EnableMediaRedirection,
        [Parameter()] [bool] $EnableMeetingEngagement,
        [Parameter()] [bool] $EnableNotificationForNewSubscribers,
        [Parameter()] [bool] $EnableServerConversationHistory,
        [Parameter()] [bool] $EnableSkypeUI,
        [Parameter()] [bool] $EnableSQMData,
        [Parameter()] [bool] $EnableTracing,
        [Parameter()] [bool] $EnableURL,
        [Parameter()] [bool] $EnableUnencryptedFileTransfer,
        [Parameter()] [bool] $EnableVOIPCallDefault,
        [Parameter()] [string] $ExcludedContactFolders,
        [Parameter()] [timespan] $HotdeskingTimeout,
        [Parameter()] [string] $IMWarning,
        [Parameter()] [timespan] $MAPIPollInterval,
        [Parameter()] [ValidateRange(0, 64)] [uint32] $MaximumDGsAllowedInContactList,
        [Parameter()] [ValidateRange(0, 1000)] [uint16] $MaximumNumberOfContacts,
        [Parameter()] [uint32] $MaxPhotoSizeKB,
        [Parameter()] [string] $MusicOnHoldAudioFile,
        [Parameter()] [ValidateSet('Supported', 'Enforced', 'NotSupported')] [string] $P2PAppSharingEncryption,
        [Parameter()] [bool] $EnableHighPerformanceP2PAppSharing,
        [Parameter()] [bool] $PlayAbbreviatedDialTone,
        [Parameter()] [string] $RequireContentPin,
        [Parameter()] [uint16] $SearchPrefixFlags,
        [Parameter()] [bool] $ShowRecentContacts,
        [Parameter()] [bool] $ShowManagePrivacyRelationships,
        [Parameter()] [bool] $ShowSharepointPhotoEditLink,
        [Parameter()] [string] $SPSearchInternalURL,
        [Parameter()] [string] $SPSearchExternalURL,
        [Parameter()] [string] $SPSearchCenterInternalURL,
        [Parameter()] [string] $SPSearchCenterExternalURL,
        [Parameter()] [string] $TabURL,
        [Parameter()] [ValidateSet('Off', 'Light', 'Full')] [string] $TracingLevel,
        [Parameter()] [string] $TelemetryTier,
        [Parameter()] [uint32] $PublicationBatchDelay,
        [Parameter()] [bool] $EnableViewBasedSubscriptionMode,
        [Parameter()] [timespan] $WebServicePollInterval,
        [Parameter()] [string] $HelpEnvironment,
        [Parameter()] [uint16] $RateMyCallDisplayPercentage,
        [Parameter()] [bool] $RateMyCallAllowCustomUserFeedback,
        [Parameter()] [uint32] $IMLatencySpinnerDelay,
        [Parameter()] [uint32] $IMLatencyErrorThreshold,
        [Parameter()] [bool] $SupportModernFilePicker,
        [Parameter()] [bool] $EnableOnlineFeedback,
        [Parameter()] [bool] $EnableOnlineFeedbackScreenshots,
        [Parameter()] [timespan] $ConferenceIMIdleTimeout,
        [Parameter(Mandatory = $true, Position = 0)] [string] $Identity,
        [Parameter()] [switch] $InMemory,
        [Parameter()] [switch] $Force
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsClientPolicy' $PSBoundParameters $true }
}

function Connect-MicrosoftTeams {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'UserCredential')]
    param(
        [Parameter(ParameterSetName = 'UserCredential')] [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory = $true)] [Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint', Mandatory = $true)] [Parameter(ParameterSetName = 'AccessTokens')] [Alias('Domain', 'TenantDomain')] [string] $TenantId,
        [Parameter(ParameterSetName = 'UserCredential')] [pscredential] $Credential,
        [Parameter(ParameterSetName = 'UserCredential')] [string] $AccountId,
        [Parameter(ParameterSetName = 'UserCredential')] [Parameter(ParameterSetName = 'ServicePrincipalCertificate')] [Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint')] [Parameter(ParameterSetName = 'AccessTokens')] [ValidateSet('Info', 'Error', 'Warning', 'None')] [string] $LogLevel,
        [Parameter(ParameterSetName = 'UserCredential')] [Parameter(ParameterSetName = 'ServicePrincipalCertificate')] [Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint')] [Parameter(ParameterSetName = 'AccessTokens')] [string] $LogFilePath,
        [Parameter(ParameterSetName = 'UserCredential')] [ValidateSet('TeamsGCCH', 'TeamsDOD', 'TeamsChina')] [string] $TeamsEnvironmentName,
        [Parameter(ParameterSetName = 'UserCredential')] [switch] $UseDeviceAuthentication,
        [Parameter(ParameterSetName = 'UserCredential')] [switch] $DisableWAM,
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory = $true)] [object] $Certificate,
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory = $true)] [Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint', Mandatory = $true)] [string] $ApplicationId,
        [Parameter(ParameterSetName = 'ServicePrincipalCertificateThumbprint', Mandatory = $true)] [string] $CertificateThumbprint,
        [Parameter(ParameterSetName = 'AccessTokens', Mandatory = $true)] [string[]] $AccessTokens,
        [Parameter(ParameterSetName = 'ManagedServiceLogin', Mandatory = $true)] [Alias('MSI', 'ManagedService')] [switch] $Identity,
        [Parameter(ParameterSetName = 'ManagedServiceLogin')] [string] $ManagedServiceHostName,
        [Parameter(ParameterSetName = 'ManagedServiceLogin')] [int] $ManagedServicePort,
        [Parameter(ParameterSetName = 'ManagedServiceLogin')] [securestring] $ManagedServiceSecret
    )
    process { Invoke-LabCommand $PSCmdlet 'Connect-MicrosoftTeams' $PSBoundParameters $true }
}

function New-CsOnlineSession {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0)] [pscredential] $Credential,
        [Parameter()] [string] $OverrideAdminDomain,
        [Parameter()] [uri] $OverridePowerShellUri,
        [Parameter()] [ValidateSet('TeamsGCCH', 'TeamsDOD')] [string] $TeamsEnvironmentName,
        [Parameter()] [object] $SessionOption
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsOnlineSession' $PSBoundParameters $false }
}

function Get-CsOnlineUser {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0)] [object] $Identity,
        [Parameter()] [ValidateSet('User', 'ResourceAccount', 'Guest', 'SfBOnPremUser', 'IneligibleUser')] [string] $AccountType,
        [Parameter()] [string] $Filter,
        [Parameter()] [string] $Properties,
        [Parameter()] [string] $ResultSize,
        [Parameter()] [switch] $SkipUserPolicies,
        [Parameter()] [switch] $SoftDeletedUser,
        [Parameter()] [Alias('OrderBy')] [string] $Sort
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsOnlineUser' $PSBoundParameters $false }
}

function Get-CsTenantFederationConfiguration {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Filter')] [switch] $LocalStore,
        [Parameter(ParameterSetName = 'Filter')] [string] $Filter
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-CsTenantFederationConfiguration' $PSBoundParameters $false }
}

function Set-CsTenantFederationConfiguration {
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = 'Medium', DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [guid] $Tenant,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [object] $AllowedDomains,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [object] $BlockedDomains,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $BlockAllSubdomains,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $AllowFederatedUsers,
        [Parameter(ParameterSetName = 'Identity')] [bool] $AllowTeamsConsumer,
        [Parameter(ParameterSetName = 'Identity')] [bool] $AllowTeamsConsumerInbound,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $TreatDiscoveredPartnersAsUnverified,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $SharedSipAddressSpace,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $RestrictTeamsConsumerToExternalUserProfiles,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [object] $AllowedDomainsAsAList,
        [Parameter(ParameterSetName = 'Identity')] [ValidateSet('Allowed', 'Blocked')] [string] $ExternalAccessWithTrialTenants,
        [Parameter(ParameterSetName = 'Identity')] [ValidateSet('Enabled', 'Disabled')] [string] $SecurityTeamAllowBlockListDelegation,
        [Parameter(ParameterSetName = 'Identity')] [object] $AllowedTrialTenantDomains,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableExternalAccessRestrictionsForChatParticipants,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [bool] $EnableMutualFederationForChatParticipants,
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'Instance')] [switch] $Force,
        [Parameter(ParameterSetName = 'Instance')] [object] $Instance
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-CsTenantFederationConfiguration' $PSBoundParameters $true }
}

function Grant-CsTeamsUpgradePolicy {
    [CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0)] [string] $Identity,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'GrantToTenant')] [Parameter(ParameterSetName = 'GrantToGroup')] [bool] $MigrateMeetingsToTeams,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'GrantToTenant')] [Parameter(ParameterSetName = 'GrantToGroup')] [switch] $PassThru,
        [Parameter(ParameterSetName = 'Identity', Position = 1)] [Parameter(ParameterSetName = 'GrantToTenant', Position = 0)] [Parameter(ParameterSetName = 'GrantToGroup', Position = 0)] [ValidateSet('Islands', 'IslandsWithNotify', 'SfBOnly', 'SfBOnlyWithNotify', 'SfBWithTeamsCollab', 'SfBWithTeamsCollabWithNotify', 'SfBWithTeamsCollabAndMeetings', 'SfBWithTeamsCollabAndMeetingsWithNotify', 'UpgradeToTeams', 'Global')] [string] $PolicyName,
        [Parameter(ParameterSetName = 'Identity')] [Parameter(ParameterSetName = 'GrantToTenant')] [Parameter(ParameterSetName = 'GrantToGroup')] [string] $MsftInternalProcessingMode,
        [Parameter(ParameterSetName = 'GrantToTenant')] [switch] $Force,
        [Parameter(ParameterSetName = 'GrantToTenant')] [switch] $Global,
        [Parameter(ParameterSetName = 'GrantToGroup', Mandatory = $true)] [string] $Group,
        [Parameter(ParameterSetName = 'GrantToGroup')] [int] $Rank
    )
    process { Invoke-LabCommand $PSCmdlet 'Grant-CsTeamsUpgradePolicy' $PSBoundParameters $false }
}

function New-CsCallQueue {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter()] [ValidateRange(15, 180)] [int16] $AgentAlertTime,
        [Parameter()] [bool] $AllowOptOut,
        [Parameter()] [object] $DistributionLists,
        [Parameter()] [guid] $Tenant,
        [Parameter()] [bool] $UseDefaultMusicOnHold,
        [Parameter()] [guid] $WelcomeMusicAudioFileId,
        [Parameter()] [guid] $MusicOnHoldAudioFileId,
        [Parameter()] [ValidateSet('DisconnectWithBusy', 'Forward', 'Voicemail', 'SharedVoicemail')] [object] $OverflowAction,
        [Parameter()] [guid] $OverflowActionTarget,
        [Parameter()] [ValidateSet('1', '2', '3', '4', '5')] [int16] $OverflowActionCallPriority,
        [Parameter()] [ValidateRange(0, 200)] [int16] $OverflowThreshold,
        [Parameter()] [ValidateSet('Disconnect', 'Forward', 'Voicemail', 'SharedVoicemail')] [object] $TimeoutAction,
        [Parameter()] [guid] $TimeoutActionTarget,
        [Parameter()] [ValidateSet('1', '2', '3', '4', '5')] [int16] $TimeoutActionCallPriority,
        [Parameter()] [ValidateRange(0, 2700)] [int16] $TimeoutThreshold,
        [Parameter()] [ValidateSet('Queue', 'Disconnect', 'Forward', 'Voicemail', 'SharedVoicemail')] [object] $NoAgentAction,
        [Parameter()] [guid] $NoAgentActionTarget,
        [Parameter()] [ValidateSet('1', '2', '3', '4', '5')] [int16] $NoAgentActionCallPriority,
        [Parameter()] [ValidateSet('Attendant', 'Serial', 'RoundRobin', 'LongestIdle')] [object] $RoutingMethod,
        [Parameter()] [bool] $PresenceBasedRouting,
        [Parameter()] [bool] $ConferenceMode,
        [Parameter()] [object] $Users,
        [Parameter()] [string] $LanguageId,
        [Parameter()] [string] $LineUri,
        [Parameter()] [object] $OboResourceAccountIds,
        [Parameter()] [string] $OverflowDisconnectTextToSpeechPrompt,
        [Parameter()] [guid] $OverflowDisconnectAudioFilePrompt,
        [Parameter()] [string] $OverflowRedirectPersonTextToSpeechPrompt,
        [Parameter()] [guid] $OverflowRedirectPersonAudioFilePrompt,
        [Parameter()] [string] $OverflowRedirectVoiceAppTextToSpeechPrompt,
        [Parameter()] [guid] $OverflowRedirectVoiceAppAudioFilePrompt,
        [Parameter()] [string] $OverflowRedirectPhoneNumberTextToSpeechPrompt,
        [Parameter()] [guid] $OverflowRedirectPhoneNumberAudioFilePrompt,
        [Parameter()] [string] $OverflowRedirectVoicemailTextToSpeechPrompt,
        [Parameter()] [guid] $OverflowRedirectVoicemailAudioFilePrompt,
        [Parameter()] [string] $OverflowSharedVoicemailTextToSpeechPrompt,
        [Parameter()] [guid] $OverflowSharedVoicemailAudioFilePrompt,
        [Parameter()] [bool] $EnableOverflowSharedVoicemailTranscription,
        [Parameter()] [bool] $EnableOverflowSharedVoicemailSystemPromptSuppression,
        [Parameter()] [string] $TimeoutDisconnectTextToSpeechPrompt,
        [Parameter()] [guid] $TimeoutDisconnectAudioFilePrompt,
        [Parameter()] [string] $TimeoutRedirectPersonTextToSpeechPrompt,
        [Parameter()] [guid] $TimeoutRedirectPersonAudioFilePrompt,
        [Parameter()] [string] $TimeoutRedirectVoiceAppTextToSpeechPrompt,
        [Parameter()] [guid] $TimeoutRedirectVoiceAppAudioFilePrompt,
        [Parameter()] [string] $TimeoutRedirectPhoneNumberTextToSpeechPrompt,
        [Parameter()] [guid] $TimeoutRedirectPhoneNumberAudioFilePrompt,
        [Parameter()] [string] $TimeoutRedirectVoicemailTextToSpeechPrompt,
        [Parameter()] [guid] $TimeoutRedirectVoicemailAudioFilePrompt,
        [Parameter()] [string] $TimeoutSharedVoicemailTextToSpeechPrompt,
        [Parameter()] [guid] $TimeoutSharedVoicemailAudioFilePrompt,
        [Parameter()] [bool] $EnableTimeoutSharedVoicemailTranscription,
        [Parameter()] [bool] $EnableTimeoutSharedVoicemailSystemPromptSuppression,
        [Parameter()] [ValidateSet('AllCalls', 'NewCalls')] [string] $NoAgentApplyTo,
        [Parameter()] [string] $NoAgentDisconnectTextToSpeechPrompt,
        [Parameter()] [guid] $NoAgentDisconnectAudioFilePrompt,
        [Parameter()] [string] $NoAgentRedirectPersonTextToSpeechPrompt,
        [Parameter()] [guid] $NoAgentRedirectPersonAudioFilePrompt,
        [Parameter()] [string] $NoAgentRedirectVoiceAppTextToSpeechPrompt,
        [Parameter()] [guid] $NoAgentRedirectVoiceAppAudioFilePrompt,
        [Parameter()] [string] $NoAgentRedirectPhoneNumberTextToSpeechPrompt,
        [Parameter()] [guid] $NoAgentRedirectPhoneNumberAudioFilePrompt,
        [Parameter()] [string] $NoAgentRedirectVoicemailTextToSpeechPrompt,
        [Parameter()] [guid] $NoAgentRedirectVoicemailAudioFilePrompt,
        [Parameter()] [string] $NoAgentSharedVoicemailTextToSpeechPrompt,
        [Parameter()] [guid] $NoAgentSharedVoicemailAudioFilePrompt,
        [Parameter()] [bool] $EnableNoAgentSharedVoicemailTranscription,
        [Parameter()] [bool] $EnableNoAgentSharedVoicemailSystemPromptSuppression,
        [Parameter()] [string] $ChannelId,
        [Parameter()] [guid] $ChannelUserObjectId,
        [Parameter()] [string] $ShiftsTeamId,
        [Parameter()] [string] $ShiftsSchedulingGroupId,
        [Parameter()] [object] $AuthorizedUsers,
        [Parameter()] [object] $HideAuthorizedUsers,
        [Parameter()] [string] $WelcomeTextToSpeechPrompt,
        [Parameter()] [bool] $IsCallbackEnabled,
        [Parameter()] [ValidateSet('Tone0', 'Tone1', 'Tone2', 'Tone3', 'Tone4', 'Tone5', 'Tone6', 'Tone7', 'Tone8', 'Tone9', 'ToneStar', 'TonePound')] [string] $CallbackRequestDtmf,
        [Parameter()] [int16] $WaitTimeBeforeOfferingCallbackInSecond,
        [Parameter()] [int16] $NumberOfCallsInQueueBeforeOfferingCallback,
        [Parameter()] [int16] $CallToAgentRatioThresholdBeforeOfferingCallback,
        [Parameter()] [guid] $CallbackOfferAudioFilePromptResourceId,
        [Parameter()] [string] $CallbackOfferTextToSpeechPrompt,
        [Parameter()] [guid] $CallbackEmailNotificationTarget,
        [Parameter()] [int16] $ServiceLevelThresholdResponseTimeInSecond,
        [Parameter()] [object] $ComplianceRecordingForCallQueueTemplateId,
        [Parameter()] [string] $TextAnnouncementForCR,
        [Parameter()] [guid] $CustomAudioFileAnnouncementForCR,
        [Parameter()] [string] $TextAnnouncementForCRFailure,
        [Parameter()] [guid] $CustomAudioFileAnnouncementForCRFailure,
        [Parameter()] [bool] $ShouldOverwriteCallableChannelProperty,
        [Parameter()] [string] $SharedCallQueueHistoryTemplateId,
        [Parameter()] [string] $AutoRecordingTemplateId,
        [Parameter()] [string] $SharedVoicemailTriageSettingsTemplateId
    )
    process { Invoke-LabCommand $PSCmdlet 'New-CsCallQueue' $PSBoundParameters $false }
}

function Start-ADSyncSyncCycle {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)] [ValidateSet('Unspecified', 'Delta', 'Initial')] [string] $PolicyType,
        [Parameter(Position = 1, ValueFromPipeline = $true)] [bool] $InteractiveMode
    )
    process { Invoke-LabCommand $PSCmdlet 'Start-ADSyncSyncCycle' $PSBoundParameters $false }
}

function Get-ADSyncScheduler {
    [CmdletBinding(PositionalBinding = $false)]
    param()
    process { Invoke-LabCommand $PSCmdlet 'Get-ADSyncScheduler' $PSBoundParameters $false }
}

function Get-ADSyncConnectorRunStatus {
    [CmdletBinding(PositionalBinding = $false)]
    param()
    process { Invoke-LabCommand $PSCmdlet 'Get-ADSyncConnectorRunStatus' $PSBoundParameters $false }
}

function Stop-ADSyncSyncCycle {
    [CmdletBinding(PositionalBinding = $false)]
    param()
    process { Invoke-LabCommand $PSCmdlet 'Stop-ADSyncSyncCycle' $PSBoundParameters $false }
}

function Set-ADSyncScheduler {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)] [timespan] $CustomizedSyncCycleInterval,
        [Parameter(Position = 1, ValueFromPipeline = $true)] [bool] $SyncCycleEnabled,
        [Parameter(Position = 2, ValueFromPipeline = $true)] [ValidateSet('Unspecified', 'Delta', 'Initial')] [string] $NextSyncCyclePolicyType,
        [Parameter(Position = 3, ValueFromPipeline = $true)] [timespan] $PurgeRunHistoryInterval,
        [Parameter(Position = 4, ValueFromPipeline = $true)] [bool] $MaintenanceEnabled,
        [Parameter(Position = 5, ValueFromPipeline = $true)] [bool] $SchedulerSuspended,
        [Parameter(Position = 6, ValueFromPipeline = $true)] [switch] $Force
    )
    process { Invoke-LabCommand $PSCmdlet 'Set-ADSyncScheduler' $PSBoundParameters $false }
}

function Get-Secret {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [string] $Name,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)] [string] $Vault,
        [Parameter()] [switch] $AsPlainText
    )
    process { Invoke-LabCommand $PSCmdlet 'Get-Secret' $PSBoundParameters $false }
}
