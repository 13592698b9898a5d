import { refuse } from '../refusal'
import { isNull, PSErrorRecord, PSException, PSHash, PSObj } from '../values/model'
import { accept } from './accept'
import { type Binding, fitsAsIs } from './binder'
import type { Context, Parameter } from './context'
import { PSThrow } from './errors'
import { missingMandatory } from './mandatory'
import { propertyOr } from './members'
import { countOf } from './parameter-sets'

/** What an object from the pipeline gave: values by parameter, nothing, or too little. */
export type Taken =
  | { kind: 'bound'; values: Map<string, unknown> }
  | { kind: 'nothing' }
  | { kind: 'missing'; names: string[] }

type Step = { byName: boolean; coerce: boolean }
const STEPS: Step[] = [
  { byName: false, coerce: false },
  { byName: true, coerce: false },
  { byName: false, coerce: true },
  { byName: true, coerce: true },
]

/** Binds one pipeline object: the whole first, then its properties; as they are first, then converted. */
export async function bindInput(b: Binding, input: unknown, cx: Context): Promise<Taken> {
  const { sets } = b
  const before = { current: sets.current, name: sets.name }
  const values = new Map<string, unknown>()
  const open = () => b.unbound.filter(p => !values.has(p.name.toLowerCase()))
  try {
    let valid = sets.current
    let any = false
    const rounds = sets.first !== 0 ? [sets.first, 0] : [0]
    for (const round of rounds) {
      if (round !== 0) valid = round
      for (const step of STEPS) {
        if (!(await bindStep(b, input, step, valid, values, open, cx))) continue
        any = true
        if (round === 0) {
          sets.validate(open(), true, true)
          valid = sets.current
        }
      }
      if (round !== 0) {
        if (sets.current === sets.first) break
        valid = (sets.current & ~sets.first) >>> 0
      }
    }
    sets.validate(open(), false, true)
    sets.verifyChosen()
    if (!any) return { kind: 'nothing' }
    const missing = missingMandatory(sets, open(), countOf(sets.current), false)
    if (missing.length > 0) return { kind: 'missing', names: missing.map(p => p.name) }
    return { kind: 'bound', values }
  } finally {
    // The next object starts from what the command line left possible.
    sets.current = before.current
  }
}

async function bindStep(
  b: Binding,
  input: unknown,
  step: Step,
  valid: number,
  values: Map<string, unknown>,
  open: () => Parameter[],
  cx: Context,
): Promise<boolean> {
  const { defaultFlag } = b.sets
  let among = valid
  if (defaultFlag !== 0 && (valid & defaultFlag) !== 0) {
    if (await bindAmong(b, input, step, defaultFlag, values, open, cx)) return true
    among = (valid & ~defaultFlag) >>> 0
  }
  return bindAmong(b, input, step, among, values, open, cx)
}

async function bindAmong(
  b: Binding,
  input: unknown,
  step: Step,
  among: number,
  values: Map<string, unknown>,
  open: () => Parameter[],
  cx: Context,
): Promise<boolean> {
  let any = false
  for (const p of open().reverse()) {
    const takes = b.sets.matching(p, among).some(data => (step.byName ? data.byName : data.byValue))
    if (!takes) continue
    const value = step.byName ? await named(input, p, cx) : input
    if (value === undefined || (!step.coerce && !fitsAsIs(p, value))) continue
    try {
      values.set(p.name.toLowerCase(), await accept(b.target, p, value, cx))
      b.sets.narrow(p)
      any = true
    } catch (fault) {
      if (step.byName && /Boolean$|SwitchParameter$/.test(p.type)) refuse('a property that is no truth value')
      // A whole object that cannot be converted is what nothing takes; a property is an error, as what is not valid is.
      if (
        step.byName ||
        !(fault instanceof PSThrow) ||
        /Validation(Error|Exception)?/.test(fault.record.reason)
      )
        throw fault
      if (!/TransformationError|CannotConvert/.test(fault.record.id)) throw fault
    }
  }
  return any
}

async function named(input: unknown, p: Parameter, cx: Context): Promise<unknown> {
  if (isNull(input)) return undefined
  for (const name of [p.name, ...p.aliases]) {
    if (input instanceof PSHash) {
      if (/^(count|keys|values|isreadonly|isfixedsize|issynchronized|syncroot)$/i.test(name))
        refuse(`the property ${name} of a table for a parameter`)
      continue
    }
    if (typeof input === 'string') {
      if (/^length$/i.test(name)) return input.length
      continue
    }
    if (Array.isArray(input)) {
      if (/^length$/i.test(name)) return input.length
      if (/^(count|longlength|rank|syncroot|is\w+)$/i.test(name))
        refuse(`the property ${name} of an array for a parameter`)
      continue
    }
    if (typeof input !== 'object') continue
    // Everything can be asked for these two, but they are no properties of its own.
    if (!(input instanceof PSObj) && /^(count|length)$/i.test(name)) continue
    if (input instanceof PSObj && !input.props.has(name.toLowerCase())) continue
    const value = await propertyOr(input, name, cx, undefined)
    if (value !== undefined) return value
  }
  return undefined
}

/** The error for an object that nothing takes, or that does not bring all that is needed. */
export function notTaken(taken: Taken, id: string, input: unknown, activity = id): PSErrorRecord {
  const missing = taken.kind === 'missing'
  const message = missing
    ? `The input object cannot be bound because it did not contain the information required to bind all mandatory parameters:  ${taken.names.join(' ')}`
    : 'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.'
  const record = new PSErrorRecord(
    new PSException('System.Management.Automation.ParameterBindingException', message),
    `${missing ? 'InputObjectMissingMandatory' : 'InputObjectNotBound'},${id}`,
    'InvalidArgument',
    input,
  )
  record.activity = activity
  return record
}
