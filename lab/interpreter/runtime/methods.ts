import { refuse } from '../refusal'
import { convert } from '../values/convert'
import { formatDate, partsOf, toLocal, toUnix, toUtc } from '../values/dates'
import {
  isNull,
  LAST_TICK,
  NetObject,
  PSDateTime,
  PSEnum,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSMatch,
  PSObj,
  PSRegex,
  PSScriptBlock,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
} from '../values/model'
import { isInteger, isNumber, PSDouble, toBig } from '../values/numbers'
import { doubleText, exceptionText, spanText, toText, typeText } from '../values/text'
import { chainOf, isException, isOfType, typeOf } from '../values/type-names'
import { casting } from './arithmetic'
import { collectionMethod } from './collections'
import { compare, equal } from './comparison'
import { asArguments, type Context } from './context'
import { enumerate, isSequence } from './enumerate'
import { invalidOperation, netFault, PSThrow, raise } from './errors'
import { formatValue } from './format'
import { isRealMember } from './known-members'
import { ABSENT } from './member-values'
import { kindOf } from './members'
import { checkOverload } from './overloads'
import { wrappedIn } from './records'
import { remember } from './reporting'
import { scriptMethod, stopping } from './script-members'
import { regexMethod, stringMethod } from './strings'

export async function callMethod(
  target: unknown,
  name: string,
  args: unknown[],
  cx: Context,
): Promise<unknown> {
  const lower = name.toLowerCase()
  if (lower === 'psforeach' || lower === 'pswhere') refuse(`the method ${name}`)
  if (isNull(target) && (lower === 'foreach' || lower === 'where'))
    return collectionMethod([], lower, args, cx)
  if (isNull(target))
    return invalidOperation('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.')
  if (target instanceof PSObj) {
    const method = target.methods.get(lower)
    if (method) {
      return scriptMethod(method, target, name, args, cx)
    }
    const value = target.props.get(lower)?.value
    if (value instanceof PSScriptBlock && !['tostring', 'gettype', 'equals'].includes(lower))
      return missingMethod(target, name)
  }
  if (/^[gs]et_/.test(lower) && !(target instanceof NetObject && target.methods[lower]))
    return refuse(`the method ${name}`)
  if (lower === 'gettype') {
    if (args.length > 0) return refuse('GetType with arguments')
    return new PSType(typeOf(target))
  }
  if (target instanceof PSObj && (lower === 'equals' || (lower === 'tostring' && args.length > 0)))
    return refuse(`the method ${name} of an object`)
  // A list's own ForEach hands its items to a delegate and gives nothing.
  if (lower === 'foreach' && target instanceof PSList && target.type.includes('Generic.List`'))
    return refuse('ForEach of a generic list')
  if ((lower === 'foreach' || lower === 'where') && !(target instanceof PSObj && target.methods.has(lower)))
    return collectionMethod(
      target instanceof PSHash || !isSequence(target) ? [target] : target,
      lower,
      args,
      cx,
    )
  if (!(target instanceof PSObj)) checkOverload(typeOf(target), `.${lower}`, name, args)
  const found = await method(target, lower, args, cx)
  if (found !== ABSENT) return found
  if (isSequence(target)) {
    if (isRealMember(Array.isArray(target) ? 'array' : 'list', lower))
      return refuse(`the method ${name} of ${typeOf(target)}`)
    const all: unknown[] = []
    const items = enumerate(target)
    if (items.length === 0) return missingMethod(target, name)
    for (const item of items) {
      if (isNull(item))
        return invalidOperation('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.')
      const one = await callMethod(item, name, args, cx)
      if (one !== undefined) all.push(...(isSequence(one) ? enumerate(one) : [one]))
    }
    return all.length === 0 ? null : all.length === 1 ? all[0] : all
  }
  if (target instanceof PSObj) return missingMethod(target, name)
  if (target instanceof NetObject || target instanceof PSType || isRealMember(kindOf(target), lower))
    return refuse(`the method ${name} of ${typeOf(target)}`)
  return missingMethod(target, name)
}

const missingMethod = (target: unknown, name: string): never =>
  invalidOperation(
    'MethodNotFound',
    `Method invocation failed because [${typeText(typeOf(target))}] does not contain a method named '${name}'.`,
  )

