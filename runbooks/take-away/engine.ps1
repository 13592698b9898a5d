# ---- How it works: one person and one step at a time, and everything written down ------------------------------------

# Rows of the results file in order, as objects. A run that was killed while it wrote leaves half a line: it is cut off.
function Read-Result {
    param([string] $Path)
    if (-not (Test-Path -LiteralPath $Path)) { return }
    $text = [string] (Get-Content -LiteralPath $Path -Raw -Encoding UTF8)
    $lineEnd = [char] 10
    if ($text.Length -gt 0 -and $text[$text.Length - 1] -ne $lineEnd) {
        $whole = $text.Substring(0, $text.LastIndexOf($lineEnd) + 1)
        Set-Content -LiteralPath $Path -Value $whole -Encoding UTF8 -NoNewline
    }
    Import-Csv -LiteralPath $Path -Encoding UTF8
}

# Writes one row at once, so that a run can end at any moment and the next one knows how far it came.
function Save-Result {
    param([string] $Identity, [string] $Step, [string] $State, [string] $Reason)
    $row = [pscustomobject]@{
        TimeUtc = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
        Identity = $Identity
        Step = $Step
        State = $State
        Reason = ($Reason -replace '\s+', ' ').Trim()
    }
    $row | Export-Csv -LiteralPath $Results -Append -NoTypeInformation -Encoding UTF8
    [void] $rows.Add($row)
    Write-Host ("{0}  {1}  {2}: {3}  {4}" -f $row.TimeUtc, $Identity, $Step, $State, $row.Reason)
}

# The last row about one person and one step, or nothing. Names are compared letter by letter: -eq passes over some characters.
function Get-LastResult {
    param([string] $Identity, [string] $Step)
    $last = $null
    foreach ($row in $rows) {
        $same = [string]::Equals($row.Identity, $Identity, [StringComparison]::OrdinalIgnoreCase)
        if ($same -and $row.Step -eq $Step) { $last = $row }
    }
    return $last
}

# True when the person is through the step: seen done, not believed.
function Test-Through {
    param([string] $Identity, [string] $Step)
    $last = Get-LastResult -Identity $Identity -Step $Step
    return ($null -ne $last -and ($last.State -eq 'done' -or $last.State -eq 'no-change'))
}

# Runs one phase of a step. An error becomes an answer of its own, so that one person's trouble does not end the run.
function Invoke-Phase {
    param([scriptblock] $Phase, $Person)
    try { return (& $Phase $Person) }
    catch {
        if ($_.FullyQualifiedErrorId -like 'CommandNotFoundException*') {
            throw "This shell does not have a command that the step needs. Nothing was changed by it. $($_.Exception.Message)"
        }
        return [pscustomobject]@{ state = 'error'; reason = "error: $($_.Exception.Message)"; facts = @{} }
    }
}

# Looks whether the step is needed, again and again while the answer is one that passes by itself.
function Wait-Probe {
    param([hashtable] $Step, $Person, [string] $Identity)
    $until = [DateTime]::UtcNow.AddMinutes($WaitMinutes)
    while ($true) {
        $answer = Invoke-Phase -Phase $Step.Probe -Person $Person
        $code = ([string] $answer.reason -split ':')[0]
        $passes = ($answer.state -eq 'blocked') -and ($Step.WaitsFor -contains $code)
        if (-not $passes -or $WhatIfPreference -or [DateTime]::UtcNow -gt $until) { return $answer }
        Write-Host ("{0}  {1}: waiting, {2}" -f $Identity, $Step.Name, $answer.reason)
        Start-Sleep -Seconds $LookSeconds
    }
}

