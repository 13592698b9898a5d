# How the generated functions reach the lab service. Loaded by FerryLab.psm1; runs in Windows PowerShell 5.1 and 7.
Add-Type -AssemblyName System.Net.Http -ErrorAction SilentlyContinue

$script:Session = [guid]::NewGuid().ToString()
$script:Client = New-Object System.Net.Http.HttpClient
$script:Client.Timeout = [System.Threading.Timeout]::InfiniteTimeSpan
$script:HostName = [System.Net.Dns]::GetHostName()
# Parameters that steer the shell itself and do not go to the service.
$script:NotSent = [System.Collections.Generic.HashSet[string]]::new([System.StringComparer]::OrdinalIgnoreCase)
foreach ($name in 'WhatIf', 'Confirm', 'Report', 'UserList') { [void] $script:NotSent.Add($name) }
foreach ($name in [System.Management.Automation.Cmdlet]::CommonParameters) { [void] $script:NotSent.Add($name) }
$script:Exceptions = @{}
$script:ExceptionModule = $null

# An exception type by its .NET name. Those of Microsoft's modules do not exist here and are made as they are needed.
function Get-ExceptionType {
    param([string] $Name)
    $known = $Name -as [type]
    if ($null -ne $known -and $known.IsSubclassOf([Exception])) { return $known }
    if ($script:Exceptions.ContainsKey($Name)) { return $script:Exceptions[$Name] }
    if ($null -eq $script:ExceptionModule) {
        $assembly = New-Object System.Reflection.AssemblyName 'FerryLab.Exceptions'
        $access = [System.Reflection.Emit.AssemblyBuilderAccess]::Run
        $builder = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($assembly, $access)
        $script:ExceptionModule = $builder.DefineDynamicModule('FerryLab.Exceptions')
    }
    $parameters = [type[]] @([string], [Exception])
    $type = $script:ExceptionModule.DefineType($Name, 'Public, Class', [Exception])
    $constructor = $type.DefineConstructor('Public', 'Standard', $parameters)
    $code = $constructor.GetILGenerator()
    $code.Emit([System.Reflection.Emit.OpCodes]::Ldarg_0)
    $code.Emit([System.Reflection.Emit.OpCodes]::Ldarg_1)
    $code.Emit([System.Reflection.Emit.OpCodes]::Ldarg_2)
    $code.Emit([System.Reflection.Emit.OpCodes]::Call, [Exception].GetConstructor($parameters))
    $code.Emit([System.Reflection.Emit.OpCodes]::Ret)
    if ($type.PSObject.Methods['CreateType']) { $made = $type.CreateType() } else { $made = $type.CreateTypeInfo().AsType() }
    $script:Exceptions[$Name] = $made
    return $made
}

function New-LabException {
    param([string] $Name, [string] $Message, $Inner)
    $type = Get-ExceptionType $Name
    $constructor = $type.GetConstructor([type[]] @([string], [Exception]))
    # By its signature: with nothing for the inner exception, types with several constructors would be ambiguous.
    if ($null -ne $constructor) { return $constructor.Invoke([object[]] @($Message, $Inner)) }
    return New-Object System.InvalidOperationException $Message, $Inner
}

function New-LabErrorRecord {
    param($Description)
    $inner = $null
    if ($null -ne $Description.inner) { $inner = New-LabException $Description.inner.exception $Description.inner.message $null }
    $exception = New-LabException $Description.exception $Description.message $inner
    $category = [System.Management.Automation.ErrorCategory]::NotSpecified
    if ([Enum]::IsDefined([System.Management.Automation.ErrorCategory], $Description.category)) { $category = $Description.category }
    $record = New-Object System.Management.Automation.ErrorRecord $exception, $Description.id, $category, $Description.target
    if ($Description.reason) { $record.CategoryInfo.Reason = $Description.reason }
    return $record
}

function New-LabFailure {
    param([string] $Message, [string] $Exception, [string] $Id, [string] $Category)
    return [pscustomobject] @{ message = $Message; exception = $Exception; id = $Id; category = $Category; terminating = $true }
}

