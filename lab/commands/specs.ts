import type { CommandSpec, ParameterSpec } from '../interpreter/extension'

/** A command as cmdlets.json describes it; only what the binder needs. */
export type DocumentedCommand = {
  module: string
  shouldProcess: boolean
  promptsByDefault?: boolean
  parameterSets: { name: string; parameters: DocumentedParameter[] }[]
}
type DocumentedParameter = {
  name: string
  type: string
  required: boolean
  position: number | string
  pipeline: string
  aliases?: string[]
  values?: (string | number)[]
  range?: number[]
}

/** The modules of the lab, and the names under which cmdlets.json lists their commands. */
export const MODULES = [
  { name: 'SkypeForBusiness', version: '7.0.2046.849', listedAs: ['SkypeForBusiness'] },
  {
    name: 'MicrosoftTeams',
    version: '7.1.0',
    listedAs: ['MicrosoftTeams', 'SkypeOnlineConnector (later MicrosoftTeams)'],
  },
  { name: 'ADSync', version: '1.0.0.0', listedAs: ['ADSync'] },
  {
    name: 'Microsoft.PowerShell.SecretManagement',
    version: '1.1.2',
    listedAs: ['Microsoft.PowerShell.SecretManagement'],
  },
] as const

/** Documented types that PowerShell itself converts to; every other one travels as text. */
const TYPES: Record<string, string> = {
  SwitchParameter: 'switch',
  Boolean: 'bool',
  Int16: 'int16',
  Int32: 'int',
  Int64: 'long',
  UInt16: 'uint16',
  UInt32: 'uint32',
  UInt64: 'uint64',
  Guid: 'guid',
  TimeSpan: 'timespan',
  DateTime: 'datetime',
  Uri: 'uri',
  PSCredential: 'pscredential',
  SecureString: 'securestring',
  'String[]': 'string[]',
  'Byte[]': 'byte[]',
}
/** Types for which whole objects may arrive (through the pipeline, or made by another command). */
const OBJECTS =
  /^(UserIdParameter|Object|PSObject|PSListModifier|AcpInfo|Collection<.*>|List.*|X509Certificate2|PSSessionOption|I.*Choice|CallAction)$/

/** The commands of cmdlets.json that belong to the lab's modules, as the binder wants them, by module. */
export function specsByModule(documented: Record<string, DocumentedCommand>): Map<string, CommandSpec[]> {
  return new Map(
    MODULES.map(module => {
      const listed: readonly string[] = module.listedAs
      const commands = Object.entries(documented).filter(([, command]) => listed.includes(command.module))
      return [module.name, commands.map(([name, command]) => specOf(name, command))]
    }),
  )
}

function specOf(name: string, command: DocumentedCommand): CommandSpec {
  const [first] = command.parameterSets
  const spec: CommandSpec = {
    name,
    parameterSets: command.parameterSets.map(set => ({
      name: setName(set.name),
      parameters: set.parameters
        .filter(p => p.name !== 'WhatIf' && p.name !== 'Confirm')
        .map(p => parameterOf(p, set.parameters)),
    })),
  }
  const byDefault = command.parameterSets.find(set => set.name.endsWith('(Default)')) ?? first
  if (byDefault && command.parameterSets.length > 1) spec.defaultSet = setName(byDefault.name)
  if (command.shouldProcess) {
    spec.supportsShouldProcess = true
    spec.confirmImpact = command.promptsByDefault ? 'High' : 'Medium'
  }
  return spec
}

function setName(documented: string): string {
  return documented.replace(/ ?\(.*\)$/, '') || '__AllParameterSets'
}

/** A documented alias that is another parameter's name is left out: no binder takes both. */
function parameterOf(documented: DocumentedParameter, all: DocumentedParameter[]): ParameterSpec {
  const spec: ParameterSpec = { name: documented.name, type: typeOf(documented.type) }
  const aliases = documented.aliases?.filter(alias => !all.some(other => other.name === alias)) ?? []
  if (aliases.length > 0) spec.aliases = aliases
  if (typeof documented.position === 'number') spec.position = documented.position
  if (documented.required) spec.required = true
  const pipeline = pipelineOf(documented.pipeline)
  if (pipeline) spec.pipeline = pipeline
  if (documented.values?.length) spec.values = documented.values.map(String)
  const [low, high] = documented.range ?? []
  if (low !== undefined && high !== undefined) spec.range = [low, high]
  return spec
}

function typeOf(documented: string): string {
  return TYPES[documented] ?? (OBJECTS.test(documented) ? 'object' : 'string')
}

function pipelineOf(documented: string): ParameterSpec['pipeline'] | undefined {
  const value = documented.includes('ByValue')
  const property = documented.includes('ByPropertyName')
  if (value && property) return 'both'
  return value ? 'ByValue' : property ? 'ByPropertyName' : undefined
}