# After a run that ended in the middle of a change nobody knows what came of it. It may still be under way, so its time
# limit is waited for; then two looks a while apart have to agree that the change is still needed.
function Wait-Settled {
    param([hashtable] $Step, $Person, [string] $Identity, $Begun)
    $start = [DateTime]::Parse($Begun.TimeUtc, [Globalization.CultureInfo]::InvariantCulture).ToUniversalTime()
    $answer = Invoke-Phase -Phase $Step.Probe -Person $Person
    while ($answer.state -ne 'done' -and [DateTime]::UtcNow -lt $start.AddSeconds($ChangeLimitSeconds)) {
        Write-Host ("{0}  {1}: a change was begun at {2} and may still be under way; waiting" -f $Identity, $Step.Name, $Begun.TimeUtc)
        Start-Sleep -Seconds $LookSeconds
        $answer = Invoke-Phase -Phase $Step.Probe -Person $Person
    }
    if ($answer.state -ne 'needed') { return $answer }
    Start-Sleep -Seconds $SettleSeconds
    return (Invoke-Phase -Phase $Step.Probe -Person $Person)
}

# Reads back whether the change took, a few times, since directories take a moment.
function Read-Back {
    param([hashtable] $Step, $Person)
    $answer = $null
    for ($look = 0; $look -lt 3; $look++) {
        if ($look -gt 0) { Start-Sleep -Seconds ([Math]::Min(5 * $look, $LookSeconds)) }
        $answer = Invoke-Phase -Phase $Step.Verify -Person $Person
        if ($answer.state -eq 'done') { return $answer }
    }
    return $answer
}

# Probe, then apply where it is needed, then verify: for one person. Whoever is through already is passed over.
function Invoke-PersonStep {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([hashtable] $Step, $Person)
    $identity = [string] $Person.Identity
    if (Test-Through -Identity $identity -Step $Step.Name) { return }
    $last = Get-LastResult -Identity $identity -Step $Step.Name
    if ($null -ne $last -and $last.State -eq 'begun' -and -not $WhatIfPreference) {
        $answer = Wait-Settled -Step $Step -Person $Person -Identity $identity -Begun $last
    } else {
        $answer = Wait-Probe -Step $Step -Person $Person -Identity $identity
    }
    if ($WhatIfPreference -and $answer.state -ne 'needed') {
        Write-Host ("{0}  {1}: {2}  {3}" -f $identity, $Step.Name, $answer.state, $answer.reason)
        return
    }
    if ($answer.state -eq 'done') {
        Save-Result -Identity $identity -Step $Step.Name -State 'no-change' -Reason $answer.reason
        return
    }
    if ($answer.state -ne 'needed') {
        Save-Result -Identity $identity -Step $Step.Name -State $answer.state -Reason $answer.reason
        return
    }
    if (-not $PSCmdlet.ShouldProcess($identity, $Step.Name)) { return }
    Save-Result -Identity $identity -Step $Step.Name -State 'begun' -Reason 'begun: the change is sent now'
    $applied = Invoke-Phase -Phase $Step.Apply -Person $Person
    $seen = Read-Back -Step $Step -Person $Person
    if ($seen.state -eq 'done') {
        Save-Result -Identity $identity -Step $Step.Name -State 'done' -Reason $seen.reason
    } elseif ($applied.state -eq 'error') {
        Save-Result -Identity $identity -Step $Step.Name -State 'failed' -Reason $applied.reason
    } else {
        Save-Result -Identity $identity -Step $Step.Name -State 'begun' -Reason "not seen: the change ended without an error, but reading back says $($seen.reason)"
    }
}

# One step for the whole wave, such as a delta sync: waits until it can begin, begins it once, and waits until it is over.
function Invoke-WaveStep {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([hashtable] $Step)
    $until = [DateTime]::UtcNow.AddMinutes($WaitMinutes)
    $answer = Invoke-Phase -Phase $Step.Probe
    while ($answer.state -eq 'blocked' -and $Step.WaitsFor -contains ([string] $answer.reason -split ':')[0] -and -not $WhatIfPreference) {
        if ([DateTime]::UtcNow -gt $until) { break }
        Write-Host ("{0}: waiting, {1}" -f $Step.Name, $answer.reason)
        Start-Sleep -Seconds $LookSeconds
        $answer = Invoke-Phase -Phase $Step.Probe
    }
    if (-not $PSCmdlet.ShouldProcess('the whole wave', $Step.Name)) { return }
    if ($answer.state -ne 'needed' -and $answer.state -ne 'done') {
        throw "The step $($Step.Name) cannot begin: $($answer.reason). Mend that, then run this script again."
    }
    if ($answer.state -eq 'needed') {
        Save-Result -Identity '(wave)' -Step $Step.Name -State 'begun' -Reason $answer.reason
        $applied = Invoke-Phase -Phase $Step.Apply
        if ($applied.state -eq 'error') {
            throw "The step $($Step.Name) could not begin: $($applied.reason). Run this script again in a while."
        }
    }
    $seen = Invoke-Phase -Phase $Step.Verify
    while ($seen.state -ne 'done') {
        if ($seen.state -eq 'needed' -or $seen.state -eq 'error' -or [DateTime]::UtcNow -gt $until) {
            throw "The step $($Step.Name) did not come to its end: $($seen.reason). Run this script again in a while."
        }
        Start-Sleep -Seconds ([Math]::Min(5, $LookSeconds))
        $seen = Invoke-Phase -Phase $Step.Verify
    }
    Save-Result -Identity '(wave)' -Step $Step.Name -State 'done' -Reason $seen.reason
}

