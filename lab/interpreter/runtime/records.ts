import { refuse } from '../refusal'
import { ENUMS } from '../values/enums'
import {
  type Invocation,
  isNull,
  NetObject,
  NOTHING,
  type Property,
  PSEnum,
  type PSErrorRecord,
  PSException,
  PSHash,
  PSList,
  PSObj,
  PSStreamRecord,
} from '../values/model'
import { toText, typeText } from '../values/text'
import { typeChain } from '../values/type-chain'
import { chainOf, shortName, typeOf } from '../values/type-names'
import type { Context } from './context'
import { isSequence } from './enumerate'
import { noteText } from './note-text'
import { standingFor } from './outside'

/** What Write-Host leaves in an information record. */
function hostMessage(v: PSStreamRecord): NetObject {
  const text = toText(v.data)
  return new NetObject(
    'System.Management.Automation.HostInformationMessage',
    { message: () => text, nonewline: () => v.host?.noNewLine ?? false },
    { tostring: () => text },
    () => text,
  )
}

/** The record that an exception carries itself: no command has put its name on it yet, but those that bind have. */
function ownRecordOf(record: PSErrorRecord): PSErrorRecord {
  const made = standingFor(record)
  return record.exception.type.includes('.ParameterBinding')
    ? made
    : Object.assign(made, { id: record.ownId })
}

/** The exception that another one wraps. */
export const wrappedIn = (v: PSException): PSException | null => v.inner ?? reasonOf(v)

/** What a failed conversion wraps: why the text could not be read, where it says so. */
function reasonOf({ type, message }: PSException): PSException | null {
  const why = /\. Error: "(.*)"$/s.exec(message)?.[1]
  if (why === undefined || type !== 'System.Management.Automation.PSInvalidCastException') return null
  if (/^The input string '.*' was not in a correct format\.$/s.test(why))
    return Object.assign(new PSException('System.FormatException', why), { traced: true })
  return /^Value was either too large or too small for an? \w+\.$/.test(why)
    ? Object.assign(new PSException('System.OverflowException', why), { traced: true })
    : refuse('what a failed conversion wraps')
}

/** A member of an error record, exception or stream record; undefined when there is none of this name here. */
export function errorMember(v: PSErrorRecord | PSException | PSStreamRecord, lower: string): unknown {
  if (v instanceof PSStreamRecord) {
    if (lower === 'message' && v.stream !== 6) return v.data
    if (lower === 'messagedata' && v.stream === 6) return v.host ? hostMessage(v) : v.data
    if (lower === 'tags' && v.stream === 6)
      return new PSList('System.Collections.Generic.List`1[[System.String]]', v.tags, 'System.String')
    return lower === 'count' || lower === 'length' ? 1 : undefined
  }
  if (v instanceof PSException) {
    if (v.extra.has(lower)) return v.extra.get(lower)
    switch (lower) {
      case 'message':
        return v.message
      case 'innerexception':
        return wrappedIn(v)
      case 'hresult':
        return hresult(v.type)
      case 'errorrecord':
        if (v.record?.thrown) return refuse('the ErrorRecord of what was thrown')
        return chainOf(v.type).includes('System.Management.Automation.RuntimeException')
          ? v.record?.exception === v
            ? ownRecordOf(v.record)
            : (v.record ?? refuse('the ErrorRecord of an exception'))
          : undefined
      case 'data':
        return dataOf(v)
      case 'stacktrace':
      case 'helplink':
        return null
      case 'source':
        return isNull(v.record) || v.record.thrown ? null : 'System.Management.Automation'
      case 'wasthrownfromthrowstatement':
        return v.byThrow || (v.record?.thrown ?? false)
      case 'paramname':
        return /\(Parameter '([^']*)'\)(?:\nActual value was .*)?$/s.exec(v.message)?.[1] ?? null
      case 'commandname':
        return v.type.endsWith('CommandNotFoundException') ? toText(v.record?.target) : undefined
      case 'errorid':
        return v.record ? v.record.id.split(',')[0] : undefined
      case 'parametername':
      case 'parametertype':
      case 'typespecified':
      case 'commandinvocation':
      case 'line':
      case 'offset':
      case 'itemname':
      case 'sessionstatecategory':
      case 'filename':
      case 'actualvalue':
      case 'objectname':
        return /ParameterBinding|ItemNotFound|SessionState|FileNotFound|OutOfRange|Drive|Disposed/.test(
          v.type,
        )
          ? refuse(`${lower} of an exception`)
          : undefined
      default:
        return undefined
    }
  }
  switch (lower) {
    case 'exception':
      return v.exception
    case 'fullyqualifiederrorid':
      return v.id
    case 'targetobject':
      return v.target
    case 'errordetails':
      return v.details === null && v.recommendedAction === ''
        ? null
        : new NetObject(
            'System.Management.Automation.ErrorDetails',
            { message: () => v.message, recommendedaction: () => v.recommendedAction },
            {},
            () => v.message,
          )
    case 'categoryinfo':
      return categoryInfo(v)
    case 'invocationinfo':
      // Write-Error tells of the call of the script or function it stands in.
      if (v.around !== null) return v.around
      if (v.activity === 'Write-Error' && v.invocation?.command === 'Write-Error')
        refuse('the invocation of an error of Write-Error')
      return v.invocation ? invocationInfo(v.invocation) : null
    case 'scriptstacktrace':
      return refuse('ScriptStackTrace')
    case 'pipelineiterationinfo':
      return refuse('PipelineIterationInfo')
    default:
      return undefined
  }
}

