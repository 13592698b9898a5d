<#
.SYNOPSIS
    Moves one person from the cloud to the target pool.
.DESCRIPTION
    Without -Confirm:$false an unattended session would wait for an answer for ever. The move is never forced: that would
    drop contacts and meetings for good. HostedMigrationOverrideUrl is for estates whose migration service has to be named.
#>
param(
    [Parameter(Mandatory = $true)] [string] $Identity,
    [Parameter(Mandatory = $true)] [string] $Target,
    [string] $HostedMigrationOverrideUrl = '',
    [string] $DomainController = ''
)

$ErrorActionPreference = 'Stop'
$optional = @{}
if ($HostedMigrationOverrideUrl -ne '') { $optional['HostedMigrationOverrideUrl'] = $HostedMigrationOverrideUrl }
if ($DomainController -ne '') { $optional['DomainController'] = $DomainController }

Move-CsUser -Identity $Identity -Target $Target @optional -Confirm:$false -ErrorAction Stop

[pscustomobject]@{ state = 'applied'; reason = 'moved: Move-CsUser ended without an error'; facts = @{} }
