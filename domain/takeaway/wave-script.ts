import type { Phase } from '../plan/phase'
import { literal } from '../script/literal'
import { findParamBlock } from '../script/param-block'

/** One step of a wave, with the texts of its scripts as they are stored. */
export type TakenStep = {
  readonly key: string
  readonly kind: 'item' | 'wave'
  /** Codes of a probe's `blocked` that pass by themselves. */
  readonly waitsFor: readonly string[]
  readonly scripts: Readonly<Record<Phase, { readonly text: string; readonly hash: string }>>
}

export type TakenWave = {
  /** What stands at the top for people: batch and wave. */
  readonly title: string
  readonly madeAtUtc: string
  readonly madeBy: string
  readonly runbook: string
  /** File name of the CSV, letters, digits and dashes. */
  readonly csvName: string
  readonly resultsName: string
  /** The functions that do the work, as they are kept beside the runbooks. */
  readonly engine: string
  readonly steps: readonly TakenStep[]
  /** Columns of the CSV that carry values, by parameter name. */
  readonly columns: readonly string[]
  /** Values that are the same for everybody: they are parameters on top, with these texts as defaults. */
  readonly shared: Readonly<Record<string, string>>
  readonly applyDeadlineSeconds: number
  /** What was asked and approved in Ferry when the script was made, for whoever runs it. */
  readonly approvals: string
  /** Name of the estate where it is LIVE: then the script changes nothing until it is given that name. */
  readonly liveEstate: string | null
}

export type WaveScript =
  | { readonly ok: true; readonly text: string; readonly needsByteOrderMark: boolean }
  | { readonly ok: false; readonly problems: readonly string[] }

const plainName = /^[A-Za-z][A-Za-z0-9-]*$/

/**
 * A whole wave as one script that runs by hand, without Ferry: parameters on top, the step scripts as they are stored, and
 * for each person probe, apply, verify, with the wave's own steps between as barriers. People come from the CSV, as data.
 */
export function waveScript(wave: TakenWave): WaveScript {
  const problems: string[] = []
  const top = [
    ['$about', wave.title],
    ['$madeBy', wave.madeBy],
    ['$runbook', wave.runbook],
    ['$approvals', wave.approvals],
    ['$liveEstate', wave.liveEstate ?? ''],
  ].map(([name, value]) => `${name} = ${written(value ?? '', problems)}`)
  const shared = Object.entries(wave.shared).map(
    ([name, value]) => `    [string] $${name} = ${written(value, problems)}`,
  )
  for (const step of wave.steps)
    if (!plainName.test(step.key)) problems.push(`${step.key} is no name of a step.`)
  const functions = wave.steps.flatMap(step => phases.map(phase => asFunction(step, phase)))
  const tables = wave.steps.map(step => stepTable(step, wave, problems))
  if (problems.length > 0) return { ok: false, problems }
  const text = [
    help(wave),
    '[CmdletBinding(SupportsShouldProcess = $true)]',
    `param(\n${[parameters(wave), ...shared].join(',\n')}\n)\n`,
    ...top,
    '',
    guard,
    functions.join('\n'),
    wave.engine.trimEnd(),
    '',
    `# ---- What it does: ${wave.steps.map(step => step.key).join(', then ')} ----`,
    '',
    ...tables,
    '',
    main(wave),
  ].join('\n')
  return { ok: true, text, needsByteOrderMark: /[^\p{ASCII}]/u.test(text) }
}

const phases: readonly Phase[] = ['probe', 'apply', 'verify']

function written(value: string, problems: string[]): string {
  const made = literal(value)
  if (made.ok) return made.text
  problems.push(made.message)
  return "''"
}

/** Nothing of the batch stands in here: a name could end the comment. */
const help = (wave: TakenWave): string => `<#
.SYNOPSIS
    Takes the people of one wave across by hand, without Ferry.
.DESCRIPTION
    Made by Ferry at ${wave.madeAtUtc}. It does what Ferry would do: for each person every step is probed, applied where it
    is needed, and verified; steps of the whole wave (a delta sync) come between, when everybody is through the steps before.
    Hold the wave in Ferry before you run it, so that nobody is worked on twice.

    Everything is written to a results file at once. Run the script again whenever it ended, for whatever reason: whoever
    was seen done is passed over, and what was cut off in the middle of a change is looked at before anything is sent again.
    It stops with their names where somebody is not through a step.

    Run it in a shell that has the commands (and is connected where they need that), in Windows PowerShell 5.1 or PowerShell 7.
    Nothing is ever forced. With -WhatIf it only reads and says what it would change.
.PARAMETER People
    The CSV with the people. Left out: the file that came with this script, in the same folder.
.PARAMETER Results
    The CSV that results are written to. Left out: a file beside the people's.
.PARAMETER PassOver
    Goes on without those who are not through a step, instead of stopping.
.PARAMETER Estate
    The name of the LIVE estate, where the wave is on one: without it nothing is changed.
.PARAMETER WaitMinutes
    How long to wait for what passes by itself, such as a sync that runs or an attribute that is not there yet.
.PARAMETER LookSeconds
    Seconds between two looks while waiting.
.PARAMETER ChangeLimitSeconds
    How long a change that was cut off may still be under way.
.PARAMETER SettleSeconds
    Seconds between the two looks that have to agree before a change that was cut off is sent again.
#>`

