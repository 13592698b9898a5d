import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MODULES } from '../commands/specs'
import type { CommandSpec } from '../interpreter/extension'
import { functionText, quote } from './function-text'

/**
 * Writes FerryLab.psm1 and FerryLab.psd1 from lab/commands/specs.json, so that a real PowerShell binds the lab's
 * commands with their documented parameters. Run it with `npx tsx lab/module/generate.ts`.
 */
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const specs = JSON.parse(readFileSync(here('../commands/specs.json'), 'utf8')) as Record<
  string,
  CommandSpec[]
>
const commands = MODULES.flatMap(({ name }) => specs[name] ?? [])

mkdirSync(here('FerryLab'), { recursive: true })
writeFileSync(here('FerryLab/FerryLab.psm1'), moduleText(commands))
writeFileSync(here('FerryLab/FerryLab.psd1'), manifestText(commands.map(command => command.name)))

function moduleText(all: CommandSpec[]): string {
  const head = `# The commands of the lab with their documented parameters. Written by lab/module/generate.ts: change that instead.
. (Join-Path $PSScriptRoot 'Connection.ps1')
`
  return `${head}\n${all.map(functionText).join('\n')}`
}

function manifestText(names: string[]): string {
  return `# Written by lab/module/generate.ts: change that instead.
@{
    RootModule = 'FerryLab.psm1'
    ModuleVersion = '1.0.0'
    GUID = '7a5cf2c4-8c8d-4f0c-9f6d-3d3c3a6b5b51'
    Author = 'Ferry'
    Description = 'The lab estate of Ferry, behind the names and parameters of the Microsoft modules.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @(
${names.map(name => `        ${quote(name)}`).join('\n')}
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
`
}
