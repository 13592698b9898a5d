<#
.SYNOPSIS
    Reads back on-premises whether one person is homed on the target pool.
.DESCRIPTION
    done: HostingProvider is SRV:, RegistrarPool is the target, Enabled is True and the SIP address is unchanged.
    That the cloud agrees is seen only after the next sync, and is no part of this.
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
    $state = 'unknown'
    $reason = "not-found: Get-CsUser does not know $Identity any more"
} elseif ($user.HostingProvider -eq $HostingProviderProxyFqdn) {
    $state = 'needed'
    $reason = 'not-moved: still homed online'
} elseif ($user.HostingProvider -ne 'SRV:' -and $user.HostingProvider -ne 'SRV') {
    $state = 'unknown'
    $reason = "not-as-asked: the hosting provider is '$($user.HostingProvider)'"
} elseif ($user.RegistrarPool -ne $Target) {
    $state = 'unknown'
    $reason = "not-as-asked: homed on '$($user.RegistrarPool)', asked was $Target"
} elseif ($user.Enabled -ne $true) {
    $state = 'unknown'
    $reason = 'not-as-asked: homed on-premises and not enabled'
} elseif ($user.SipAddress -ne $SipAddress) {
    $state = 'unknown'
    $reason = "not-as-asked: the SIP address is $($user.SipAddress), before the move it was $SipAddress"
} else {
    $state = 'done'
    $reason = "moved: homed on $Target"
}

[pscustomobject]@{ state = $state; reason = $reason; facts = $facts }