# Bound parameters as they go to the service: switches as true or false, credentials by their name.
function Get-PlainParameter {
    param($Bound)
    $plain = @{}
    foreach ($name in $Bound.Keys) {
        $value = $Bound[$name]
        if ($value -is [System.Management.Automation.SwitchParameter]) { $value = $value.IsPresent }
        elseif ($value -is [System.Management.Automation.PSCredential]) { $value = $value.UserName }
        elseif ($name -eq 'Identity' -and $null -ne $value -and $value -isnot [string]) {
            foreach ($property in 'Identity', 'DistinguishedName', 'UserPrincipalName', 'SipAddress') {
                if ($value.$property) { $value = [string] $value.$property; break }
            }
        }
        elseif ($value -is [string]) { $value = [string] $value }
        $plain[$name] = $value
    }
    return $plain
}

# One call over HTTP. The answer is what the service says, or a failure in the same shape.
function Send-LabCall {
    param([string] $Name, $Parameters, $Credential)
    foreach ($variable in 'FERRY_LAB_URL', 'FERRY_LAB_KEY') {
        if (-not [Environment]::GetEnvironmentVariable($variable)) {
            $text = "$variable is not set, so the lab cannot be reached. Set FERRY_LAB_URL and FERRY_LAB_KEY to what lab.json in the lab's folder says."
            return [pscustomobject] @{ errors = @(New-LabFailure $text 'System.InvalidOperationException' 'LabNotConfigured' 'InvalidOperation') }
        }
    }
    $account = $env:FERRY_LAB_CREDENTIAL
    if (-not $account) { $account = 'admin@contoso.example' }
    $request = @{
        command = $Name
        parameters = $Parameters
        session = $script:Session
        credential = $account
        pid = $PID
        host = $script:HostName
        call = [guid]::NewGuid().ToString()
    }
    # Beside the parameters, which the service writes to its journal.
    if ($null -ne $Credential) { $request.password = $Credential.GetNetworkCredential().Password }
    $json = ConvertTo-Json -Compress -Depth 5 -InputObject $request
    # ASCII alone travels: no code page and no encoder can change a value on its way.
    if ($json -match '[^ -~]') {
        $json = [regex]::Replace($json, '[^ -~]', { param($match) '\u{0:x4}' -f [int] [char] $match.Value })
    }
    $message = [System.Net.Http.HttpRequestMessage]::new('POST', "$($env:FERRY_LAB_URL)/call")
    $message.Headers.Add('x-lab-key', $env:FERRY_LAB_KEY)
    $message.Content = [System.Net.Http.StringContent]::new($json, [System.Text.Encoding]::ASCII, 'application/json')
    try {
        $response = $script:Client.SendAsync($message).GetAwaiter().GetResult()
        $bytes = $response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult()
    } catch {
        $cause = $_.Exception
        while ($null -ne $cause.InnerException) { $cause = $cause.InnerException }
        if ($cause -is [System.Net.Sockets.SocketException] -and $cause.SocketErrorCode -eq 'ConnectionRefused') {
            $text = "The lab service does not answer at $($env:FERRY_LAB_URL). Start it, or correct FERRY_LAB_URL."
            return [pscustomobject] @{ errors = @(New-LabFailure $text 'System.Net.Http.HttpRequestException' 'LabUnreachable' 'ConnectionError') }
        }
        return [pscustomobject] @{ errors = @(Get-LostConnection) }
    }
    $answer = ConvertFrom-Json -InputObject ([System.Text.Encoding]::UTF8.GetString($bytes))
    $status = [int] $response.StatusCode
    if ($status -eq 409) { return [pscustomobject] @{ errors = @(Get-LostConnection) } }
    if ($status -ne 200) {
        $text = "The lab service refused the call ($status): $($answer.error)"
        return [pscustomobject] @{ errors = @(New-LabFailure $text 'System.InvalidOperationException' 'LabRefused' 'InvalidOperation') }
    }
    return $answer
}

