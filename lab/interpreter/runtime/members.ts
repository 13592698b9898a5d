import { refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import { dayName, formatDate, partsOf, toLocal, toUnix, toUtc } from '../values/dates'
import {
  elementType,
  isNull,
  NetObject,
  NOTHING,
  PSDateTime,
  PSEntry,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSMatch,
  PSObj,
  PSRef,
  PSRegex,
  PSScriptBlock,
  PSStreamRecord,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
  typedArray,
} from '../values/model'
import { isInteger, isNumber, PSChar, PSDouble, toBig } from '../values/numbers'
import { doubleText, exceptionText, spanText, toText, typeText } from '../values/text'
import { chainOf, isException, isOfType, shortName, typeOf } from '../values/type-names'
import { casting } from './arithmetic'
import { collectionMethod } from './collections'
import { compare, equal } from './comparison'
import type { Context } from './context'
import { entryOf, enumerate, isSequence } from './enumerate'
import { invalidOperation, NetFault, raise } from './errors'
import { formatValue } from './format'
import { ADAPTERS, isRealMember } from './known-members'
import { errorMember, psObject } from './records'
import { Scope } from './scope'
import { regexMethod, stringMethod } from './strings'

const ABSENT = Symbol('absent')

/** A property of a value; a sequence without it gives that of its items. */
export async function getMember(target: unknown, name: string, cx: Context): Promise<unknown> {
  if (isNull(target)) {
    if (cx.scope.strictness < 2 && /^(count|length)$/i.test(name)) return 0
    return strictAbsent(target, name, cx)
  }
  const found = await property(target, name, cx)
  if (found !== ABSENT) return found
  if (isSequence(target) || (target instanceof NetObject && target.methods['#items'])) {
    const all: unknown[] = []
    let any = false
    for (const item of enumerate(target)) {
      if (isNull(item)) continue
      const value = await (isSequence(item) ? getMember(item, name, cx) : property(item, name, cx))
      if (value === ABSENT && !(item instanceof PSObj)) continue
      any = true
      if (value === ABSENT) {
        all.push(null)
        continue
      }
      all.push(...(isSequence(value) ? enumerate(value) : [value]))
    }
    if (!any) return strictAbsent(target, name, cx)
    return all.length === 0 ? null : all.length === 1 ? all[0] : all
  }
  return strictAbsent(target, name, cx)
}

function strictAbsent(target: unknown, name: string, cx: Context): null {
  if (cx.scope.strictness >= 2)
    raise({
      message: `The property '${name}' cannot be found on this object. Verify that the property exists.`,
      id: 'PropertyNotFoundStrict',
      category: 'NotSpecified',
      type: 'System.Management.Automation.PropertyNotFoundException',
    })
  void target
  return null
}

/** Whether a value has a property of this name. */
export const hasProperty = async (target: unknown, name: string, cx: Context): Promise<boolean> =>
  !isNull(target) && (await property(target, name, cx)) !== ABSENT
export async function propertyOr(
  target: unknown,
  name: string,
  cx: Context,
  otherwise: unknown,
): Promise<unknown> {
  if (isNull(target)) return otherwise
  const found = await property(target, name, cx)
  return found === ABSENT ? otherwise : found
}

/** Script members see their object as `$this`. */
function withThis(target: unknown, cx: Context): Context {
  const scope = new Scope(cx.scope)
  scope.set('this', target)
  return cx.with({ scope })
}

async function property(target: unknown, name: string, cx: Context): Promise<unknown> {
  const lower = name.toLowerCase()
  if (target instanceof PSObj) {
    const own = target.props.get(lower)
    if (own) {
      if (own.kind === 'script' && own.getter) {
        const out = await cx.session.collect(own.getter, withThis(target, cx))
        return out.length === 0 ? null : out.length === 1 ? out[0] : out
      }
      if (own.kind === 'alias') return property(target, toText(own.value), cx)
      return own.value
    }
  }
  if (target instanceof PSHash && target.has(name)) return target.get(name)
  if (lower === 'psobject') return psObject(target, cx, getMember)
  if (lower === 'pstypenames')
    return new PSList(
      'System.Collections.ObjectModel.Collection`1[[System.String]]',
      target instanceof PSObj ? target.types : chainOf(typeOf(target)),
      'System.String',
    )
  if (ADAPTERS.has(lower)) return refuse(`.${name}`)
  if (target instanceof PSObj) {
    if (target.methods.has(lower)) return refuse('a method as a value')
    return oneOf(lower, cx)
  }
  const found = intrinsic(target, lower)
  if (found !== ABSENT) return found
  if (target instanceof NetObject) {
    const getter = target.get[lower]
    if (getter) return getter()
    if (target.methods['#items']) return ABSENT
    if (lower === 'count' || lower === 'length') return 1
    return refuse(`the member ${name} of ${target.type}`)
  }
  const kind = kindOf(target)
  if (isRealMember(kind, lower)) return refuse(`the member ${name} of ${typeOf(target)}`)
  return oneOf(lower, cx)
}

/** A single thing has a Count and a Length of 1, but not in strict mode. */
const oneOf = (lower: string, cx: Context): unknown =>
  (lower === 'count' || lower === 'length') && cx.scope.strictness < 2 ? 1 : ABSENT

function kindOf(v: unknown): string {
  if (Array.isArray(v)) return 'array'
  if (isNumber(v)) return 'number'
  if (v instanceof PSHash) return 'hash'
  if (v instanceof PSList) return 'list'
  if (v instanceof PSMatch) return 'match'
  if (v instanceof PSException) return 'exception'
  if (v instanceof PSEnum) return 'enum'
  return typeOf(v)
}

function intrinsic(v: unknown, lower: string): unknown {
  if (typeof v === 'string') return lower === 'length' ? v.length : ABSENT
  if (Array.isArray(v)) {
    if (lower === 'length' || lower === 'count') return v.length
    if (lower === 'longlength') return BigInt(v.length)
    if (lower === 'rank') return 1
    if (lower === 'isfixedsize') return true
    return lower === 'isreadonly' || lower === 'issynchronized' ? false : ABSENT
  }
  if (v instanceof PSList) {
    if (lower === 'count') return v.items.length
    if (lower === 'length') return v.items.length === 0 ? ABSENT : ABSENT
    return lower === 'isreadonly' || lower === 'isfixedsize' ? false : ABSENT
  }
  if (v instanceof PSHash) {
    if (lower === 'count') return v.entries.size
    if (lower === 'keys')
      return new PSList(
        v.ordered
          ? 'System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection'
          : 'System.Collections.Hashtable+KeyCollection',
        v.keys(),
      )
    if (lower === 'values')
      return new PSList(
        v.ordered
          ? 'System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection'
          : 'System.Collections.Hashtable+ValueCollection',
        v.values(),
      )
    if (lower === 'isreadonly' || lower === 'isfixedsize' || lower === 'issynchronized') return false
    return ABSENT
  }
  if (v instanceof PSEntry) {
    if (lower === 'key' || lower === 'name') return v.key0
    return lower === 'value' ? v.value : ABSENT
  }
  if (v instanceof PSRef) return lower === 'value' ? v.get() : ABSENT
  if (v instanceof PSSwitch) return lower === 'ispresent' ? v.on : ABSENT
  if (v instanceof PSEnum) return lower === 'value__' ? v.value : ABSENT
  if (v instanceof PSErrorRecord || v instanceof PSException || v instanceof PSStreamRecord) {
    const found = errorMember(v, lower)
    return found === undefined ? ABSENT : found
  }
  if (v instanceof PSMatch) return matchMember(v, lower)
  if (v instanceof PSType) return typeMember(v, lower)
  if (v instanceof PSDateTime) return dateMember(v, lower)
  if (v instanceof PSTimeSpan) return spanMember(v, lower)
  if (v instanceof PSVersion) {
    const at = ['major', 'minor', 'build', 'revision', 'patch'].indexOf(lower)
    if (v.type === 'System.Management.Automation.SemanticVersion' && lower === 'patch') return v.parts[2] ?? 0
    return at >= 0 && at < 4 ? (v.parts[at] ?? -1) : ABSENT
  }
  if (v instanceof PSScriptBlock) {
    if (lower === 'file') return v.source.file
    return ABSENT
  }
  return ABSENT
}

function matchMember(v: PSMatch, lower: string): unknown {
  switch (lower) {
    case 'value':
      return v.value
    case 'index':
      return v.index
    case 'length':
      return v.value.length
    case 'success':
      return v.success
    case 'name':
      return v.name
    case 'groups':
      return v.groups ? new PSList('System.Text.RegularExpressions.GroupCollection', v.groups) : ABSENT
    default:
      return ABSENT
  }
}

function typeMember(v: PSType, lower: string): unknown {
  switch (lower) {
    case 'name': {
      const generic = /`\d\[\[/.test(v.name)
      return shortName(v.name) + (generic && v.name.endsWith('[]') ? '[]' : '')
    }
    case 'fullname':
      return v.name.includes('[[') ? refuse('the full name of a generic type') : v.name
    case 'namespace':
      return v.name.replace(/\[\[.*$/, '').replace(/\.[^.]*$/, '')
    case 'isarray':
      return v.name.endsWith('[]')
    case 'isvaluetype':
      return /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Boolean|Char|DateTime|TimeSpan|Guid)\d*$/.test(
        v.name,
      )
    case 'isenum':
      return v.name === 'System.DayOfWeek' || v.name === 'System.ConsoleColor' ? true : refuse('IsEnum')
    case 'basetype': {
      const parent = isException(v.name)
        ? (chainOf(v.name)[1] ?? 'System.Object')
        : /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Boolean|Char|DateTime|TimeSpan|Guid)\d*$/.test(
              v.name,
            )
          ? 'System.ValueType'
          : v.name.endsWith('[]')
            ? 'System.Array'
            : [
                  'System.String',
                  'System.Collections.Hashtable',
                  'System.Management.Automation.PSCustomObject',
                ].includes(v.name)
              ? 'System.Object'
              : refuse('BaseType')
      return new PSType(parent)
    }
    default:
      return refuse(`the member ${lower} of a type`)
  }
}

function dateMember(d: PSDateTime, lower: string): unknown {
  const p = partsOf(d)
  const DAY = 864000000000n
  const numbers: Record<string, number> = {
    year: p.year,
    month: p.month,
    day: p.day,
    hour: p.hour,
    minute: p.minute,
    second: p.second,
    millisecond: p.ms,
    dayofyear: p.dayOfYear,
  }
  if (numbers[lower] !== undefined) return numbers[lower]
  if (lower === 'ticks') return d.ticks
  if (lower === 'date') return new PSDateTime(d.ticks - (d.ticks % DAY), d.kind)
  if (lower === 'timeofday') return new PSTimeSpan(d.ticks % DAY)
  if (lower === 'dayofweek') return new PSEnum('System.DayOfWeek', dayName(d), p.dayOfWeek)
  if (lower === 'kind')
    return new PSEnum('System.DateTimeKind', d.kind, ['Unspecified', 'Utc', 'Local'].indexOf(d.kind))
  if (lower === 'datetime') return formatDate(d, 'F')
  return ABSENT
}

function spanMember(s: PSTimeSpan, lower: string): unknown {
  const units: Record<string, [bigint, bigint]> = {
    days: [864000000000n, 0n],
    hours: [36000000000n, 24n],
    minutes: [600000000n, 60n],
    seconds: [10000000n, 60n],
    milliseconds: [10000n, 1000n],
  }
  const unit = units[lower]
  if (unit) {
    const whole = s.ticks / unit[0]
    return Number(unit[1] ? whole % unit[1] : whole)
  }
  const total = lower.startsWith('total') ? units[lower.slice(5)] : undefined
  if (total) return new PSDouble(Number(s.ticks) / Number(total[0]))
  return lower === 'ticks' ? s.ticks : ABSENT
}

export async function setMember(target: unknown, name: string, value: unknown, cx: Context): Promise<void> {
  const missing = () =>
    invalidOperation(
      isNull(target) ? 'PropertyNotFound' : 'PropertyAssignmentException',
      `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
      name,
    )
  if (target instanceof PSHash) return void target.set(name, value)
  if (target instanceof PSObj) {
    const own = target.props.get(name.toLowerCase())
    if (!own) {
      const text = `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`
      return raise({
        message: `Exception setting "${name}": "${text}"`,
        id: 'ExceptionWhenSetting',
        category: 'NotSpecified',
        type: 'System.Management.Automation.SetValueInvocationException',
      })
    }
    if (own.kind === 'script') {
      if (!own.setter) return refuse('setting a script property')
      await cx.session.collect(own.setter, withThis(target, cx), {
        args: [{ name: null, value, given: true, text: '' }],
      })
      return
    }
    own.value = value
    return
  }
  if (target instanceof PSRef) return target.set(value)
  if (target instanceof NetObject) {
    const setter = target.setters[name.toLowerCase()]
    return setter ? setter(value) : refuse(`setting ${name} of ${target.type}`)
  }
  if (isNull(target)) return missing()
  if (isSequence(target) && enumerate(target).length > 0) {
    for (const item of enumerate(target)) await setMember(item, name, value, cx)
    return
  }
  if (target instanceof PSErrorRecord || target instanceof PSException)
    return refuse(`setting ${name} of an error`)
  const lower = name.toLowerCase()
  if (typeof target === 'string' && lower === 'length')
    return invalidOperation('PropertyAssignmentException', "'Length' is a ReadOnly property.", name)
  if (isRealMember(kindOf(target), lower)) return refuse(`setting ${name}`)
  return missing()
}

export async function callMethod(
  target: unknown,
  name: string,
  args: unknown[],
  cx: Context,
): Promise<unknown> {
  const lower = name.toLowerCase()
  if (isNull(target))
    return invalidOperation('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.')
  if (target instanceof PSObj) {
    const method = target.methods.get(lower)
    if (method) {
      const out = await cx.session.collect(method, withThis(target, cx), {
        args: args.map(value => ({ name: null, value, given: true, text: '' })),
      })
      return out.length === 0 ? null : out.length === 1 ? out[0] : out
    }
    const value = target.props.get(lower)?.value
    if (value instanceof PSScriptBlock && !['tostring', 'gettype', 'equals'].includes(lower))
      return missingMethod(target, name)
  }
  if (lower === 'gettype' && args.length === 0) return new PSType(typeOf(target))
  if ((lower === 'foreach' || lower === 'where') && !(target instanceof PSObj && target.methods.has(lower)))
    return collectionMethod(
      target instanceof PSHash || !isSequence(target) ? [target] : target,
      lower,
      args,
      cx,
    )
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
    name,
  )

async function method(v: unknown, lower: string, args: unknown[], cx: Context): Promise<unknown> {
  if (lower === 'tostring' && args.length === 0) {
    if (v instanceof PSDateTime) return formatDate(v, 'G')
    if (v instanceof PSException) return exceptionText(v)
    if (isSequence(v) || v instanceof PSHash) return typeText(typeOf(v))
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
  )
    return formatValue(v, toText(args[0]))
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
      const out = await cx.session.collect(v, cx, {
        args: args.map(value => ({ name: null, value, given: true, text: '' })),
      })
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
      const made = new PSScriptBlock(v.node, v.source)
      const captured = new Map<string, unknown>()
      for (const variable of cx.scope.variables.values()) captured.set(variable.name, variable.value)
      made.closure = captured
      return made
    }
  }
  if (v instanceof PSException && lower === 'getbaseexception') {
    let at = v
    while (at.inner) at = at.inner
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
    return new PSDateTime(
      d.ticks + (isInteger(by) ? toBig(by) * BigInt(unit) : BigInt(Math.round(amount(by) * unit))),
      d.kind,
    )
  }
  if (lower === 'addmonths' || lower === 'addyears') {
    const p = partsOf(d)
    const months = p.month - 1 + Math.trunc(amount(args[0])) * (lower === 'addyears' ? 12 : 1)
    const year = p.year + Math.floor(months / 12)
    const month = ((months % 12) + 12) % 12
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    const begin = new Date(0)
    begin.setUTCFullYear(year, month, Math.min(p.day, last))
    return new PSDateTime(
      BigInt(begin.getTime()) * 10000n + 621355968000000000n + (d.ticks % 864000000000n),
      d.kind,
    )
  }
  const [other] = args
  if (lower === 'add' && other instanceof PSTimeSpan) return new PSDateTime(d.ticks + other.ticks, d.kind)
  if (lower === 'subtract')
    return other instanceof PSTimeSpan
      ? new PSDateTime(d.ticks - other.ticks, d.kind)
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

/** `$v[...]`. */
export async function indexInto(target: unknown, index: unknown, cx: Context): Promise<unknown> {
  if (isNull(target)) {
    return invalidOperation('NullArray', 'Cannot index into a null array.')
  }
  if (target instanceof PSHash) {
    if (Array.isArray(index)) return index.map(key => target.get(key))
    if (target.ordered && typeof index === 'number')
      return target.values()[index < 0 ? target.entries.size + index : index] ?? null
    if (isNull(index) && !target.ordered)
      return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
    return target.get(index)
  }
  if (target instanceof PSList && target.type.endsWith('GroupCollection')) {
    const groups = target.items as PSMatch[]
    return (
      groups.find(g => g.name === toText(index)) ??
      (typeof index === 'number' && groups[index]
        ? groups[index]
        : new PSMatch('', 0, false, toText(index), null))
    )
  }
  const items = isSequence(target)
    ? enumerate(target)
    : typeof target === 'string'
      ? target.split('').map(c => new PSChar(c.charCodeAt(0)))
      : null
  if (!items) {
    if (target instanceof NetObject && target.methods['#index']) return target.methods['#index']([index])
    if (
      isNumber(target) ||
      typeof target === 'boolean' ||
      target instanceof PSObj ||
      target instanceof PSScriptBlock ||
      target instanceof PSDateTime ||
      target instanceof PSEntry
    ) {
      if (Array.isArray(index)) return refuse('an index of several on a single object')
      if (typeof index === 'number')
        return index === 0 || index === -1
          ? target
          : cx.scope.strictness >= 3
            ? refuse('an index in strict mode')
            : NOTHING
      return invalidOperation('CannotIndex', `Unable to index into an object of type "${typeOf(target)}".`)
    }
    return refuse(`an index into ${typeOf(target)}`)
  }
  if (target instanceof PSList && /Collection$/.test(target.type) && target.type.includes('Hashtable+'))
    return invalidOperation('CannotIndex', `Unable to index into an object of type "${target.type}".`)
  const at = (one: unknown): unknown => {
    const n = Number(toBig(casting(() => convert(one, 'System.Int32')) as number))
    const real = n < 0 ? items.length + n : n
    if ((real < 0 || real >= items.length) && cx.scope.strictness >= 3) throw rangeRaise()
    return items[real] ?? null
  }
  if (isNull(index))
    return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
  if (isSequence(index)) {
    const picked = enumerate(index).flatMap(one => {
      const n = Number(toBig(casting(() => convert(one, 'System.Int32')) as number))
      const real = n < 0 ? items.length + n : n
      return real < 0 || real >= items.length ? [] : [items[real]]
    })
    return picked
  }
  return at(index)
}

function asRange(target: PSList): unknown {
  void target
  try {
    return raise({
      message:
        "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
      id: 'System.ArgumentOutOfRangeException',
      category: 'OperationStopped',
      type: 'System.ArgumentOutOfRangeException',
    })
  } catch (fault) {
    return fault
  }
}
function rangeRaise(): unknown {
  try {
    return raise({
      message: 'Index was outside the bounds of the array.',
      id: 'System.IndexOutOfRangeException',
      category: 'OperationStopped',
      type: 'System.IndexOutOfRangeException',
    })
  } catch (fault) {
    return fault
  }
}

export async function setIndex(target: unknown, index: unknown, value: unknown, cx: Context): Promise<void> {
  void cx
  if (isNull(target)) return invalidOperation('NullArray', 'Cannot index into a null array.')
  if (target instanceof PSHash) {
    if (isNull(index))
      return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
    if (target.ordered && typeof index === 'number') {
      const key = target.keys()[index]
      if (key === undefined)
        return raise({
          message: "Specified argument was out of the range of valid values. (Parameter 'index')",
          id: 'System.ArgumentOutOfRangeException',
          category: 'OperationStopped',
          type: 'System.ArgumentOutOfRangeException',
        })
      return target.set(key, value)
    }
    return target.set(index, value)
  }
  if (isSequence(target)) {
    const items = Array.isArray(target) ? target : target.items
    const n = Number(toBig(casting(() => convert(index, 'System.Int32')) as number))
    const real = n < 0 ? items.length + n : n
    if (real < 0 || real >= items.length) {
      if (target instanceof PSList) throw asRange(target)
      throw rangeRaise()
    }
    const type = Array.isArray(target) ? elementType(target) : target.element
    items[real] = type === 'System.Object' ? value : casting(() => convert(value, type))
    return
  }
  if (typeof target === 'string')
    return invalidOperation(
      'CannotIndex',
      `Unable to assign to an index into an object of type System.String.`,
    )
  return refuse(`an assignment to an index of ${typeOf(target)}`)
}

export { entryOf, NetFault, truth, typedArray }
