<#
.SYNOPSIS
    Says whether a directory sync can be started now.
.DESCRIPTION
    In staging mode a cycle reports success and exports nothing; a suspended scheduler means that the wizard is open.
    needed: idle, a cycle can start. blocked, busy: a cycle runs; what it has already read does not hold later changes.
#>
param()

$ErrorActionPreference = 'Stop'

$scheduler = Get-ADSyncScheduler -ErrorAction Stop
$running = @(Get-ADSyncConnectorRunStatus -ErrorAction Stop)
$busy = ($running.Count -gt 0) -or ($scheduler.SyncCycleInProgress -eq $true)
$connector = ''
if ($running.Count -gt 0) { $connector = [string] $running[0].ConnectorName }

$facts = @{
    staging = ($scheduler.StagingModeEnabled -eq $true)
    suspended = ($scheduler.SchedulerSuspended -eq $true)
    busy = $busy
    connector = $connector
}

if ($facts.staging) {
    $state = 'blocked'
    $reason = 'staging: this sync server is in staging mode and exports nothing'
} elseif ($facts.suspended) {
    $state = 'blocked'
    $reason = 'suspended: the sync scheduler is suspended; the wizard may be open'
} elseif ($busy) {
    $state = 'blocked'
    $reason = 'busy: a sync cycle is running'
} else {
    $state = 'needed'
    $reason = 'idle: a sync cycle can start'
}

[pscustomobject]@{ state = $state; reason = $reason; facts = $facts }
