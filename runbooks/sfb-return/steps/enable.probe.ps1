<#
.SYNOPSIS
    Says whether Enable-CsUser is needed for one person who was born online.
.DESCRIPTION
    Enable-CsUser is not idempotent: it may run only where Get-CsAdUser shows an empty Enabled (never enabled).
#>
param(
    [Parameter(Mandatory = $true)] [string] $Identity,
    [Parameter(Mandatory = $true)] [string] $SipAddress,
    [string] $HostingProviderProxyFqdn = 'sipfed.online.lync.com',
    [string] $DomainController = ''
)

$ErrorActionPreference = 'Stop'
$optional = @{}
if ($DomainController -ne '') { $optional['DomainController'] = $DomainController }

$account = $null
try { $account = Get-CsAdUser -Identity $Identity @optional -ErrorAction Stop }
catch { if ($_.Exception.Message -notlike '*management object not found*') { throw } }

$user = $null
try { $user = Get-CsUser -Identity $Identity @optional -ErrorAction Stop }
catch { if ($_.Exception.Message -notlike '*management object not found*') { throw } }

$online = $null
try { $online = Get-CsOnlineUser -Identity $Identity -ErrorAction Stop }
catch { if ($_.Exception.Message -notlike '*management object not found*') { throw } }

$facts = @{
    UserPrincipalName = [string] $account.UserPrincipalName
    DisplayName = [string] $account.DisplayName
    Enabled = $account.Enabled
    SipAddress = [string] $user.SipAddress
    HostingProvider = [string] $user.HostingProvider
    RegistrarPool = [string] $user.RegistrarPool
    OnlineSipAddress = [string] $online.SipAddress
    OnlineHostingProvider = [string] $online.OnPremHostingProvider
}

if ($null -eq $account) {
    $state = 'blocked'
    $reason = "not-found: Active Directory has no account $Identity"
} elseif (@($account).Count -gt 1) {
    $state = 'blocked'
    $reason = "ambiguous: $Identity addresses $(@($account).Count) accounts"
} elseif ($account.Enabled -eq $false) {
    $state = 'blocked'
    $reason = 'disabled: the account is disabled for Skype for Business with Set-CsUser'
} elseif ($null -ne $user -and $user.SipAddress -ne $SipAddress) {
    $state = 'blocked'
    $reason = "sip-mismatch: on-premises holds $($user.SipAddress), the plan says $SipAddress"
} elseif ($null -ne $user -and ($user.HostingProvider -eq 'SRV:' -or $user.HostingProvider -eq 'SRV')) {
    $state = 'done'
    $reason = "already-on-premises: homed on $($user.RegistrarPool)"
} elseif ($null -ne $user -and $user.HostingProvider -eq $HostingProviderProxyFqdn) {
    $state = 'done'
    $reason = 'represented: known on-premises, homed online'
} elseif ($null -ne $user) {
    $state = 'blocked'
    $reason = "other-provider: the hosting provider is '$($user.HostingProvider)', not $HostingProviderProxyFqdn"
} elseif ($null -eq $online) {
    $state = 'blocked'
    $reason = "not-online: the cloud has no account $Identity"
} elseif ($online.SipAddress -ne $SipAddress) {
    $state = 'blocked'
    $reason = "sip-mismatch: the cloud uses $($online.SipAddress), the plan says $SipAddress"
} elseif ($account.Enabled -eq $true) {
    $state = 'unknown'
    $reason = 'not-replicated: Active Directory says enabled, Get-CsUser does not know the account'
} else {
    $state = 'needed'
    $reason = 'born-online: unknown on-premises, homed online'
}

[pscustomobject]@{ state = $state; reason = $reason; facts = $facts }
