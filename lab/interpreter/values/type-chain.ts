import { refuse } from '../refusal'
import { PSEnum, PSObj } from './model'
import { isNumber, PSChar } from './numbers'
import { chainOf, typeOf } from './type-names'

const VALUE_TYPES = new Set(
  'Boolean DateTime TimeSpan Guid Collections.DictionaryEntry Management.Automation.SwitchParameter'
    .split(' ')
    .map(name => `System.${name}`),
)

const CLASSES = new Set(
  `String Version Collections.Hashtable Collections.Specialized.OrderedDictionary Collections.ArrayList Text.RegularExpressions.Regex
  Management.Automation.ScriptBlock Management.Automation.ErrorRecord Management.Automation.InformationRecord Management.Automation.PSVariable
  Management.Automation.PathInfo Globalization.CultureInfo`
    .split(/\s+/)
    .map(name => `System.${name}`),
)

const RECORD = /^System\.Management\.Automation\.(Warning|Verbose|Debug)Record$/

/** What a value is: its type and all that this builds on. */
export function typeChain(v: unknown): string[] {
  if (v instanceof PSObj) return v.types
  const type = typeOf(v)
  if (v instanceof PSEnum) return [type, 'System.Enum', 'System.ValueType', 'System.Object']
  if (isNumber(v) || v instanceof PSChar || VALUE_TYPES.has(type))
    return [type, 'System.ValueType', 'System.Object']
  if (Array.isArray(v)) return [type, 'System.Array', 'System.Object']
  if (CLASSES.has(type)) return [type, 'System.Object']
  if (RECORD.test(type)) return [type, 'System.Management.Automation.InformationalRecord', 'System.Object']
  const chain = chainOf(type)
  return chain.at(-1) === 'System.Exception' ? [...chain, 'System.Object'] : refuse(`the types of a ${type}`)
}
