import { refuse } from '../refusal'
import { convert, toEnum } from '../values/convert'
import { dateOf } from '../values/dates'
import { ENUMS } from '../values/enums'
import { messageFrom } from '../values/exception-text'
import {
  distinct,
  elementType,
  isNull,
  NetObject,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSHash,
  PSList,
  PSObj,
  PSRegex,
  PSScriptBlock,
  PSTimeSpan,
  PSVersion,
  typedArray,
} from '../values/model'
import { isInteger, isNumber, type PSDouble, toBig } from '../values/numbers'
import { regex } from '../values/regex'
import { toText } from '../values/text'
import { isException } from '../values/type-names'
import { argumentAs, casting } from './arithmetic'
import type { Context } from './context'
import { networkCredential, psCredential } from './credentials'
import { enumerate } from './enumerate'
import { netFault, raise } from './errors'
import { encoding, stopwatch } from './net-objects'
import { stringBuilder } from './strings'

export const whole = (v: unknown): number => Number(toBig(argumentAs(v, 'System.Int32') as number))

export const real = (v: unknown): number => (argumentAs(v, 'System.Double') as PSDouble).value

/** A plain array is no sequence of other items than objects. */
const noOverload = (): never =>
  raise({
    message: 'Cannot find an overload for "new" and the argument count: "1".',
    id: 'MethodCountCouldNotFindBest',
    category: 'NotSpecified',
    type: 'System.Management.Automation.MethodException',
  })

/** `[type]::new(...)` and New-Object. */
export function construct(full: string, args: unknown[], cx: Context): unknown {
  void cx
  const [a, b] = args
  const generic = /^System\.Collections\.Generic\.(\w+)`\d\[\[(.+)\]\]$/.exec(full)
  if (generic?.[1] === 'Dictionary') {
    const made = new PSHash(full, !(a instanceof NetObject && a.type.includes('IgnoreCase')))
    if (a instanceof PSHash) return refuse('a dictionary from a dictionary')
    return made
  }
  if (generic && ['List', 'HashSet', 'Queue', 'Stack'].includes(generic[1] ?? '')) {
    if (a instanceof NetObject || b !== undefined) return refuse('a collection with a comparer')
    if (isNumber(a) && toBig(a as number) < 0n) return refuse('a negative capacity')
    const given = Array.isArray(a) ? elementType(a) : a instanceof PSList ? a.element : 'System.Object'
    if (Array.isArray(a) && given === 'System.Object' && generic[2] !== given) noOverload()
    if (given !== 'System.Object' && given !== (generic[2] ?? '')) return refuse('items of another type')
    const items = isNull(a) || isNumber(a) ? [] : enumerate(a)
    const element = generic[2] ?? 'System.Object'
    const converted = items.map(item => casting(() => convert(item, element)))
    return new PSList(full, generic[1] === 'HashSet' ? distinct(converted) : converted, element)
  }
  if (full.startsWith('System.Collections.ObjectModel.Collection`1')) return new PSList(full)
  if (full.endsWith('[]'))
    return typedArray(
      full.slice(0, -2),
      Array.from({ length: whole(a) }, () =>
        casting(() => (full === 'System.String[]' ? null : convert(null, full.slice(0, -2)))),
      ),
    )
  switch (full) {
    case 'System.Collections.ArrayList':
    case 'System.Collections.Queue':
    case 'System.Collections.Stack':
      return new PSList(full, isNull(a) || isNumber(a) ? [] : [...enumerate(a)])
    case 'System.Collections.Hashtable':
    case 'System.Collections.Specialized.OrderedDictionary':
      if (a instanceof NetObject || a instanceof PSHash) return refuse('a hashtable with arguments')
      return new PSHash(full, full === 'System.Collections.Hashtable' || full.includes('Ordered'))
    case 'System.Management.Automation.PSCustomObject':
    case 'System.Management.Automation.PSObject':
    case 'System.Object':
      if (args.length > 0) return refuse(`[${full}]::new with arguments`)
      return new PSObj(full === 'System.Object' ? ['System.Object'] : undefined)
    case 'System.Text.StringBuilder':
      if (isNumber(a) && (args.length > 1 || toBig(a as number) < 0n)) return refuse('such a StringBuilder')
      return stringBuilder(isNumber(a) ? '' : toText(a))
    case 'System.Text.UTF8Encoding':
      return encoding('utf-8', 'System.Text.UTF8Encoding')
    case 'System.Diagnostics.Stopwatch':
      return stopwatch(false)
    case 'System.Text.RegularExpressions.Regex':
      if (b !== undefined && !/^(None|IgnoreCase)$/i.test(toText(b)))
        return refuse('regular expression options')
      if (args.length > 2 && /\)[*+?{]|\\[1-9k]/.test(toText(a))) refuse('a match timeout of such a pattern')
      regex(toText(a), b !== undefined && /ignorecase/i.test(toText(b)))
      return new PSRegex(toText(a), b !== undefined && /ignorecase/i.test(toText(b)))
    case 'System.Version':
      if (args.length === 1) {
        try {
          return convert(a, full)
        } catch (fault) {
          return netFault(
            'System.ArgumentException',
            /Error: "(.*)"$/s.exec((fault as Error).message)?.[1] ?? (fault as Error).message,
          )
        }
      }
      return new PSVersion(args.map(whole))
    case 'System.Guid':
      return convert(a, full)
    case 'System.Net.NetworkCredential':
      return networkCredential(args)
    case 'System.Management.Automation.PSCredential':
      return psCredential(args)
    case 'System.DateTime':
      if (args.length === 1 && isInteger(a)) return new PSDateTime(toBig(a))
      if (args.length > 6) {
        if (args.slice(6).some(v => !isNumber(v) && !(v instanceof PSEnum))) refuse('a date from such parts')
        const base = construct(full, args.slice(0, 6), cx) as PSDateTime
        const ms = isNumber(args[6]) ? BigInt(whole(args[6])) : 0n
        const kind = args.find(v => v instanceof PSEnum)
        return new PSDateTime(
          base.ticks + ms * 10000n,
          kind instanceof PSEnum ? (kind.name as PSDateTime['kind']) : 'Unspecified',
        )
      }
      return (
        dateOf(
          whole(a),
          whole(args[1]),
          whole(args[2]),
          args[3] === undefined ? 0 : whole(args[3]),
          args[4] === undefined ? 0 : whole(args[4]),
          args[5] === undefined ? 0 : whole(args[5]),
          0n,
          args[6] === undefined ? 'Unspecified' : (toText(args[6]) as 'Utc'),
        ) ??
        netFault(
          'System.ArgumentOutOfRangeException',
          'Year, Month, and Day parameters describe an un-representable DateTime.',
        )
      )
    case 'System.TimeSpan': {
      const n = args.map(v => BigInt(whole(v)))
      if (args.length === 1 && isInteger(a)) return new PSTimeSpan(toBig(a))
      if (args.length === 3)
        return new PSTimeSpan(
          (n[0] ?? 0n) * 36000000000n + (n[1] ?? 0n) * 600000000n + (n[2] ?? 0n) * 10000000n,
        )
      return new PSTimeSpan(
        (n[0] ?? 0n) * 864000000000n +
          (n[1] ?? 0n) * 36000000000n +
          (n[2] ?? 0n) * 600000000n +
          (n[3] ?? 0n) * 10000000n +
          (n[4] ?? 0n) * 10000n,
      )
    }
    case 'System.String':
      return textFrom(args)
    case 'System.Management.Automation.ErrorRecord': {
      const [exception, id, category, target] = args
      if (!(exception instanceof PSException) || typeof id !== 'string' || args.length !== 4)
        return refuse('an ErrorRecord from such arguments')
      const known = ENUMS['System.Management.Automation.ErrorCategory'] ?? {}
      const named = toEnum(category, 'System.Management.Automation.ErrorCategory', known)
      return new PSErrorRecord(exception, id, named.name, isNull(target) ? null : target)
    }
    case 'System.Uri':
    case 'System.Random':
      return refuse(`[${full}]::new`)
    case 'System.Management.Automation.PSNoteProperty': {
      return new NetObject(full, { name: () => toText(a), value: () => b })
    }
    default:
      break
  }
  if (isException(full)) return exceptionFrom(full, args)
  return refuse(`[${full}]::new`)
}

