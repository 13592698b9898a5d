<#
.SYNOPSIS
    Says whether one person has to be moved to the target pool, and whether that can be done now.
.DESCRIPTION
    A move from the cloud works only after a directory sync has told the cloud about the hosting provider
    (otherwise the migration service answers with fault 506): until then the answer is blocked, not-synced.
#>
param(
    [Parameter(Mandatory = $true)] [string] $Identity,
    [Parameter(Mandatory = $true)] [string] $SipAddress,
    [Parameter(Mandatory = $true)] [string] $Target,
    [string] $HostingProviderProxyFqdn = 'sipfed.online.lync.com',
    [string] $DomainController = ''
)

$ErrorActionPreference = 'Stop'
$optional = @{}
if ($DomainController -ne '') { $optional['DomainController'] = $DomainController }

$user = $null
try { $user = Get-CsUser -Identity $Identity @optional -ErrorAction Stop }
catch { if ($_.Exception.Message -notlike '*management object not found*') { throw } }

$online = $null
try { $online = Get-CsOnlineUser -Identity $Identity -ErrorAction Stop }
catch { if ($_.Exception.Message -notlike '*management object not found*') { throw } }

$facts = @{
    UserPrincipalName = [string] $user.UserPrincipalName
    DisplayName = [string] $user.DisplayName
    Enabled = $user.Enabled
    SipAddress = [string] $user.SipAddress
    HostingProvider = [string] $user.HostingProvider
    RegistrarPool = [string] $user.RegistrarPool
    OnlineSipAddress = [string] $online.SipAddress
    OnlineHostingProvider = [string] $online.OnPremHostingProvider
    EnterpriseVoiceEnabled = ($user.EnterpriseVoiceEnabled -eq $true)
    LineURI = [string] $user.LineURI
}

if ($null -eq $user) {
    $state = 'blocked'
    $reason = "not-enabled: Get-CsUser does not know $Identity; Enable-CsUser comes first"
} elseif (@($user).Count -gt 1) {
    $state = 'blocked'
    $reason = "ambiguous: $Identity addresses $(@($user).Count) accounts"
} elseif ($user.Enabled -ne $true) {
    $state = 'blocked'
    $reason = 'disabled: the account is disabled for Skype for Business with Set-CsUser'
} elseif ($user.SipAddress -ne $SipAddress) {
    $state = 'blocked'
    $reason = "sip-mismatch: on-premises holds $($user.SipAddress), the plan says $SipAddress"
} elseif ($user.HostingProvider -eq 'SRV:' -or $user.HostingProvider -eq 'SRV') {
    if ($user.RegistrarPool -eq $Target) {
        $state = 'done'
        $reason = "already-there: homed on $Target"
    } else {
        $state = 'blocked'
        $reason = "other-pool: homed on $($user.RegistrarPool), the plan says $Target; a person decides about a pool-to-pool move"
    }
} elseif ($user.HostingProvider -ne $HostingProviderProxyFqdn) {
    $state = 'blocked'
    $reason = "other-provider: the hosting provider is '$($user.HostingProvider)', not $HostingProviderProxyFqdn"
} elseif ($null -eq $online) {
    $state = 'blocked'
    $reason = "not-online: the cloud has no account $Identity"
} elseif ($online.OnPremHostingProvider -ne $HostingProviderProxyFqdn) {
    $state = 'blocked'
    $reason = 'not-synced: the cloud does not show the on-premises hosting provider yet'
} else {
    $state = 'needed'
    $reason = 'homed-online: represented on-premises, and the cloud shows it'
}

[pscustomobject]@{ state = $state; reason = $reason; facts = $facts }
