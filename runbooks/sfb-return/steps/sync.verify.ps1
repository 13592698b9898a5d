<#
.SYNOPSIS
    Says whether the sync cycle has ended.
.DESCRIPTION
    Between two steps of one cycle the run status is empty for a moment: only several idle looks in a row count.
    unknown, running: look again later.
#>
param()

$ErrorActionPreference = 'Stop'

$looks = 0
$busy = $false
$connector = ''
while ($looks -lt 3 -and -not $busy) {
    if ($looks -gt 0) { Start-Sleep -Milliseconds 200 }
    $running = @(Get-ADSyncConnectorRunStatus -ErrorAction Stop)
    $scheduler = Get-ADSyncScheduler -ErrorAction Stop
    if ($running.Count -gt 0) {
        $busy = $true
        $connector = [string] $running[0].ConnectorName
    } elseif ($scheduler.SyncCycleInProgress -eq $true) {
        $busy = $true
    }
    $looks = $looks + 1
}

$facts = @{
    busy = $busy
    connector = $connector
    looks = $looks
    staging = ($scheduler.StagingModeEnabled -eq $true)
}

if ($busy) {
    $state = 'unknown'
    $reason = 'running: the sync cycle has not ended yet'
} elseif ($facts.staging) {
    $state = 'needed'
    $reason = 'staging: the cycle ended and exported nothing, this sync server is in staging mode'
} else {
    $state = 'done'
    $reason = 'ended: the sync engine is idle'
}

[pscustomobject]@{ state = $state; reason = $reason; facts = $facts }
