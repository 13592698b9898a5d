<#
.SYNOPSIS
    Signs this session in to Microsoft Teams with a credential of the worker's own store.
.DESCRIPTION
    Runs once, before the session is lent to its first attempt. User and password of the worker's environment or of its
    file are in two variables of this process, which are taken away here; what is in a vault is asked of it by name.
    The password is never an argument of a command: module logging would keep it.
    Answers "signed-in", or "no-secret" where nothing was tried with the account. Errors of the sign-in itself escape.
#>
param(
    [Parameter(Mandatory = $true)] [string] $Credential,
    [string] $Vault = ''
)

$ErrorActionPreference = 'Stop'
if ($Vault -eq '') {
    $user = $env:FERRY_SIGN_IN_USER
    $password = [System.Net.NetworkCredential]::new($user, $env:FERRY_SIGN_IN_PASSWORD).SecurePassword
    $account = [System.Management.Automation.PSCredential]::new($user, $password)
    $env:FERRY_SIGN_IN_USER = $null
    $env:FERRY_SIGN_IN_PASSWORD = $null
} else {
    try {
        $account = Get-Secret -Name $Credential -Vault $Vault -ErrorAction Stop
    } catch {
        return [pscustomobject]@{ state = 'no-secret'; reason = "no-secret: $($_.Exception.Message)"; facts = @{} }
    }
    if ($account -isnot [System.Management.Automation.PSCredential]) {
        $what = "no-secret: What the vault $Vault holds as $Credential is not a user name with a password."
        return [pscustomobject]@{ state = 'no-secret'; reason = $what; facts = @{} }
    }
}

[void] (Connect-MicrosoftTeams -Credential $account -ErrorAction Stop)

[pscustomobject]@{ state = 'signed-in'; reason = 'signed-in: Connect-MicrosoftTeams ended without an error'; facts = @{} }
