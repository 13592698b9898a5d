<#
.SYNOPSIS
    What an administrator would write for a list of people: enable all, sync once, move all. Nothing is looked at first.
#>
param(
    [Parameter(Mandatory = $true)] [string] $Path,
    [Parameter(Mandatory = $true)] [string] $Target
)

$ErrorActionPreference = 'Stop'
$people = Get-Content -Path $Path

foreach ($person in $people) {
    Enable-CsUser -Identity $person -SipAddress "sip:$person" -HostingProviderProxyFqdn 'sipfed.online.lync.com' -Confirm:$false
}

$null = Start-ADSyncSyncCycle -PolicyType Delta
do {
    Start-Sleep -Milliseconds 100
    $scheduler = Get-ADSyncScheduler
} while ($scheduler.SyncCycleInProgress)

foreach ($person in $people) {
    Move-CsUser -Identity $person -Target $Target -Confirm:$false
}
