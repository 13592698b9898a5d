import type { Cmdlet, Parameter, Run, SetInfo } from '../runtime/context'
import { resolveType } from '../values/type-names'

/**
 * A cmdlet from a short description of its parameters, one word each: `Name:type`, then any of
 * `@n` position, `!` mandatory, `|` from the pipeline, `%` from the pipeline by property name, `=alias/alias`,
 * `{set/set}`, `+` null and empty allowed, `^` empty allowed, `<low..high>` range. `~Name` is a parameter that exists and is refused.
 */
export function cmdlet(
  name: string,
  id: string,
  parameters: string,
  make: Cmdlet['make'],
  options: { defaultSet?: string; shouldProcess?: boolean } = {},
): Cmdlet {
  return {
    name,
    id: id.includes('.') ? id : `Microsoft.PowerShell.Commands.${id}`,
    parameters: merged(parameters.trim().split(/\s+/).filter(Boolean).map(parameter)),
    defaultSet: options.defaultSet ?? '',
    shouldProcess: options.shouldProcess ?? false,
    make,
  }
}

const TYPES: Record<string, string> = {
  action: 'System.Management.Automation.ActionPreference',
  block: 'System.Management.Automation.ScriptBlock',
  'block[]': 'System.Management.Automation.ScriptBlock[]',
  category: 'System.Management.Automation.ErrorCategory',
}

/** A parameter that is described twice differs from set to set. */
function merged(all: Parameter[]): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const one of all) {
    const known = found.get(one.name)
    if (known) for (const [set, info] of one.sets) known.sets.set(set, info)
    else found.set(one.name, one)
  }
  return [...found.values()]
}

function parameter(word: string): Parameter {
  const refused = word.startsWith('~')
  const m = /^~?(\w+)(?::([\w.[\]]+))?(.*)$/.exec(word)
  const rest = m?.[3] ?? ''
  const typeName = m?.[2] ?? 'object'
  const info: SetInfo = {
    mandatory: rest.includes('!'),
    position: /@(\d+)/.test(rest) ? Number(/@(\d+)/.exec(rest)?.[1]) : null,
    byValue: rest.includes('|'),
    byName: rest.includes('%'),
    remaining: rest.includes('*'),
  }
  const sets = /\{([^}]*)\}/.exec(rest)?.[1]?.split('/') ?? ['*']
  const range = /<(-?\d+)\.\.(-?\d+)>/.exec(rest)
  return {
    name: m?.[1] ?? word,
    aliases: /=([\w/]+)/.exec(rest)?.[1]?.split('/') ?? [],
    type: TYPES[typeName] ?? resolveType(typeName) ?? 'System.Object',
    sets: new Map(sets.map(set => [set, { ...info }])),
    values: null,
    range: range ? [Number(range[1]), Number(range[2])] : null,
    allowNull: rest.includes('+'),
    allowEmpty: rest.includes('+') || rest.includes('^'),
    refused,
    accept: null,
  }
}

export type { Run }