/** A string made of characters, of a part of them, or of one that is repeated. */
function textFrom(args: unknown[]): string {
  const [a, b, c] = args
  const characters = Array.isArray(a) ? a.map(v => toText(v)).join('') : toText(a)
  if (args.length === 1 && Array.isArray(a)) return characters
  if (args.length === 2 && !Array.isArray(a) && characters.length === 1 && isNumber(b) && whole(b) >= 0)
    return characters.repeat(whole(b))
  if (args.length === 3 && (Array.isArray(a) || typeof a === 'string') && isInteger(b) && isInteger(c)) {
    const [from, length] = [whole(b), whole(c)]
    if (from >= 0 && length >= 0 && from + length <= characters.length)
      return characters.slice(from, from + length)
  }
  return refuse('a string from such arguments')
}

function exceptionFrom(full: string, args: unknown[]): PSException {
  const [a, b, c] = args
  if (args.some(v => v instanceof PSScriptBlock)) refuse('an exception from a script block')
  if (/\.PSArgument(Null|OutOfRange)|(ObjectDisposed|RegexParse)Exception$/.test(full)) refuse(`a ${full}`)
  if (full === 'System.ArgumentException' && typeof b === 'string')
    return new PSException(full, `${toText(a)} (Parameter '${b}')`)
  if (full === 'System.ArgumentNullException' || full === 'System.ArgumentOutOfRangeException') {
    if (args.length === 1) return new PSException(full, messageFrom(full, toText(a)))
    if (typeof b === 'string') return new PSException(full, `${b} (Parameter '${toText(a)}')`)
  }
  if (args.length === 0) {
    const defaults: Record<string, string> = {
      'System.InvalidOperationException': 'Operation is not valid due to the current state of the object.',
      'System.ArgumentException': 'Value does not fall within the expected range.',
      'System.FormatException': 'One of the identified items was in an invalid format.',
      'System.TimeoutException': 'The operation has timed out.',
      'System.NotSupportedException': 'Specified method is not supported.',
      'System.UnauthorizedAccessException': 'Attempted to perform an unauthorized operation.',
      'System.NotImplementedException': 'The method or operation is not implemented.',
      'System.IO.IOException': 'I/O error occurred.',
      'System.DivideByZeroException': 'Attempted to divide by zero.',
    }
    return new PSException(
      full,
      defaults[full] ??
        (full === 'System.Exception'
          ? "Exception of type 'System.Exception' was thrown."
          : refuse(`a bare ${full}`)),
    )
  }
  if (c !== undefined) refuse(`an exception with ${args.length} arguments`)
  if (b !== undefined && !(b instanceof PSException) && !isNull(b)) refuse('this exception')
  return new PSException(full, toText(a), b instanceof PSException ? b : null)
}
