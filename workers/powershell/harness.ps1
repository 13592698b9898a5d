<#
.SYNOPSIS
    Runs one stored step script and answers with one framed line of ASCII JSON.
.DESCRIPTION
    Started for every call by one line on standard input. Values travel as data: Base64 of UTF-8 JSON, where every text
    carries the prefix "s:" so that no JSON reader takes it for a date. Only values that the script declares are passed on.
    Two lines are written, each starting with the frame: "<frame> began" directly before the step script runs, and
    "<frame> answer <json>" after it. Everything else on standard output is noise of modules and is ignored.
    The script is read before the first of them: one that cannot be read, or that this shell refuses, has not begun, and
    the answer says so ("began"). It holds 100 error records and 200 of each other stream, and counts the rest ("dropped").
    Without -Script it answers with what shell this is, and with the modules that bring -Cmdlets. Runs in Windows PowerShell 5.1 and PowerShell 7.
#>
param(
    [string] $Script = '',
    [string] $Values = '',
    [string] $Frame = '',
    [string] $Cmdlets = ''
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "constrained-language: PowerShell runs in $($ExecutionContext.SessionState.LanguageMode) mode here. Nothing was run."
}

function Limit-Text {
    param($Value, [int] $Length = 8000)
    if ($null -eq $Value) { return '' }
    $text = [string] $Value
    if ($text.Length -gt $Length) { return $text.Substring(0, $Length) + '...' }
    return $text
}

function Get-ErrorFact {
    param($Record, [bool] $Terminating)
    $chain = @()
    $exception = $Record.Exception
    while ($null -ne $exception -and $chain.Count -lt 8) {
        $chain += @{
            type = $exception.GetType().FullName
            message = Limit-Text $exception.Message
            hresult = $exception.HResult
            code = Limit-Text $exception.ErrorCode 100
        }
        $exception = $exception.InnerException
    }
    $message = ''
    if ($null -ne $Record.Exception) { $message = $Record.Exception.Message }
    $details = ''
    if ($null -ne $Record.ErrorDetails) { $details = $Record.ErrorDetails.Message }
    $line = 0
    $command = ''
    $position = ''
    if ($null -ne $Record.InvocationInfo) {
        $line = $Record.InvocationInfo.ScriptLineNumber
        $position = $Record.InvocationInfo.PositionMessage
        if ($null -ne $Record.InvocationInfo.MyCommand) { $command = $Record.InvocationInfo.MyCommand.Name }
    }
    return @{
        message = Limit-Text $message
        details = Limit-Text $details
        id = Limit-Text $Record.FullyQualifiedErrorId 1000
        category = [string] $Record.CategoryInfo.Category
        reason = [string] $Record.CategoryInfo.Reason
        activity = [string] $Record.CategoryInfo.Activity
        target = Limit-Text $Record.TargetObject 1000
        command = [string] $command
        line = $line
        position = Limit-Text $position 2000
        exceptions = $chain
        terminating = $Terminating
    }
}

function ConvertTo-Fact {
    param($Value)
    if ($null -eq $Value) { return $null }
    if ($Value -is [bool]) { return $Value }
    if ($Value -is [int] -or $Value -is [long] -or $Value -is [double]) { return $Value }
    return Limit-Text $Value
}

function Get-Fact {
    param($Facts)
    $flat = @{}
    if ($null -eq $Facts) { return $flat }
    if ($Facts -is [System.Collections.IDictionary]) {
        foreach ($key in $Facts.Keys) { $flat[[string] $key] = ConvertTo-Fact $Facts[$key] }
        return $flat
    }
    foreach ($property in $Facts.PSObject.Properties) { $flat[$property.Name] = ConvertTo-Fact $property.Value }
    return $flat
}

function Write-Answer {
    param($Answer)
    $json = ConvertTo-Json -InputObject $Answer -Depth 6 -Compress
    if ($json -match '[^ -~]') {
        $pieces = foreach ($character in $json.ToCharArray()) {
            $code = [int] $character
            if ($code -lt 32 -or $code -gt 126) { '\u{0:x4}' -f $code } else { [string] $character }
        }
        $json = $pieces -join ''
    }
    [Console]::Out.WriteLine($Frame + ' answer ' + $json)
}

