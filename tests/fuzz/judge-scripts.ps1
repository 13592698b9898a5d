<#
.SYNOPSIS
    Says what PowerShell's own parser sees in scripts, without running any of them.
.DESCRIPTION
    Each line of the file is one script as Base64 of UTF-8. Each line of the answer is one JSON object: errors, the names
    of all commands in order, and the single-quoted constants that variables are given at the top.
#>
param(
    [Parameter(Mandatory = $true)] [string] $Scripts,
    [Parameter(Mandatory = $true)] [string] $Answers
)

$ErrorActionPreference = 'Stop'
$utf8 = New-Object System.Text.UTF8Encoding $false
$writer = New-Object System.IO.StreamWriter $Answers, $false, $utf8
foreach ($line in [System.IO.File]::ReadLines($Scripts)) {
    $text = $utf8.GetString([Convert]::FromBase64String($line))
    $tokens = $null
    $problems = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref] $tokens, [ref] $problems)
    $commands = @(
        foreach ($command in $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $name = $command.GetCommandName()
            if ($null -eq $name) { '(computed)' } else { $name }
        }
    )
    $constants = @{}
    foreach ($statement in $tree.EndBlock.Statements) {
        if ($statement -isnot [System.Management.Automation.Language.AssignmentStatementAst]) { continue }
        if ($statement.Left -isnot [System.Management.Automation.Language.VariableExpressionAst]) { continue }
        $value = $statement.Right.Expression
        if ($value -isnot [System.Management.Automation.Language.StringConstantExpressionAst]) { continue }
        if ([string] $value.StringConstantType -ne 'SingleQuoted') { continue }
        $name = $statement.Left.VariablePath.UserPath
        if (-not $constants.ContainsKey($name)) { $constants[$name] = [Convert]::ToBase64String($utf8.GetBytes($value.Value)) }
    }
    $seen = @{ errors = @($problems | ForEach-Object { $_.ErrorId }); commands = $commands; constants = $constants }
    $writer.WriteLine((ConvertTo-Json -InputObject $seen -Depth 4 -Compress))
}
$writer.Close()