function Get-LostConnection {
    $text = 'Processing data from remote server admin0a.online.lync.com failed with the following error message: The I/O operation has been aborted because of either a thread exit or an application request.'
    $failure = New-LabFailure $text 'System.Management.Automation.Remoting.PSRemotingTransportException' 'WinRMOperationAborted,PSSessionStateBroken' 'OpenError'
    $failure | Add-Member -NotePropertyName reason -NotePropertyValue 'PSRemotingTransportException'
    return $failure
}

# Writes the report that Move-CsUser -Report asks for: one line a person with what became of the move.
function Write-MoveReport {
    param([string] $Path, $Parameters, $Answer)
    $people = @($Parameters.Identity)
    if ($Parameters.ContainsKey('Users')) { $people = @($Parameters.Users) }
    $result = 'Success'
    if (@($Answer.errors).Count -gt 0) { $result = @($Answer.errors | ForEach-Object { $_.message }) -join ' ' }
    $people | ForEach-Object { [pscustomobject] @{ User = $_; Target = $Parameters.Target; Result = $result } } |
        Export-Csv -LiteralPath $Path -NoTypeInformation -Encoding UTF8
}

# What every generated function does with what was bound to it.
function Invoke-LabCommand {
    param($Cmdlet, [string] $Name, $Bound, [bool] $Asks)
    $parameters = Get-PlainParameter $Bound
    if ($parameters.ContainsKey('UserList')) {
        $text = [System.IO.File]::ReadAllText($Cmdlet.GetUnresolvedProviderPathFromPSPath($parameters.UserList))
        $parameters.Users = @($text -split '[,\r\n]+' | ForEach-Object { $_.Trim().Trim('"') } | Where-Object { $_ })
    }
    $target = [string] $parameters.Identity
    if ($parameters.ContainsKey('Users')) { $target = $parameters.Users -join ', ' }
    if ($Asks -and -not $Cmdlet.ShouldProcess($target, $Name)) { return }
    $sent = @{}
    foreach ($key in $parameters.Keys) {
        if (-not $script:NotSent.Contains($key)) { $sent[$key] = $parameters[$key] }
    }
    $answer = Send-LabCall $Name $sent $Bound['Credential']
    if ($answer.fault -eq 'kill-shell') { Stop-Process -Id $PID -Force }
    if ($parameters.ContainsKey('Report')) { Write-MoveReport $Cmdlet.GetUnresolvedProviderPathFromPSPath($parameters.Report) $parameters $answer }
    foreach ($text in $answer.warnings) { $Cmdlet.WriteWarning($text) }
    foreach ($text in $answer.verbose) { $Cmdlet.WriteVerbose($text) }
    foreach ($description in $answer.errors) {
        $record = New-LabErrorRecord $description
        if ($description.terminating) { $Cmdlet.ThrowTerminatingError($record) }
        $Cmdlet.WriteError($record)
    }
    foreach ($value in $answer.output) {
        $name = $value.'$typeName'
        if ($name -eq 'System.Management.Automation.PSCredential') {
            $password = [System.Net.NetworkCredential]::new($value.UserName, $value.Password).SecurePassword
            $value = [System.Management.Automation.PSCredential]::new($value.UserName, $password)
        } elseif ($name) {
            $value.PSObject.Properties.Remove('$typeName')
            $value.PSObject.TypeNames.Insert(0, $name)
        }
        $Cmdlet.WriteObject($value)
    }
}

$ExecutionContext.SessionState.Module.OnRemove = {
    if ($env:FERRY_LAB_URL -and $env:FERRY_LAB_KEY) {
        try {
            $goodbye = New-Object System.Net.Http.HttpRequestMessage 'POST', "$($env:FERRY_LAB_URL)/goodbye"
            $goodbye.Headers.Add('x-lab-key', $env:FERRY_LAB_KEY)
            $goodbye.Content = New-Object System.Net.Http.StringContent (ConvertTo-Json @{ session = $script:Session })
            [void] $script:Client.SendAsync($goodbye).GetAwaiter().GetResult()
        } catch {
            Write-Verbose "The lab was not told goodbye: $($_.Exception.Message)"
        }
    }
}
