import { dirname } from 'node:path'
import type { Expression } from '../language/ast'
import { refuse } from '../refusal'
import { convert } from '../values/convert'
import { isNull, NetObject, NOTHING, PSException, PSHash, PSList, PSSwitch, PSType } from '../values/model'
import { isNumber } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { casting } from './arithmetic'
import type { Context } from './context'
import { enumerate } from './enumerate'
import { CastFault, PSThrow, raise } from './errors'
import { keyOfNoPlace, noPlace, setIndex } from './indexing'
import { setMember } from './members'
import { typeNamed } from './named-types'
import { isRealFunction } from './real-commands'
import type { Scope, Variable } from './scope'
import { keyForMember } from './typed-tables'

/** Variables that the real shell has and this one does not know enough about. */
export const UNKNOWN = new Set([
  'psnativecommanduseerroractionpreference',
  'pssessionconfigurationname',
  'pssessionoption',
  'psnativecommandargumentpassing',
  'host',
  'foreach',
  'switch',
  'profile',
  'pshome',
  'stacktrace',
  '^',
  '$',
  'sender',
  'event',
  'eventargs',
  'pssenderinfo',
  'psculture',
  'psuiculture',
  'psdebugcontext',
  'psboundparameters_',
  'enabledexperimentalfeatures',
  'psstyle',
])

function parse(cx: Context, written: string): { scope: Scope | null; name: string; drive: string } {
  const colon = written.indexOf(':')
  if (colon < 0) return { scope: null, name: written, drive: '' }
  const prefix = written.slice(0, colon).toLowerCase()
  const name = written.slice(colon + 1)
  switch (prefix) {
    case 'global':
      return { scope: cx.scope.global, name, drive: '' }
    case 'script':
      return { scope: cx.scope.script, name, drive: '' }
    case 'local':
    case 'private':
      return { scope: cx.scope, name, drive: prefix }
    case 'variable':
      return { scope: null, name, drive: '' }
    case 'env':
    case 'function':
      return { scope: null, name, drive: prefix }
    case 'using':
      return refuse('$using:')
    default:
      return { scope: null, name, drive: written.slice(0, colon) }
  }
}

export function readVariable(cx: Context, written: string, strictFrom = 1): unknown {
  const { scope, name, drive } = parse(cx, written)
  if (drive === 'env')
    return /^PSModulePath$/i.test(name) ? refuse(`$env:${name}`) : (process.env[name] ?? null)
  if (drive === 'function') {
    const known = cx.scope.findFunction(name)
    return !known && isRealFunction(name) ? refuse(`the function ${name}`) : known
  }
  // A drive that is not there reads as nothing.
  if (drive && drive !== 'local' && drive !== 'private')
    return /^(alias|cert|temp|wsman|hk\w+|registry)$/i.test(drive) ? refuse(`the drive ${drive}:`) : null
  const lower = name.toLowerCase()
  const found = scope ? scope.own(name) : cx.scope.find(name)
  if (found) return found.value
  switch (lower) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    case '?':
      return cx.session.ok
    case 'error':
      return new PSList('System.Collections.ArrayList', cx.session.errors)
    case 'pwd':
      return new NetObject(
        'System.Management.Automation.PathInfo',
        { path: () => cx.session.location, providerpath: () => cx.session.location },
        {},
        () => cx.session.location,
      )
    case 'psscriptroot':
      return cx.source.file ? dirname(cx.source.file) : ''
    case 'pscommandpath':
      return cx.source.file ?? ''
    case 'psitem':
      return readVariable(cx, '_')
    case 'lastexitcode':
      if (cx.session.lastExit !== null) return cx.session.lastExit
      break
    default:
      break
  }
  if (UNKNOWN.has(lower)) refuse(`the variable $${name}`)
  if (cx.scope.strictness === 1 && cx.session.quoted > 0) refuse('an unset variable within a string')
  if (cx.scope.strictness >= strictFrom)
    return raise({
      message: `The variable '$${written}' cannot be retrieved because it has not been set.`,
      id: 'VariableIsUndefined',
      category: 'InvalidOperation',
      target: written,
    })
  return null
}

