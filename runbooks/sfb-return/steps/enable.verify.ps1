<#
.SYNOPSIS
    Reads back whether Enable-CsUser took for one person.
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
}

if ($null -eq $user) {
    $state = 'needed'
    $reason = "not-enabled: Get-CsUser does not know $Identity"
} elseif ($user.Enabled -ne $true) {
    $state = 'unknown'
    $reason = 'not-as-asked: the account is there and not enabled'
} elseif ($user.SipAddress -ne $SipAddress) {
    $state = 'unknown'
    $reason = "not-as-asked: the SIP address is $($user.SipAddress), asked was $SipAddress"
} elseif ($user.HostingProvider -ne $HostingProviderProxyFqdn) {
    $state = 'unknown'
    $reason = "not-as-asked: the hosting provider is '$($user.HostingProvider)', asked was $HostingProviderProxyFqdn"
} else {
    $state = 'done'
    $reason = 'represented: known on-premises, homed online'
}

[pscustomobject]@{ state = $state; reason = $reason; facts = $facts }
