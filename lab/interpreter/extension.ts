/**
 * The interface through which a host gives the interpreter commands of its own.
 * Plain JS values cross the border: string, number, boolean, null, arrays, plain objects (they become
 * PSCustomObjects; an optional `$typeName` key names their type; a PSCredential has `UserName` and `Password`) and Date.
 */

/** One parameter of a command in one parameter set. `type` is a .NET name (`System.String`, `bool`, `switch`). */
export type ParameterSpec = {
  name: string
  type: string
  aliases?: string[]
  position?: number | 'named'
  required?: boolean
  pipeline?: 'none' | 'ByValue' | 'ByPropertyName' | 'both'
  values?: string[]
  range?: [number, number]
}

/** The signature of a command, as the binder needs it. */
export type CommandSpec = {
  name: string
  parameterSets: { name: string; parameters: ParameterSpec[] }[]
  defaultSet?: string
  supportsShouldProcess?: boolean
  confirmImpact?: 'Low' | 'Medium' | 'High'
}

/** What a command may say while it runs. Every call goes to the stream of that name. */
export type CommandIo = {
  output(value: unknown): void
  warning(text: string): void
  verbose(text: string): void
  error(e: CommandError): void
  /** True when the change may be made: false under -WhatIf; throws where a prompt would be needed. */
  shouldProcess(target: string, action: string): boolean
}

/** An error record in plain values. `exception` is a .NET type name, `id` the FullyQualifiedErrorId. */
export type CommandError = {
  message: string
  exception: string
  inner?: { message: string; exception: string }
  id: string
  category: string
  reason?: string
  target?: unknown
  terminating?: boolean
}

/** A named set of commands; `invoke` is called once for each input object, with the bound parameters. */
export type ModuleSpec = {
  name: string
  version: string
  commands: { spec: CommandSpec; invoke(bound: Record<string, unknown>, io: CommandIo): Promise<void> }[]
}