export const READ_ONLY = new Set([
  'true',
  'false',
  'null',
  '?',
  'pid',
  'home',
  'host',
  'psversiontable',
  'pshome',
  'error',
  'psculture',
  'psuiculture',
  'executioncontext',
  'shellid',
  'iswindows',
  'islinux',
  'ismacos',
  'iscoreclr',
])

/** Whether a variable of the shell is the same one in all scopes; `$Error` is only in the first. */
export const isEverywhere = (name: string): boolean =>
  READ_ONLY.has(name.toLowerCase()) && !/^error$/i.test(name)

export function writeVariable(
  cx: Context,
  written: string,
  value: unknown,
  type: string | null = null,
): void {
  const { scope, name, drive } = parse(cx, written)
  // What put out nothing stays nothing in a variable: `@($x)` is then empty.
  const plain = isNull(value) && value !== NOTHING ? null : value
  if (drive === 'env') {
    if (isNull(plain)) delete process.env[name]
    else process.env[name] = toText(plain)
    return
  }
  if (/^(function|alias)$/i.test(drive)) refuse(`writing to $${drive}:`)
  if (drive && drive !== 'local' && drive !== 'private')
    raise({
      message: `Cannot find drive. A drive with the name '${drive}' does not exist.`,
      id: 'DriveNotFound',
      category: 'ObjectNotFound',
      type: 'System.Management.Automation.DriveNotFoundException',
      target: drive,
    })
  const lower = name.toLowerCase()
  if (lower === 'null') return
  // A loop puts its own there, and gives back what was there before.
  if (lower === 'foreach' || lower === 'switch') refuse(`writing to $${name}`)
  if (lower === 'psitem') {
    writeVariable(cx, '_', value, type)
    return
  }
  if (lower === 'errorview' && !/^(ConciseView|2)$/i.test(toText(plain))) refuse('another $ErrorView')
  if (lower === 'psdefaultparametervalues') refuse('$PSDefaultParameterValues')
  const target = scope ?? cx.scope
  if (isEverywhere(lower) || (lower === 'error' && target === cx.scope.global)) {
    raise({
      message: `Cannot overwrite variable ${name} because it is read-only or constant.`,
      id: 'VariableNotWritable',
      category: 'WriteError',
      target: name,
      type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    })
  }
  let variable = target.own(name)
  if (variable && variable.options !== 'None') {
    raise({
      message: `Cannot overwrite variable ${name} because it is read-only or constant.`,
      id: 'VariableNotWritable',
      category: 'WriteError',
      target: name,
      type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    })
  }
  const final = constrained(variable, plain, type, target.isCall)
  if (!variable) variable = target.set(name, final)
  else variable.value = final
  if (type) variable.type = type
  if (drive === 'private') variable.isPrivate = true
}

/** What is written to a variable by way of a reference: converted to its type as anything else. */
export function throughReference(variable: Variable, value: unknown): unknown {
  if (variable.check || variable.options !== 'None' || variable.type === 'System.Boolean')
    refuse('a reference to such a variable')
  if (variable.type === null) return value
  try {
    return convert(value, variable.type)
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    return raise({
      message: `Exception setting "Value": "${fault.text}"`,
      id: 'ExceptionWhenSetting',
      category: 'NotSpecified',
      type: 'System.Management.Automation.SetValueInvocationException',
    })
  }
}

/** What is written to a parameter that validates its argument has to pass as well. */
async function allowed(
  check: (value: unknown) => Promise<void>,
  name: string,
  value: unknown,
  cx: Context,
): Promise<void> {
  const type = cx.scope.own(name)?.type
  try {
    await check(type ? casting(() => convert(value, type)) : value)
  } catch (fault) {
    if (!(fault instanceof PSThrow) || fault.record.id !== 'ParameterArgumentValidationError') throw fault
    raise({
      message: `The variable cannot be validated because the value ${toText(value)} is not a valid value for the ${name} variable.`,
      id: 'ValidateSetFailure',
      category: 'MetadataError',
      type: 'System.Management.Automation.ValidationMetadataException',
    })
  }
}

/** What a variable that holds a truth value takes: not everything that a cast takes. */
const isTruthValue = (v: unknown): boolean => typeof v === 'boolean' || v instanceof PSSwitch || isNumber(v)

