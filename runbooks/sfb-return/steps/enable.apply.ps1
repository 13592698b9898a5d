<#
.SYNOPSIS
    Makes on-premises aware of one person who is homed online.
.DESCRIPTION
    Writes the SIP address and the hosting provider to Active Directory. No RegistrarPool: the person stays online.
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

Enable-CsUser -Identity $Identity -SipAddress $SipAddress -HostingProviderProxyFqdn $HostingProviderProxyFqdn @optional -Confirm:$false -ErrorAction Stop

[pscustomobject]@{ state = 'applied'; reason = 'enabled: Enable-CsUser ended without an error'; facts = @{} }
