import { refuse } from '../refusal'
import { truth } from '../values/convert'
import {
  isNull,
  NetObject,
  PSDateTime,
  PSEntry,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSHash,
  PSList,
  PSMatch,
  PSObj,
  PSRef,
  PSScriptBlock,
  PSStreamRecord,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
  typedArray,
} from '../values/model'
import { isNumber, PSInteger } from '../values/numbers'
import { toText } from '../values/text'
import { typeChain } from '../values/type-chain'
import { typeOf } from '../values/type-names'
import type { Context } from './context'
import { entryOf, enumerate, isSequence } from './enumerate'
import { invalidOperation, NetFault, raise } from './errors'
import { noDefaults } from './indexing'
import { ADAPTERS, isRealMember } from './known-members'
import { ABSENT, bigIntegerMember, dateMember, matchMember, spanMember, typeMember } from './member-values'
import { errorMember, psObject } from './records'
import { scriptProperty, setScriptProperty } from './script-members'
import { typedKey, typedValue } from './typed-tables'

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
      // In strict mode each item has to have it.
      if (isNull(item)) {
        if (cx.scope.strictness >= 2) strictAbsent(item, name, cx)
        continue
      }
      const value = await (isSequence(item) ? getMember(item, name, cx) : property(item, name, cx))
      if (value === ABSENT && cx.scope.strictness >= 2) strictAbsent(item, name, cx)
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

async function property(target: unknown, name: string, cx: Context): Promise<unknown> {
  const lower = name.toLowerCase()
  if (target instanceof PSObj) {
    const own = target.props.get(lower)
    if (own) {
      if (own.kind === 'script' && own.getter) {
        return scriptProperty(own.getter, target, cx)
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
      typeChain(target),
      'System.String',
    )
  if (ADAPTERS.has(lower)) return refuse(`.${name}`)
  if (target instanceof PSObj) {
    if (target.methods.has(lower)) return refuse('a method as a value')
    return lower === 'count' || lower === 'length' ? 1 : ABSENT
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
  return oneOf(lower, cx, target)
}

/** A single thing has a Count and a Length of 1, but not in strict mode. */
const oneOf = (lower: string, cx: Context, target?: unknown): unknown =>
  // A list knows its Count; its Length is that of its items.
  !(target instanceof PSList) && (lower === 'count' || lower === 'length') && cx.scope.strictness < 2
    ? 1
    : ABSENT

export function kindOf(v: unknown): string {
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
      return live(
        v,
        v.ordered
          ? 'System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection'
          : 'System.Collections.Hashtable+KeyCollection',
        () => v.keys(),
      )
    if (lower === 'values')
      return live(
        v,
        v.ordered
          ? 'System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection'
          : 'System.Collections.Hashtable+ValueCollection',
        () => v.values(),
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
  if (v instanceof PSInteger && v.type === 'System.Numerics.BigInteger')
    return bigIntegerMember(v.value, lower)
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

export async function setMember(target: unknown, name: string, value: unknown, cx: Context): Promise<void> {
  const missing = () =>
    invalidOperation(
      isNull(target) ? 'PropertyNotFound' : 'PropertyAssignmentException',
      `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
    )
  if (target instanceof PSHash) {
    noDefaults(target)
    return void target.set(typedKey(target, name), typedValue(target, value))
  }
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
      return setScriptProperty(own.setter, target, name, value, cx)
    }
    if (own.kind === 'alias') {
      const other = toText(own.value).toLowerCase()
      if (!target.props.has(other) || other === name.toLowerCase())
        refuse('setting an alias of what is not there')
      return setMember(target, other, value, cx)
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
  if (target instanceof PSErrorRecord || target instanceof PSException)
    return refuse(`setting ${name} of an error`)
  const lower = name.toLowerCase()
  const fixed =
    typeof target === 'string' ? /^length$/ : Array.isArray(target) ? /^(length|count|rank)$/ : /^count$/
  if ((typeof target === 'string' || isSequence(target)) && fixed.test(lower))
    return invalidOperation('PropertyAssignmentException', `'${name}' is a ReadOnly property.`)
  if (isRealMember(kindOf(target), lower)) return refuse(`setting ${name}`)
  return missing()
}

export { entryOf, NetFault, truth, typedArray }

/** The keys or values of a dictionary, which stay tied to it: they are always those of now. */
function live(source: PSHash, type: string, items: () => unknown[]): PSList {
  const made = new PSList(type)
  Object.defineProperty(made, 'items', { get: items })
  made.source = source
  return made
}
