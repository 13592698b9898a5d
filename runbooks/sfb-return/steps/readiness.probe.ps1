<#
.SYNOPSIS
    Says whether one person can be taken back on-premises, and what is in the way.
.DESCRIPTION
    Reads Active Directory, Skype for Business on-premises and the cloud account; changes nothing.
    Answers done (already homed on the target pool), needed (ready to go) or blocked (a person must act first).
    facts.codes lists everything that was found, also what does not block, separated by commas.
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
    InterpretedUserType = [string] $online.InterpretedUserType
    EnterpriseVoiceEnabled = ($user.EnterpriseVoiceEnabled -eq $true)
}

# Every finding is "code: sentence". The first one that blocks becomes the reason.
$blocking = @()
$noted = @()
$onPremises = ($user.HostingProvider -eq 'SRV:') -or ($user.HostingProvider -eq 'SRV')

if ($null -eq $account) {
    $blocking += "not-found: Active Directory has no account $Identity"
} elseif (@($account).Count -gt 1) {
    $blocking += "ambiguous: $Identity addresses $(@($account).Count) accounts"
} elseif ($account.Enabled -eq $false) {
    $blocking += 'disabled: the account is disabled for Skype for Business with Set-CsUser'
}
if ($null -eq $online) {
    $blocking += "not-online: the cloud has no account $Identity"
} else {
    if ($online.SipAddress -ne $SipAddress) {
        $blocking += "sip-mismatch: the cloud uses $($online.SipAddress), the plan says $SipAddress"
    }
    if ($online.UserDirSyncEnabled -eq $false) {
        $blocking += 'not-in-sync: the cloud account does not come from the directory synchronisation'
    }
    if (@($online.UserValidationErrors | Where-Object { $_ }).Count -gt 0) {
        $blocking += 'validation-errors: the cloud reports errors in the attributes of this account'
    }
}
if ($null -ne $user -and $user.SipAddress -ne $SipAddress) {
    $blocking += "sip-mismatch: on-premises holds $($user.SipAddress), the plan says $SipAddress"
}
if ($onPremises -and $user.RegistrarPool -ne $Target) {
    $blocking += "other-pool: homed on $($user.RegistrarPool), the plan says $Target"
}
if ($null -ne $user -and -not $onPremises -and $user.HostingProvider -ne $HostingProviderProxyFqdn) {
    $blocking += "other-provider: the hosting provider is '$($user.HostingProvider)', not $HostingProviderProxyFqdn"
}
if ($SipAddress -match "['&]") {
    $noted += 'special-character: the SIP address holds an apostrophe or an ampersand, which some clients mishandle'
}

if ($onPremises) {
    $noted += 'already-on-premises: homed on-premises'
} elseif ($null -ne $user) {
    $noted += 'represented: known on-premises, homed online'
} elseif ($blocking.Count -eq 0) {
    $noted += 'born-online: unknown on-premises, homed online'
}

$codes = @()
foreach ($finding in ($blocking + $noted)) {
    $code = ($finding -split ':')[0]
    if ($codes -notcontains $code) { $codes += $code }
}
$facts['codes'] = $codes -join ','

if ($blocking.Count -gt 0) {
    [pscustomobject]@{ state = 'blocked'; reason = $blocking[0]; facts = $facts }
} elseif ($onPremises) {
    [pscustomobject]@{ state = 'done'; reason = "already-on-premises: homed on $Target"; facts = $facts }
} else {
    [pscustomobject]@{ state = 'needed'; reason = 'ready: nothing is in the way'; facts = $facts }
}
