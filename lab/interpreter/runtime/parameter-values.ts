import type { Expression } from '../language/ast'
import { PSSwitch } from '../values/model'
import { plain } from './apply'
import type { Binding } from './binder'
import type { Context, Parameter } from './context'
import { PSThrow } from './errors'
import { castTo, evaluate } from './evaluate'
import { type Signature, transform } from './parameters'
import type { Scope } from './scope'

const ZERO: Record<string, unknown> = { 'System.Int32': 0, 'System.String': '', 'System.Boolean': false }

export const unwrap = (v: unknown): unknown =>
  v !== null && typeof v === 'object' && 'text' in v && 'value' in v && v.constructor.name === 'WrittenNumber'
    ? (v as { value: unknown }).value
    : v

export function setParameter(scope: Scope, p: Parameter, value: unknown): void {
  const variable = scope.set(p.name, unwrap(value))
  if (p.type !== 'System.Object') variable.type = p.type
  variable.check = p.check ?? null
}

/** Gives every parameter its variable: what was bound, or else its default, or its type's empty value. */
export async function bindDefaults(
  b: Binding,
  signature: Signature,
  scope: Scope,
  cx: Context,
): Promise<void> {
  for (const p of signature.parameters) {
    const key = p.name.toLowerCase()
    if (b.bound.has(key)) setParameter(scope, p, b.bound.get(key))
  }
  for (const [i, p] of signature.parameters.entries()) {
    const key = p.name.toLowerCase()
    if (b.bound.has(key)) continue
    const node = signature.nodes[i]
    if (node?.defaultValue)
      setParameter(scope, p, converted(b, p, plain(await defaultOf(node.defaultValue, b, cx)), cx))
    else {
      scope.variables.delete(key)
      setParameter(scope, p, emptyOf(p, cx))
    }
  }
}

/** A default's value. What cannot be converted in it is an error of a simple function's own. */
async function defaultOf(e: Expression, b: Binding, cx: Context): Promise<unknown> {
  try {
    return await evaluate(e, cx)
  } catch (fault) {
    if (!(fault instanceof PSThrow) || b.target.advanced) throw fault
    const { record } = fault
    const { inner } = record.exception
    if (inner?.type !== 'System.Management.Automation.PSInvalidCastException') throw fault
    record.exception = inner
    record.reason = 'PSInvalidCastException'
    if (b.target.name !== '') record.id += `,${b.target.name}`
    throw fault
  }
}

function emptyOf(p: Parameter, cx: Context): unknown {
  if (p.type === 'System.Management.Automation.SwitchParameter') return new PSSwitch(false)
  const simple = /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Boolean)/.test(p.type)
  return simple && !p.type.endsWith('[]') ? castTo(null, p.type, cx) : (ZERO[p.type] ?? null)
}

/** A default value as its parameter's type; one that does not fit is an error as an argument's would be. */
function converted(b: Binding, p: Parameter, value: unknown, cx: Context): unknown {
  if (p.type === 'System.Object') return value
  try {
    return transform(p.name, value, p.type, cx, b.target.advanced)
  } catch (fault) {
    if (fault instanceof PSThrow && !fault.record.id.includes(',') && b.target.name)
      fault.record.id += `,${b.target.name}`
    throw fault
  }
}