# True when the wave's step was done after the last change of the steps before it: only then did it carry them along.
function Test-WaveThrough {
    param([string] $Step, [string[]] $Before)
    $through = $false
    foreach ($row in $rows) {
        if ($row.Identity -eq '(wave)' -and $row.Step -eq $Step -and $row.State -eq 'done') { $through = $true }
        elseif ($Before -contains $row.Step -and ($row.State -eq 'done' -or $row.State -eq 'begun')) { $through = $false }
    }
    return $through
}

# Ends the run where somebody is not through a step, with their names and why; with -PassOver the others go on.
function Assert-Through {
    param([string] $Step, $Group)
    $left = @($Group | Where-Object { -not (Test-Through -Identity $_.Identity -Step $Step) })
    if ($left.Count -eq 0) { return @($Group) }
    Write-Host ''
    Write-Host "$($left.Count) of $(@($Group).Count) are not through the step ${Step}:"
    foreach ($person in $left) {
        $last = Get-LastResult -Identity $person.Identity -Step $Step
        Write-Host ("  {0}  {1}  {2}" -f $person.Identity, $last.State, $last.Reason)
    }
    if (-not $PassOver) {
        throw "Stopped after the step ${Step}: $($left.Count) of $(@($Group).Count) are not through it. Mend what is in their way and run this script again, or run it with -PassOver to go on without them. Who is through is not touched again."
    }
    return @($Group | Where-Object { Test-Through -Identity $_.Identity -Step $Step })
}

# Ends the run when three people in a row ended in the same error: then it is not theirs, and more tries could lock an account.
function Assert-NotStuck {
    $recent = @()
    for ($index = $rows.Count - 1; $index -ge $firstRow -and $recent.Count -lt 3; $index--) {
        if ($rows[$index].State -ne 'begun') { $recent += $rows[$index] }
    }
    if ($recent.Count -lt 3) { return }
    $reasons = @()
    foreach ($row in $recent) {
        if ($row.State -ne 'error' -and $row.State -ne 'failed') { return }
        $reason = $row.Reason.Replace($row.Identity, '')
        if ($reasons -notcontains $reason) { $reasons += $reason }
    }
    if ($reasons.Count -eq 1) {
        throw "Stopped: three people in a row ended in the same error, so it is not theirs. Mend it, then run this script again. $($recent[0].Reason)"
    }
}

# Values of the file are only ever passed as arguments; what a cmdlet could read as a pattern is refused all the same.
function Assert-People {
    param($Group, [string[]] $Columns)
    if (@($Group).Count -eq 0) { throw "There is nobody in $People." }
    $seen = @{}
    foreach ($person in $Group) {
        foreach ($column in $Columns) {
            $value = [string] $person.$column
            if ($value -eq '') { throw "A row of $People has no $column. Nothing was run." }
            if ($value -match '[*?\[\]]' -or $value -match '[\x00-\x1f]') { throw "$column '$value' in $People holds a character that commands read as a pattern, or a control character. Nothing was run." }
        }
        if ($seen.ContainsKey($person.Identity)) { throw "$($person.Identity) stands twice in $People. Nothing was run." }
        $seen[$person.Identity] = $true
    }
}