/** A value's type in such a fault; a pipeline that put out nothing has an object of its own. */
const nameOfNone = (v: unknown): string =>
  v === NOTHING
    ? 'System.Management.Automation.PSCustomObject'
    : isNull(v)
      ? ''
      : typeOf(v).replace(/\[\[(.*)\]\]/, '[$1]')

function constrained(
  variable: Variable | null,
  value: unknown,
  type: string | null,
  isCall: boolean,
): unknown {
  const wanted = type ?? variable?.type ?? null
  if (!wanted || wanted === 'System.Management.Automation.PSCustomObject') return value
  if (wanted === 'System.String' && isNull(value)) return ''
  // Inside a call such a variable converts as a cast does.
  if (isCall) return casting(() => convert(value, wanted))
  try {
    const switchText = wanted === 'System.Management.Automation.SwitchParameter' && typeof value === 'string'
    if (switchText || (wanted === 'System.Boolean' && !isTruthValue(value)))
      throw new CastFault(
        '',
        `Cannot convert value "${nameOfNone(value)}" to type "${wanted}". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
      )
    return convert(value, wanted)
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    return raise({
      message: fault.text,
      id: 'RuntimeException',
      category: 'MetadataError',
      type: 'System.Management.Automation.ArgumentTransformationMetadataException',
      inner: new PSException('System.Management.Automation.PSInvalidCastException', fault.text),
    })
  }
}

type Evaluate = (e: Expression, cx: Context) => Promise<unknown>

/** Where to write: several indexes with commas between them are no list, and one behind a comma is that one. */
async function placeOf(
  index: Expression,
  object: unknown,
  cx: Context,
  evaluate: Evaluate,
): Promise<unknown> {
  const only = index.kind === 'list' && index.items.length === 1 ? index.items[0] : undefined
  const found = await evaluate(only ?? index, cx)
  if (index.kind === 'list' && !only && !isNull(object)) noPlace(object, enumerate(found))
  return found
}

/** Writes to a variable, property, element or a list of them. */
export async function assign(
  target: Expression,
  value: unknown,
  cx: Context,
  evaluate: Evaluate,
  type: string | null = null,
): Promise<void> {
  switch (target.kind) {
    case 'variable': {
      if (/^(\w+:)?psnativecommandargumentpassing$/i.test(target.name))
        refuse('how arguments are passed to programs')
      const check = cx.scope.own(target.name)?.check
      if (check) await allowed(check, target.name, value, cx)
      return writeVariable(cx, target.name, value, type)
    }
    case 'cast': {
      if (target.attribute) return refuse('an attribute on a variable')
      return assign(target.operand, value, cx, evaluate, typeNamed(target.type))
    }
    case 'paren': {
      const { pipeline } = target
      const element = pipeline.kind === 'pipeline' ? pipeline.elements[0] : undefined
      return element?.kind === 'expression'
        ? assign(element.expression, value, cx, evaluate)
        : refuse('this assignment')
    }
    case 'list': {
      const items = enumerate(value)
      for (const [i, one] of target.items.entries()) {
        if (one.kind === 'member' && one.name.kind !== 'string')
          refuse('such a member name among several targets')
        const last = i === target.items.length - 1
        const rest = items.slice(i)
        await assign(
          one,
          last ? (rest.length > 1 ? rest : (rest[0] ?? null)) : (items[i] ?? null),
          cx,
          evaluate,
        )
      }
      return
    }
    case 'member': {
      const plain = isNull(value) ? null : value
      const object = await evaluate(target.target, cx)
      const given = target.name.kind === 'string' ? target.name.value : await evaluate(target.name, cx)
      if (object instanceof PSHash && typeof given !== 'string' && !isNull(given))
        return void object.set(keyForMember(object, given, true), plain)
      const name = toText(given)
      if (target.isStatic) {
        if (object instanceof PSType && object.name === 'System.Console' && /encoding$/i.test(name)) return
        return refuse('writing to a static property')
      }
      return setMember(object, name, plain, cx)
    }
    case 'index': {
      const object = await evaluate(target.target, cx)
      if (object instanceof PSHash && object.ordered) keyOfNoPlace(target.index)
      return setIndex(object, await placeOf(target.index, object, cx, evaluate), isNull(value) ? null : value)
    }
    default:
      return refuse('this assignment')
  }
}

export { PSHash }