const parameters = (wave: TakenWave): string =>
  `    [string] $People = '',
    [string] $Results = '',
    [switch] $PassOver,
    [string] $Estate = '',
    [int] $WaitMinutes = 60,
    [int] $LookSeconds = 20,
    [int] $ChangeLimitSeconds = ${Math.max(0, Math.round(wave.applyDeadlineSeconds))},
    [int] $SettleSeconds = 30`

const guard = `$ErrorActionPreference = 'Stop'
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "This PowerShell runs in $($ExecutionContext.SessionState.LanguageMode) mode, which forbids what this script needs. Nothing was run. Use an account and a machine where full language is allowed."
}
`

const functionName = (step: TakenStep, phase: Phase): string =>
  `Invoke-${[...step.key.split('-'), phase].map(capital).join('')}`

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function asFunction(step: TakenStep, phase: Phase): string {
  const { text, hash } = step.scripts[phase]
  return `# ---- ${step.key}.${phase}.ps1 as Ferry keeps it, SHA-256 ${hash} ----\nfunction ${functionName(step, phase)} {\n${text.trimEnd()}\n}\n`
}

/** The step as the engine takes it: each phase is one call with the parameters that its script declares, by name. */
function stepTable(step: TakenStep, wave: TakenWave, problems: string[]): string {
  const calls = phases.map(phase => {
    const declared = findParamBlock(step.scripts[phase].text)?.parameters ?? []
    const given = declared.flatMap(({ name, defaultText }) => {
      if (wave.columns.includes(name)) return [` -${name} $Person.${name}`]
      if (Object.hasOwn(wave.shared, name)) return [` -${name} $${name}`]
      if (defaultText === null) problems.push(`${step.key}.${phase} needs ${name}, and nothing gives it.`)
      return []
    })
    return `    ${capital(phase)} = { param($Person) ${functionName(step, phase)}${given.join('')} }`
  })
  const waits = step.waitsFor.map(code => written(code, problems)).join(', ')
  return [
    `$${variable(step)} = @{`,
    `    Name = '${step.key}'`,
    `    WaitsFor = @(${waits})`,
    ...calls,
    '}',
  ].join('\n')
}

const variable = (step: TakenStep): string => `step${step.key.split('-').map(capital).join('')}`

function main(wave: TakenWave): string {
  const before: string[] = []
  const blocks = wave.steps.map(step => {
    const table = `$${variable(step)}`
    if (step.kind === 'item') {
      before.push(step.key)
      return `foreach ($person in $group) {
    Invoke-PersonStep -Step ${table} -Person $person
    Assert-NotStuck
}
if (-not $WhatIfPreference) { $group = @(Assert-Through -Step '${step.key}' -Group $group) }
if (@($group).Count -eq 0) { Write-Host 'Nobody is left to go on with.'; return }`
    }
    return `if (-not (Test-WaveThrough -Step '${step.key}' -Before @(${before.map(key => `'${key}'`).join(', ')}))) {
    Invoke-WaveStep -Step ${table}
}`
  })
  return `$here = $PSScriptRoot
if ($People -eq '') { $People = Join-Path -Path $here -ChildPath '${wave.csvName}' }
if ($Results -eq '') { $Results = Join-Path -Path $here -ChildPath '${wave.resultsName}' }
if (-not (Test-Path -LiteralPath $People)) { throw "There is no file $People. Keep the CSV beside this script, or name it with -People." }

Write-Host "$about. Runbook $runbook. Made for $madeBy. $approvals"
if ($liveEstate -ne '' -and $Estate -cne $liveEstate -and -not $WhatIfPreference) {
    throw "This wave is on the LIVE estate '$liveEstate'. Nothing was run. Look with -WhatIf first; to change anything, name the estate: -Estate '$liveEstate'."
}
$group = @(Import-Csv -LiteralPath $People -Encoding UTF8)
Assert-People -Group $group -Columns @(${wave.columns.map(name => `'${name}'`).join(', ')})
$rows = New-Object System.Collections.ArrayList
foreach ($row in @(Read-Result -Path $Results)) { if ($null -ne $row) { [void] $rows.Add($row) } }
$firstRow = $rows.Count
Write-Host "$(@($group).Count) people in $People; results go to $Results."

${blocks.join('\n\n')}

if ($WhatIfPreference) { Write-Host 'Nothing was changed: -WhatIf only reads.' }
else { Write-Host "All $(@($group).Count) are through." }
`
}
