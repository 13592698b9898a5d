import type { Parameter, SetInfo } from '../runtime/context'
import { resolveType } from '../values/type-names'
import { ITEMS } from './signatures/items'
import { OBJECTS } from './signatures/objects'
import { VALUES } from './signatures/values'

/** A cmdlet as the binder sees it. */
export type Signature = { id: string; defaultSet: string; shouldProcess: boolean; parameters: Parameter[] }

/**
 * A cmdlet's line is `Name Class DefaultSet` (`-` for none), and `ShouldProcess` behind it. The lines of its parameters are
 * `Name:type=alias/alias {set,set:flags set:flags} rules`. No set's name is every set. Flags: a digit for the position,
 * `!` mandatory, `|` from the pipeline, `%` from the pipeline by property name, `*` all that is left. Rules are what else
 * the real parameter allows (`null`, `emptyString`, `emptyCollection`) or asks for (`notNull`, `values(a/b)`, `range(1..5)`, `positive`).
 */
const ALL = [OBJECTS, VALUES, ITEMS].join('\n')

const LINE = /^ {2}(\w+):([^\s={]+)(?:=(\S+))?(?: \{([^}]*)\})?(.*)$/

/** The enumerations and other types of parameters whose cmdlets read them as they are given. */
const PLAIN =
  /^(version$|System\.Text\.Encoding|Microsoft\.PowerShell\.Commands\.(PSProp|Module|DisplayHint))/

function setsOf(written: string | undefined): Map<string, SetInfo> {
  const found = new Map<string, SetInfo>()
  for (const group of (written ?? '').split(' ')) {
    const [names = '', flags = ''] = group.split(':')
    const digit = /-?\d+/.exec(flags)
    for (const name of names.split(','))
      found.set(name === '' ? '*' : name, {
        mandatory: flags.includes('!'),
        position: digit ? Number(digit[0]) : null,
        byValue: flags.includes('|'),
        byName: flags.includes('%'),
        remaining: flags.includes('*'),
      })
  }
  return found
}

function parameterOf(line: string): Parameter {
  const [, name = '', type = '', aliases = '', sets, rules = ''] = LINE.exec(line) ?? []
  const range = /range\((-?\d+)\.\.(-?\d+)\)/.exec(rules)
  const values = /values\(([^)]*)\)/.exec(rules)
  const has = (rule: string) => new RegExp(` ${rule}\\b`).test(rules)
  return {
    name,
    aliases: aliases === '' ? [] : aliases.split('/'),
    type: PLAIN.test(type) ? 'System.Object' : (resolveType(type) ?? type),
    sets: setsOf(sets),
    values: values?.[1]?.split('/') ?? null,
    range: range ? [Number(range[1]), Number(range[2])] : null,
    positive: has('positive'),
    allowNull: has('null'),
    allowEmpty: has('emptyString') || has('emptyCollection'),
    refused: true,
    accept: null,
    ...(has('noMemberType') ? { noMemberType: true } : {}),
    ...(has('notNullOrEmpty')
      ? { forbids: has('notNull') ? 'null, then empty' : 'empty' }
      : has('notNull')
        ? { forbids: 'null' }
        : {}),
  }
}

const lines = ALL.split('\n').filter(line => line !== '')

/** What the real shell says of a cmdlet; every parameter is marked as not known here. */
export function signatureOfCmdlet(name: string): Signature | null {
  const at = lines.findIndex(line => line.startsWith(`${name} `))
  if (at < 0) return null
  const [, id = '', defaultSet = '-', should] = (lines[at] ?? '').split(' ')
  const parameters: Parameter[] = []
  for (const line of lines.slice(at + 1)) {
    if (!line.startsWith('  ')) break
    parameters.push(parameterOf(line))
  }
  return {
    id: `Microsoft.PowerShell.Commands.${id}`,
    defaultSet: defaultSet === '-' ? '' : defaultSet,
    shouldProcess: should === 'ShouldProcess',
    parameters,
  }
}