export async function method(v: unknown, lower: string, args: unknown[], cx: Context): Promise<unknown> {
  if (lower === 'tostring' && args.length === 0) {
    if (v instanceof PSDateTime) return formatDate(v, 'G')
    if (v instanceof PSException) return exceptionText(v)
    if (isSequence(v) || v instanceof PSHash) return typeText(typeOf(v))
    if (v instanceof PSType) return typeText(v.name)
    if (v instanceof PSObj) return /PSCustomObject/.test(v.types.join()) ? '' : toText(v)
    if (v instanceof PSDouble) return doubleText(v.value, v.single).replace('Infinity', '∞')
    return toText(v)
  }
  if (
    lower === 'tostring' &&
    args.length >= 1 &&
    (isNumber(v) ||
      v instanceof PSDateTime ||
      v instanceof PSTimeSpan ||
      v instanceof PSGuid ||
      v instanceof PSEnum)
  ) {
    if (args.length > 1 && !isNull(args[1]) && v instanceof PSDateTime && toText(args[0]).length < 2)
      refuse('a date as another culture writes it')
    return formatValue(v, toText(args[0]))
  }
  if (lower === 'equals' && args.length === 1) {
    if (typeof v === 'string' || isNumber(v) || typeof v === 'boolean')
      return typeOf(v) === typeOf(args[0]) && equal(v, args[0], true)
    return (
      v === args[0] ||
      (typeOf(v) === typeOf(args[0]) &&
        !isSequence(v) &&
        !(v instanceof PSObj) &&
        !(v instanceof PSHash) &&
        equal(v, args[0], true))
    )
  }
  if (lower === 'compareto' && args.length === 1) {
    if (typeOf(v) !== typeOf(args[0])) return refuse('CompareTo with another type')
    if (typeof v === 'string') return Math.sign(compare(v, args[0], true))
    if (isNumber(v) || v instanceof PSDateTime || v instanceof PSVersion || v instanceof PSTimeSpan)
      return Math.sign(compare(v, args[0], true))
  }
  if (lower === 'gethashcode') return refuse('GetHashCode')
  if (typeof v === 'string') {
    const found = stringMethod(v, lower, args)
    return found === undefined ? ABSENT : found
  }
  if (v instanceof PSRegex) {
    const found = await regexMethod(v, lower, args, cx)
    return found === undefined ? ABSENT : found
  }
  if (v instanceof NetObject) {
    const found = v.methods[lower]
    return found ? found(args) : ABSENT
  }
  if (v instanceof PSHash || isSequence(v)) {
    const found = await collectionMethod(v, lower, args, cx)
    return found === undefined ? ABSENT : found
  }
  if (v instanceof PSScriptBlock) {
    if (lower === 'invoke' || lower === 'invokereturnasis') {
      const out = await invoked(v, args, cx)
      return lower === 'invoke'
        ? new PSList(
            'System.Collections.ObjectModel.Collection`1[[System.Management.Automation.PSObject]]',
            out,
          )
        : out.length === 1
          ? out[0]
          : out.length === 0
            ? null
            : out
    }
    if (lower === 'getnewclosure') {
      // It is that of a module of its own there.
      if (/\$(\{)?script:/i.test(v.toString())) refuse('$script: in a closure')
      const made = new PSScriptBlock(v.node, v.source)
      const captured = new Map<string, unknown>()
      for (const variable of cx.scope.variables.values()) captured.set(variable.name, variable.value)
      made.closure = captured
      return made
    }
  }
  if (v instanceof PSException && lower === 'getbaseexception') {
    let at = v
    for (let inner = wrappedIn(at); inner; inner = wrappedIn(at)) at = inner
    return at
  }
  if (v instanceof PSDateTime) return dateMethod(v, lower, args)
  if (v instanceof PSTimeSpan) return spanMethod(v, lower, args)
  if (v instanceof PSSwitch && lower === 'tobool') return v.on
  if (v instanceof PSMatch && lower === 'result') return refuse('Match.Result')
  if (v instanceof PSType) return typeMethod(v, lower, args)
  if (v instanceof PSEnum && lower === 'hasflag') return refuse('HasFlag')
  return ABSENT
}

/** `.Invoke()`: an error in the block ends it, and comes out as one of the call. A single list is the arguments. */
async function invoked(block: PSScriptBlock, given: unknown[], cx: Context): Promise<unknown[]> {
  const [only] = given
  const args = given.length === 1 && Array.isArray(only) ? only : given
  const { session } = cx
  session.tries++
  try {
    return await session.collect(block, cx, {
      args: asArguments(args),
    })
  } catch (fault) {
    if (!(fault instanceof PSThrow)) throw fault
    remember(cx, fault.record)
    const exception = stopping(fault)
    return raise({
      message: `Exception calling "Invoke" with "${given.length}" argument(s): "${exception.message}"`,
      id: exception.type.replace(/^.*\./, ''),
      category: 'NotSpecified',
      type: 'System.Management.Automation.MethodInvocationException',
      inner: exception,
    })
  } finally {
    session.tries--
  }
}

function typeMethod(v: PSType, lower: string, args: unknown[]): unknown {
  const [other] = args
  if (lower === 'isinstanceoftype') return isOfType(other, v.name)
  if (
    (lower === 'issubclassof' || lower === 'isassignablefrom') &&
    other instanceof PSType &&
    isException(v.name) &&
    isException(other.name)
  )
    return lower === 'issubclassof'
      ? v.name !== other.name && chainOf(v.name).includes(other.name)
      : chainOf(other.name).includes(v.name)
  if (lower === 'getelementtype' && v.name.endsWith('[]')) return new PSType(v.name.slice(0, -2))
  return ABSENT
}

const amount = (v: unknown): number => {
  const n = casting(() => convert(v, 'System.Double')) as PSDouble
  return n.value
}

/** A date has to lie within the years 1 to 9999. */
const dateWithin = (ticks: bigint, kind: PSDateTime['kind']): PSDateTime =>
  ticks < 0n || ticks > LAST_TICK ? unrepresentable('value') : new PSDateTime(ticks, kind)

const unrepresentable = (parameter: string): never =>
  netFault(
    'System.ArgumentOutOfRangeException',
    `The added or subtracted value results in an un-representable DateTime. (Parameter '${parameter}')`,
  )

const whole = (v: unknown): number => Number(toBig(casting(() => convert(v, 'System.Int32')) as number))

/** A fraction of a unit in ticks: what is less than a tick is left away. */
function fractional(of: number, unit: number): bigint {
  if (!Number.isFinite(of) || unit === 1) refuse('such an amount of time')
  const full = Math.trunc(of)
  return BigInt(full) * BigInt(unit) + BigInt(Math.trunc((of - full) * unit))
}

function dateMethod(d: PSDateTime, lower: string, args: unknown[]): unknown {
  const units: Record<string, number> = {
    adddays: 864000000000,
    addhours: 36000000000,
    addminutes: 600000000,
    addseconds: 10000000,
    addmilliseconds: 10000,
    addticks: 1,
  }
  const unit = units[lower]
  if (unit !== undefined) {
    const by = args[0]
    return dateWithin(
      d.ticks + (isInteger(by) ? toBig(by) * BigInt(unit) : fractional(amount(by), unit)),
      d.kind,
    )
  }
  if (lower === 'addmonths' || lower === 'addyears') {
    const p = partsOf(d)
    const by = whole(args[0])
    const years = lower === 'addyears'
    const limit = years ? 10000 : 120000
    if (Math.abs(by) > limit)
      return netFault(
        'System.ArgumentOutOfRangeException',
        `${years ? 'Years' : 'Months'} value must be between +/-${limit}. (Parameter '${years ? 'years' : 'months'}')`,
      )
    const months = p.month - 1 + by * (years ? 12 : 1)
    const year = p.year + Math.floor(months / 12)
    const month = ((months % 12) + 12) % 12
    if (year < 1 || year > 9999) return unrepresentable(years ? 'value' : 'months')
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    const begin = new Date(0)
    begin.setUTCFullYear(year, month, Math.min(p.day, last))
    return new PSDateTime(
      BigInt(begin.getTime()) * 10000n + 621355968000000000n + (d.ticks % 864000000000n),
      d.kind,
    )
  }
  const [other] = args
  if (lower === 'add' && other instanceof PSTimeSpan) return dateWithin(d.ticks + other.ticks, d.kind)
  if (lower === 'subtract')
    return other instanceof PSTimeSpan
      ? dateWithin(d.ticks - other.ticks, d.kind)
      : other instanceof PSDateTime
        ? new PSTimeSpan(d.ticks - other.ticks)
        : ABSENT
  if (lower === 'touniversaltime') return toUtc(d)
  if (lower === 'tolocaltime') return toLocal(d)
  const forms: Record<string, string> = {
    toshortdatestring: 'd',
    tolongdatestring: 'D',
    toshorttimestring: 't',
    tolongtimestring: 'T',
  }
  if (forms[lower]) return formatDate(d, forms[lower] ?? 'd')
  if (lower === 'tounixtimemilliseconds') return BigInt(toUnix(d))
  return ABSENT
}

function spanMethod(s: PSTimeSpan, lower: string, args: unknown[]): unknown {
  const [other] = args
  if (lower === 'add' && other instanceof PSTimeSpan) return new PSTimeSpan(s.ticks + other.ticks)
  if (lower === 'subtract' && other instanceof PSTimeSpan) return new PSTimeSpan(s.ticks - other.ticks)
  if (lower === 'negate') return new PSTimeSpan(-s.ticks)
  if (lower === 'duration') return new PSTimeSpan(s.ticks < 0n ? -s.ticks : s.ticks)
  return lower === 'tostring' ? spanText(s.ticks) : ABSENT
}