if ($Script -eq '') {
    # History would keep every call's line, and with it its values, for as long as the shell lives.
    $global:MaximumHistoryCount = 1
    $global:ProgressPreference = 'SilentlyContinue'
    # Looking a cmdlet up loads its module, so the first call of a step does not pay for it.
    $modules = @{}
    $missing = @()
    foreach ($name in $Cmdlets.Split(',')) {
        if ($name -eq '') { continue }
        $command = Get-Command -Name $name -ErrorAction SilentlyContinue
        if ($null -eq $command) { $missing += $name } else { $modules[[string] $command.ModuleName] = [string] $command.Version }
    }
    Write-Answer @{
        version = [string] $PSVersionTable.PSVersion
        edition = [string] $PSVersionTable.PSEdition
        languageMode = [string] $ExecutionContext.SessionState.LanguageMode
        culture = (Get-Culture).Name
        uiCulture = (Get-UICulture).Name
        inputEncoding = [Console]::InputEncoding.WebName
        outputEncoding = [Console]::OutputEncoding.WebName
        processId = $PID
        modules = $modules
        missing = $missing
    }
    return
}

$watch = [System.Diagnostics.Stopwatch]::StartNew()
$records = New-Object System.Collections.ArrayList
$failure = $null
$began = $false
try {
    $json = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Values))
    $given = ConvertFrom-Json -InputObject $json
    # A stored script is named by its hash, so what was read once for this name stays right for as long as the shell lives.
    if ($null -eq $global:FerryScripts) { $global:FerryScripts = @{} }
    $command = $global:FerryScripts[$Script]
    if ($null -eq $command) {
        $command = Get-Command -Name $Script
        # Reads the text: what does not parse fails here, before anything has begun. As a property it would only be null.
        try { [void] $command.get_ScriptBlock() }
        catch { throw $_.Exception.GetBaseException() }
        $global:FerryScripts[$Script] = $command
    }
    $declared = $command.Parameters
    $splat = @{}
    foreach ($property in $given.PSObject.Properties) {
        if ($declared.ContainsKey($property.Name)) {
            $value = $property.Value
            if ($value -is [string]) { $value = $value.Substring(2) }
            $splat[$property.Name] = $value
        }
    }
    $began = $true
    [Console]::Out.WriteLine($Frame + ' began')
    & $command @splat *>&1 | ForEach-Object { [void] $records.Add($_) }
} catch {
    $failure = $_
}
$watch.Stop()

$output = @()
$errors = @()
$warnings = @()
$verbose = @()
$information = @()
$objects = @()
$dropped = @{ output = 0; errors = 0; warnings = 0; verbose = 0; information = 0 }
foreach ($record in $records) {
    if ($record -is [System.Management.Automation.ErrorRecord]) {
        if ($errors.Count -lt 100) { $errors += Get-ErrorFact $record $false } else { $dropped.errors++ }
    } elseif ($record -is [System.Management.Automation.WarningRecord]) {
        if ($warnings.Count -lt 200) { $warnings += Limit-Text $record.Message } else { $dropped.warnings++ }
    } elseif ($record -is [System.Management.Automation.VerboseRecord]) {
        if ($verbose.Count -lt 200) { $verbose += Limit-Text $record.Message } else { $dropped.verbose++ }
    } elseif ($record -is [System.Management.Automation.DebugRecord]) {
        if ($verbose.Count -lt 200) { $verbose += Limit-Text $record.Message } else { $dropped.verbose++ }
    } elseif ($record -is [System.Management.Automation.InformationRecord]) {
        if ($information.Count -lt 200) { $information += Limit-Text $record.MessageData } else { $dropped.information++ }
    } elseif ($null -ne $record) {
        if ($objects.Count -lt 200) {
            $objects += , $record
            $output += Limit-Text $record
        } else {
            $dropped.output++
        }
    }
}
if ($null -ne $failure) { $errors += Get-ErrorFact $failure $true }

$result = $null
if ($null -eq $failure -and $objects.Count -eq 1 -and $null -ne $objects[0].state) {
    $result = @{
        state = [string] $objects[0].state
        reason = [string] $objects[0].reason
        facts = Get-Fact $objects[0].facts
    }
}
$Error.Clear()
Write-Answer @{
    began = $began
    result = $result
    output = $output
    errors = $errors
    warnings = $warnings
    verbose = $verbose
    information = $information
    dropped = $dropped
    durationMs = $watch.ElapsedMilliseconds
}