/** What a script may keep with an exception: the same table each time. */
function dataOf(v: PSException): unknown {
  const known = v.extra.get('data') ?? new PSHash('System.Collections.ListDictionaryInternal', true)
  v.extra.set('data', known)
  return known
}

const HRESULTS: Record<string, number> = {
  'System.DivideByZeroException': -2147352558,
  'System.ArgumentException': -2147024809,
  'System.ArgumentNullException': -2147467261,
  'System.InvalidOperationException': -2146233079,
  'System.FormatException': -2146233033,
  'System.InvalidCastException': -2147467262,
  'System.IO.FileNotFoundException': -2147024894,
  'System.IO.IOException': -2146232800,
  'System.NotSupportedException': -2146233067,
  'System.TimeoutException': -2146233083,
  'System.UnauthorizedAccessException': -2147024891,
  'System.ArgumentOutOfRangeException': -2146233086,
  'System.NullReferenceException': -2147467261,
  'System.IndexOutOfRangeException': -2146233080,
  'System.OverflowException': -2146233066,
}
function hresult(type: string): number {
  for (const name of chainOf(type)) if (HRESULTS[name] !== undefined) return HRESULTS[name]
  return chainOf(type).includes('System.SystemException') && type !== 'System.Exception'
    ? -2146233087
    : -2146233088
}

function categoryInfo(v: PSErrorRecord): NetObject {
  const targetName = v.targetName ?? (isNull(v.target) ? '' : targetText(v.target))
  const targetType = v.targetType ?? (isNull(v.target) ? '' : targetKind(v.target))
  const message = () =>
    `${v.category}: (${shortened(targetName)}:${shortened(targetType)}) [${v.activity}], ${v.reason}`
  return new NetObject(
    'System.Management.Automation.ErrorCategoryInfo',
    {
      category: () =>
        new PSEnum(
          'System.Management.Automation.ErrorCategory',
          v.category,
          ENUMS['System.Management.Automation.ErrorCategory']?.[v.category] ?? 0,
        ),
      reason: () => v.reason,
      activity: () => v.activity,
      targetname: () => targetName,
      targettype: () => targetType,
    },
    {
      getmessage: message,
    },
    message,
  )
}

const targetText = (v: unknown): string => (isSequence(v) ? typeText(typeOf(v)) : toText(v))

const targetKind = (v: unknown): string => shortName(typeOf(v)).replace(/^PSCustomObject$/, 'PSObject')

