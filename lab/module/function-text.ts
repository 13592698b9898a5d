import type { CommandSpec, ParameterSpec } from '../interpreter/extension'

type Bound = { spec: ParameterSpec; attributes: string[] }

/** A command as an advanced function whose binder is the documented one. */
export function functionText(command: CommandSpec): string {
  const several = command.parameterSets.length > 1
  const binding = ['PositionalBinding = $false']
  if (command.supportsShouldProcess) {
    binding.push(
      'SupportsShouldProcess = $true',
      `ConfirmImpact = ${quote(command.confirmImpact ?? 'Medium')}`,
    )
  }
  if (several && command.defaultSet) binding.push(`DefaultParameterSetName = ${quote(command.defaultSet)}`)
  const all = collect(command, several)
  const taken = new Set([...all.keys()].map(name => name.toLowerCase()))
  const parameters = [...all.values()].map(one => parameterText(one, taken))
  const asks = command.supportsShouldProcess ? '$true' : '$false'
  return `function ${command.name} {
    [CmdletBinding(${binding.join(', ')})]
    param(${parameters.length === 0 ? '' : `\n${parameters.join(',\n')}\n    `})
    process { Invoke-LabCommand $PSCmdlet ${quote(command.name)} $PSBoundParameters ${asks} }
}
`
}

const addedByTheShell = new Set(['whatif', 'confirm', 'verbose', 'debug', 'erroraction', 'warningaction'])

/** Each parameter once, with one attribute for each set it belongs to. */
function collect(command: CommandSpec, several: boolean): Map<string, Bound> {
  const all = new Map<string, Bound>()
  for (const set of command.parameterSets) {
    const positions = set.parameters
      .map(parameter => parameter.position)
      .filter((position): position is number => typeof position === 'number')
      .sort((a, b) => a - b)
    for (const parameter of set.parameters) {
      // Documented once more where the shell adds it by itself: twice, and the command could not be called at all.
      if (addedByTheShell.has(parameter.name.toLowerCase())) continue
      const bound = all.get(parameter.name) ?? { spec: parameter, attributes: [] }
      all.set(parameter.name, bound)
      bound.attributes.push(attribute(parameter, several ? set.name : null, positions))
    }
  }
  return all
}

/** Documented positions begin at 0, 1 or 2; what counts is their order. */
function attribute(parameter: ParameterSpec, set: string | null, positions: number[]): string {
  const facts: string[] = []
  if (set !== null) facts.push(`ParameterSetName = ${quote(set)}`)
  if (parameter.required) facts.push('Mandatory = $true')
  if (typeof parameter.position === 'number')
    facts.push(`Position = ${positions.indexOf(parameter.position)}`)
  if (parameter.pipeline === 'ByValue' || parameter.pipeline === 'both')
    facts.push('ValueFromPipeline = $true')
  if (parameter.pipeline === 'ByPropertyName' || parameter.pipeline === 'both') {
    facts.push('ValueFromPipelineByPropertyName = $true')
  }
  return `[Parameter(${facts.join(', ')})]`
}

/** An alias that is another parameter's name is left out: the real binder refuses the whole command for it. */
function parameterText({ spec, attributes }: Bound, taken: ReadonlySet<string>): string {
  const lines = [...attributes]
  const aliases = spec.aliases?.filter(alias => !taken.has(alias.toLowerCase())) ?? []
  if (aliases.length > 0) lines.push(`[Alias(${aliases.map(quote).join(', ')})]`)
  if (spec.values) lines.push(`[ValidateSet(${spec.values.map(quote).join(', ')})]`)
  if (spec.range) lines.push(`[ValidateRange(${spec.range.join(', ')})]`)
  return `        ${lines.join(' ')} [${spec.type}] $${spec.name}`
}

/** A text as a literal of PowerShell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
