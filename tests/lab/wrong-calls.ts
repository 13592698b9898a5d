import specs from '@/lab/commands/specs.json' with { type: 'json' }
import type { CommandSpec, ParameterSpec } from '@/lab/interpreter/extension'

const commands = Object.values(specs as Record<string, CommandSpec[]>).flat()

/** A value that binds to a parameter, as PowerShell text. */
function fitting({ type, values, range }: ParameterSpec): string {
  if (values?.[0] !== undefined) return `'${values[0]}'`
  if (range) return String(range[0])
  if (/bool/i.test(type)) return '$true'
  if (/guid/i.test(type)) return "'4f1a2f5e-0c33-4d43-9a5c-3f6f6a0b1c11'"
  if (/timespan/i.test(type)) return "'01:00:00'"
  if (/uri/i.test(type)) return "'https://contoso.example'"
  if (/^(?:int|int32|int64|uint32|long|double)$/i.test(type.replace('System.', ''))) return '1'
  return "'a'"
}

const isSwitch = ({ type }: ParameterSpec): boolean => /switch/i.test(type)

/** The command with all that its first set demands, without `left`. */
function complete(command: CommandSpec, left?: string): string {
  const set = command.parameterSets.find(one => one.name === command.defaultSet) ?? command.parameterSets[0]
  const needed = set?.parameters.filter(one => one.required && one.name !== left) ?? []
  return [
    command.name,
    ...needed.map(one => (isSwitch(one) ? `-${one.name}` : `-${one.name} ${fitting(one)}`)),
  ].join(' ')
}

/**
 * Wrong ways to call each command of the lab, one of each kind where its signature has such a parameter. Values of the
 * wrong type are left out: a function, as which the lab has the commands on a real shell, names those errors differently
 * from Microsoft's compiled cmdlets, and the stand-in refuses them.
 */
export const wrongCalls: readonly string[] = commands.flatMap(command => {
  const parameters = command.parameterSets.flatMap(set => set.parameters)
  const named = (fits: (one: ParameterSpec) => boolean) => parameters.find(fits)
  const required = named(one => one.required === true)
  const limited = named(one => one.values !== undefined && !one.required)
  // A credential asks for its password on the spot.
  const valued = named(one => !isSwitch(one) && !one.required && !/credential/i.test(one.type))
  const asksByPosition = named(one => /credential/i.test(one.type) && typeof one.position === 'number')
  const whole = complete(command)
  return [
    `${whole} -NoSuchParameter 1`,
    ...(asksByPosition ? [] : [`${whole} 'one' 'two' 'three' 'four' 'five' 'six'`]),
    ...(required ? [complete(command, required.name)] : []),
    ...(limited ? [`${whole} -${limited.name} 'NoSuchValue'`] : []),
    ...(valued
      ? [
          `${whole} -${valued.name}`,
          `${whole} -${valued.name} ${fitting(valued)} -${valued.name} ${fitting(valued)}`,
        ]
      : []),
    `${whole} -Er SilentlyContinue -ErrorAction Perhaps`,
  ]
})
