import { refuse } from '../refusal'
import { ENUMS } from '../values/enums'
import {
  isNull,
  PSDateTime,
  PSException,
  PSHash,
  PSScriptBlock,
  PSSwitch,
  WrittenNumber,
} from '../values/model'
import { isNumber } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { compare } from './comparison'
import type { Context, Parameter } from './context'
import { enumerate, isSequence } from './enumerate'
import { CastFault, PSThrow, raise } from './errors'
import { castTo } from './evaluate'
import { invalid, notInSet, notPositive, tooBig, tooSmall, validate } from './validation'
import { typeless } from './written-numbers'

export const A = 'System.Management.Automation.'

export type BindTarget = {
  name: string
  /** What follows the comma in error ids. */
  id: string
  parameters: Parameter[]
  defaultSet: string
  advanced: boolean
  shouldProcess: boolean
  isFunction: boolean
}

/** An argument's text; of a number, as it was written. */
const written = (value: unknown): string => (value instanceof WrittenNumber ? value.text : toText(value))

const isMandatory = (p: Parameter): boolean => [...p.sets.values()].some(set => set.mandatory)

export const isSwitch = (p: Parameter) => p.type === `${A}SwitchParameter`

export function bindFault(
  t: BindTarget,
  id: string,
  message: string,
  type = 'ParameterBindingException',
  category = 'InvalidArgument',
  target: unknown = null,
  inner: PSException | null = null,
): never {
  try {
    raise({ message, id: t.id ? `${id},${t.id}` : id, category, type: `${A}${type}`, target, inner })
  } catch (fault) {
    if (fault instanceof PSThrow) fault.record.activity = t.name
    throw fault
  }
}

/** What a mandatory parameter takes only where it says so: nothing, empty texts, and arrays that are or hold such. */
function forbidEmpty(t: BindTarget, p: Parameter, value: unknown): void {
  const say = (id: string, what: string) =>
    bindFault(
      t,
      `ParameterArgumentValidationError${id}`,
      `Cannot bind argument to parameter '${p.name}' because it is ${what}.`,
      'ParameterBindingValidationException',
      'InvalidData',
    )
  const items = Array.isArray(value) && p.type.endsWith('[]') ? value : null
  if (!p.allowNull && (isNull(value) || items?.some(isNull))) say('NullNotAllowed', 'null')
  if (p.allowEmpty) return
  if (/^System\.String(\[\])?$/.test(p.type) && (value === '' || items?.includes('')))
    say('EmptyStringNotAllowed', 'an empty string')
  if (items?.length === 0) say('EmptyArrayNotAllowed', 'an empty array')
}

/** Nulls within an array would be gone after its conversion to texts. */
const holdsNull = (value: unknown): boolean => Array.isArray(value) && value.some(isNull)

const TYPELESS = new Set(['System.Object', 'System.Object[]', `${A}PSObject`, `${A}PSObject[]`])

/** Converts and checks a value for a parameter. */
export async function accept(t: BindTarget, p: Parameter, given: unknown, cx: Context): Promise<unknown> {
  const value = TYPELESS.has(p.type) ? typeless(given, t.name) : given
  if ((isNull(value) || isSequence(value)) && ENUMS[p.type]) refuse(`null for -${p.name}`)
  if (isNull(value) && (p.range || p.positive)) refuse(`null for -${p.name}`)
  if (p.noMemberType && typeof value !== 'string') refuse('such a -NotePropertyName')
  if (!t.isFunction && p.name === 'Property' && p.type === 'System.Object[]') onlyNames(value)
  if (t.name === 'Set-StrictMode' && p.name === 'Version' && !/^(latest|[1-7](\.0)?)$/i.test(written(value)))
    refuse('such a version of strict mode')
  if (p.refused) refuse(`the parameter -${p.name} of ${t.name}`)
  try {
    if (p.accept) return await p.accept(value)
    if (isNull(value) && p.forbids && !isMandatory(p)) refuse(`null for -${p.name} of ${t.name}`)
    const converted = convertFor(t, p, value, cx)
    // An empty text is no longer one inside the object that stands for it.
    const asObject = p.type.includes('PSObject') && !isNull(converted)
    const items = asObject && p.type.endsWith('[]') && Array.isArray(converted) ? converted : null
    const checked = items ? items.map(item => (isNull(item) ? item : true)) : converted
    if (p.forbids && (!asObject || items))
      for (const kind of p.forbids.split(', then '))
        await validate(
          {
            name: kind === 'null' ? 'validatenotnull' : 'validatenotnullorempty',
            args: [],
            options: new Map(),
          },
          p.name,
          kind === 'null' && holdsNull(value) ? value : checked,
          cx,
        )
    if ([...p.sets.values()].some(s => s.mandatory)) forbidEmpty(t, p, holdsNull(value) ? value : converted)
    for (const item of isSequence(converted) ? enumerate(converted) : [converted]) {
      if (p.values && !p.values.some(v => v.toLowerCase() === toText(item).toLowerCase()))
        invalid(p.name, notInSet(toText(item), p.values))
      if (p.positive && compare(item, 0) <= 0) invalid(p.name, notPositive(item))
      if (p.range && compare(item, p.range[0]) < 0) invalid(p.name, tooSmall(item, p.range[0]))
      if (p.range && compare(item, p.range[1]) > 0) invalid(p.name, tooBig(item, p.range[1]))
    }
    return converted
  } catch (fault) {
    if (
      fault instanceof PSThrow &&
      !fault.record.id.includes(',') &&
      /^ParameterBinding/.test(fault.record.reason)
    ) {
      if (t.id) fault.record.id += `,${t.id}`
      fault.record.activity = t.name
    }
    throw fault
  }
}