/** A long name loses its middle. */
const shortened = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 19)}…${text.slice(-19)}` : text

/** An InvocationInfo; the text of the line comes with it. */
const commandType = (name: string): PSEnum => {
  const type = 'System.Management.Automation.CommandTypes'
  return new PSEnum(type, name, ENUMS[type]?.[name] ?? refuse(`the kind ${name} of a command`))
}

const calledFrom = (i: { script: string; calledFrom?: string }): string => i.calledFrom ?? i.script

export function invocationInfo(
  i: Invocation & {
    lineText?: string
    wholeLine?: string
    position?: string
    /** The file of the line that called it, where that is not its own. */
    calledFrom?: string
    bound?: PSHash
    expecting?: boolean
    unbound?: unknown[]
  },
): NetObject {
  return new NetObject(
    'System.Management.Automation.InvocationInfo',
    {
      mycommand: () =>
        i.command || i.bound || i.commandType === 'Function'
          ? new NetObject(
              `System.Management.Automation.${i.commandType || 'Cmdlet'}Info`,
              {
                name: () => i.command,
                commandtype: () => commandType(i.commandType || 'Cmdlet'),
                source: () => '',
                modulename: () => '',
                definition: () => refuse("a command's definition"),
                path: () => (i.commandType === 'ExternalScript' ? i.script : refuse('Path')),
              },
              {},
              () => (i.commandType === 'Script' ? refuse('the text of a script block') : i.command),
            )
          : null,
      scriptlinenumber: () => i.line,
      offsetinline: () => i.column,
      scriptname: () => calledFrom(i),
      invocationname: () => i.name,
      line: () => i.wholeLine ?? i.lineText ?? i.text,
      statement: () => i.text,
      positionmessage: () => i.position ?? '',
      // Where no file runs there is none.
      pscommandpath: () => calledFrom(i) || null,
      psscriptroot: () => calledFrom(i).replace(/[\\/][^\\/]*$/, ''),
      boundparameters: () =>
        i.bound ?? new PSHash('System.Management.Automation.PSBoundParametersDictionary'),
      unboundarguments: () => i.unbound ?? [],
      expectinginput: () => i.expecting ?? false,
      pipelinelength: () => refuse('PipelineLength'),
      pipelineposition: () => refuse('PipelinePosition'),
      historyid: () => refuse('HistoryId'),
      commandorigin: () => refuse('CommandOrigin'),
    },
    {},
    () => 'System.Management.Automation.InvocationInfo',
  )
}

const MEMBER_TYPES = 'System.Management.Automation.PSMemberTypes'

type Read = (target: unknown, name: string, cx: Context) => Promise<unknown>

const memberInfo = (target: unknown, p: Property, cx: Context, read: Read): NetObject => {
  const kind = p.kind === 'note' ? 'NoteProperty' : p.kind === 'script' ? 'ScriptProperty' : 'AliasProperty'
  const made = new NetObject(
    `System.Management.Automation.PS${kind}`,
    {
      name: () => p.name,
      value: () => (p.kind === 'note' ? p.value : read(target, p.name, cx)),
      membertype: () => new PSEnum(MEMBER_TYPES, kind, ENUMS[MEMBER_TYPES]?.[kind] ?? 0),
      typenameofvalue: () =>
        p.kind !== 'note'
          ? refuse('the type of a calculated property')
          : isNull(p.value)
            ? 'System.Object'
            : typeOf(p.value),
      isgettable: () => true,
      issettable: () => true,
      isinstance: () => true,
    },
    {},
    () => (p.kind === 'note' ? noteText(p.name, p.value) : refuse('the text of a calculated property')),
  )
  made.setters.value = v => {
    if (p.kind !== 'note') refuse('setting a calculated property by its description')
    p.value = v
  }
  return made
}

/** `.PSObject`. */
export function psObject(target: unknown, cx: Context, read: Read): NetObject {
  const list = (): unknown[] => {
    if (target instanceof PSObj) return [...target.props.values()].map(p => memberInfo(target, p, cx, read))
    return refuse('the properties of a .NET object')
  }
  const properties = () => {
    const own = target instanceof PSHash ? target : null
    if (own) return refuse('PSObject.Properties of a dictionary')
    const lookup = ([name]: unknown[]) =>
      target instanceof PSObj
        ? target.props.get(toText(name).toLowerCase())
        : refuse('the properties of a .NET object')
    return new NetObject(
      'System.Management.Automation.PSMemberInfoIntegratingCollection`1[[System.Management.Automation.PSPropertyInfo]]',
      {
        // It has neither of its own: each property says that it is one.
        count: () => many(list().map(() => 1)),
        length: () => many(list().map(() => 1)),
        name: () =>
          target instanceof PSObj
            ? many([...target.props.values()].map(p => p.name))
            : refuse('the properties of a .NET object'),
        value: () =>
          target instanceof PSObj
            ? many([...target.props.values()].map(p => p.value))
            : refuse('the properties of a .NET object'),
      },
      {
        '#items': () => list(),
        '#index': args => {
          const p = lookup(args)
          return p ? memberInfo(target, p, cx, read) : null
        },
        match: ([name]) =>
          target instanceof PSObj && !/[*?[\]]/.test(toText(name))
            ? [...target.props.values()]
                .filter(p => p.name.toLowerCase() === toText(name).toLowerCase())
                .map(p => memberInfo(target, p, cx, read))
            : refuse('Properties.Match'),
        remove: ([name]) => {
          if (target instanceof PSObj) target.props.delete(toText(name).toLowerCase())
          return NOTHING
        },
        add: ([p]) => {
          if (target instanceof PSObj && p instanceof NetObject && p.get.name && p.get.value) {
            const name = toText(p.get.name())
            if (target.props.has(name.toLowerCase())) return refuse('adding a property twice')
            target.set(name, p.get.value())
            return NOTHING
          }
          return refuse('Properties.Add')
        },
      },
    )
  }
  return new NetObject(
    'System.Management.Automation.PSObject',
    {
      properties,
      typenames: () =>
        new PSList(
          'System.Collections.ObjectModel.Collection`1[[System.String]]',
          typeChain(target),
          'System.String',
        ),
      baseobject: () => target,
      immediatebaseobject: () => target,
      members: () => refuse('PSObject.Members'),
      methods: () => refuse('PSObject.Methods'),
    },
    {
      copy: () => (target instanceof PSObj ? target.clone() : refuse('Copy')),
    },
    () => toText(target),
  )
}
const many = (items: unknown[]): unknown =>
  items.length === 0 ? null : items.length === 1 ? items[0] : items
