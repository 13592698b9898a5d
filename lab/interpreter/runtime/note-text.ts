import { refuse } from '../refusal'
import { isNull } from '../values/model'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { isSequence } from './enumerate'

const SHORT: Record<string, string> = {
  'System.String': 'string',
  'System.Int32': 'int',
  'System.Int64': 'long',
  'System.Double': 'double',
  'System.Decimal': 'decimal',
  'System.Boolean': 'bool',
  'System.DateTime': 'datetime',
  'System.TimeSpan': 'timespan',
  'System.Guid': 'guid',
  'System.Char': 'char',
  'System.Version': 'version',
  'System.Object[]': 'Object[]',
  'System.String[]': 'string[]',
  'System.Collections.Hashtable': 'hashtable',
  'System.Management.Automation.ScriptBlock': 'scriptblock',
  'System.Management.Automation.PSCustomObject': 'System.Management.Automation.PSCustomObject',
}

/** The text of a property with a value of its own: `int Count=5`. */
export function noteText(name: string, value: unknown): string {
  const held = isNull(value) ? 'null' : isSequence(value) ? typeOf(value) : toText(value)
  return `${nameOfType(value)} ${name}=${held}`
}

function nameOfType(value: unknown): string {
  if (isNull(value)) return 'object'
  const type = typeOf(value)
  return SHORT[type] ?? refuse(`the short name of ${type}`)
}