function convertFor(t: BindTarget, p: Parameter, value: unknown, cx: Context): unknown {
  const fail = (text: string) =>
    bindFault(
      t,
      'CannotConvertArgumentNoMessage',
      `Cannot bind parameter '${p.name}'. ${text}`,
      'ParameterBindingException',
      'InvalidArgument',
      null,
      new PSException(`${A}PSInvalidCastException`, text),
    )
  try {
    if (p.type === 'System.Object' || p.type === `${A}PSObject`) return isNull(value) ? null : value
    if (p.type === 'System.Object[]' && isSequence(value)) return enumerate(value)
    if (p.type === 'System.Object[]' && isNumber(value)) return [value]
    if (/^System\.String(\[\])?$/.test(p.type) && !t.isFunction && holdsDate(value))
      refuse('a date as the text of a cmdlet')
    const scalar =
      /^System\.(?!Object|String)[\w.]+$/.test(p.type) && !/PSObject$|SwitchParameter$/.test(p.type)
    if (scalar && isSequence(value))
      return bindFault(
        t,
        'CannotConvertArgument',
        `Cannot convert '${typeOf(value)}' to the type '${p.type}' required by parameter '${p.name}'. Specified method is not supported.`,
        'ParameterBindingException',
        'InvalidArgument',
        null,
        new PSException('System.NotSupportedException', 'Specified method is not supported.'),
      )
    if (p.type === 'System.String') {
      if (isNull(value)) return p.allowNull || isMandatory(p) ? null : ''
      if (isSequence(value))
        bindFault(
          t,
          'CannotConvertArgument',
          `Cannot convert 'System.Object[]' to the type 'System.String' required by parameter '${p.name}'. Specified method is not supported.`,
          'ParameterBindingException',
          'InvalidArgument',
          null,
          new PSException('System.NotSupportedException', 'Specified method is not supported.'),
        )
    }
    if (p.type === 'System.Boolean' && typeof value === 'string')
      return refuse('text for a truth value of a cmdlet')
    if (isSwitch(p) && !isNull(value) && !isTruthLike(value))
      return bindFault(
        t,
        'CannotConvertArgument',
        `Cannot convert '${typeOf(value)}' to the type '${p.type}' required by parameter '${p.name}'. `,
      )
    if (p.type === `${A}ScriptBlock` && typeof value === 'string')
      return fail(`Cannot convert the "${value}" value of type "System.String" to type "${p.type}".`)
    return castTo(value, p.type, cx)
  } catch (fault) {
    const text =
      fault instanceof CastFault
        ? fault.text
        : fault instanceof PSThrow &&
            !fault.record.id.includes(',') &&
            !/^ParameterBinding/.test(fault.record.reason)
          ? fault.record.exception.message
          : null
    if (text === null || !p.type.endsWith('[]')) return text === null ? rethrow(fault) : fail(text)
    // The real binder converts item by item, and speaks of the item.
    if (isSequence(value)) refuse('an item that cannot be converted')
    return fail(/\. Error: "(Cannot convert.*)"$/s.exec(text)?.[1] ?? text)
  }
}

function rethrow(fault: unknown): never {
  throw fault
}

const holdsDate = (v: unknown): boolean =>
  v instanceof PSDateTime || (isSequence(v) && enumerate(v).some(one => one instanceof PSDateTime))

/** A -Property takes names, script blocks and descriptions of calculated properties. */
function onlyNames(value: unknown): void {
  for (const given of isSequence(value) ? enumerate(value) : [value]) {
    const fits = given instanceof PSScriptBlock || given instanceof PSHash || typeof given === 'string'
    if (!fits || given === '') refuse('such a -Property')
    if (given instanceof PSHash && given.keys().some(key => typeof key !== 'string'))
      refuse('such a -Property')
    if (given instanceof PSHash && !given.keys().some(key => /^e/i.test(toText(key))))
      refuse('such a -Property')
  }
}

/** What a switch of a cmdlet takes. */
const isTruthLike = (v: unknown): boolean =>
  typeof v === 'boolean' || v instanceof PSSwitch || v instanceof WrittenNumber || isNumber(v)

export const typeLabel = (type: string) => type
