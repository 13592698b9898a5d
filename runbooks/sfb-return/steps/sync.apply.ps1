<#
.SYNOPSIS
    Starts one delta sync cycle.
.DESCRIPTION
    Returns at once: Success means that the cycle was accepted, not that it has ended.
#>
param()

$ErrorActionPreference = 'Stop'

$answer = Start-ADSyncSyncCycle -PolicyType Delta -ErrorAction Stop

[pscustomobject]@{
    state = 'applied'
    reason = 'started: the sync engine accepted a delta cycle'
    facts = @{ result = [string] $answer.Result }
}
