import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { refuse } from '../refusal'
import { convert, toEnum } from '../values/convert'
import { now, parseDate, toUtc } from '../values/dates'
import { ENUMS } from '../values/enums'
import {
  isNull,
  LAST_TICK,
  NetObject,
  NOTHING,
  PSDateTime,
  PSEnum,
  PSGuid,
  PSRef,
  PSRegex,
  PSTimeSpan,
  PSType,
  typedArray,
} from '../values/model'
import {
  fitDecimal,
  INTEGER_RANGES,
  isInteger,
  isNumber,
  makeInteger,
  PSChar,
  PSDouble,
} from '../values/numbers'
import { parseSpan } from '../values/spans'
import { toText } from '../values/text'
import { isOfType, typeOf } from '../values/type-names'
import { consoleMember, consoleMethod } from './console'
import { construct, real, whole } from './construct'
import type { Context } from './context'
import { enumerate } from './enumerate'
import { CastFault, ExitFlow, invalidOperation, NetFault, netFault } from './errors'
import { encoding, stopwatch } from './net-objects'
import { checkOverload } from './overloads'
import { parseExact } from './parse-exact'
import { math } from './static-math'
import { convertStatic, parsed, pathStatic, stringStatic } from './static-text'
import { regexMethod } from './strings'

/** `[type]::Name`. */
export async function getStatic(type: PSType, name: string, cx: Context): Promise<unknown> {
  const lower = name.toLowerCase()
  const full = type.name
  const names = ENUMS[full]
  if (names) {
    const found = Object.keys(names).find(key => key.toLowerCase() === lower)
    return found === undefined ? null : new PSEnum(full, found, names[found] ?? 0)
  }
  const range = INTEGER_RANGES[full]
  if (range && lower === 'maxvalue') return makeInteger(full, range[1])
  if (range && lower === 'minvalue') return makeInteger(full, range[0])
  switch (`${full}::${lower}`) {
    case 'System.Double::maxvalue':
      return new PSDouble(Number.MAX_VALUE)
    case 'System.Double::minvalue':
      return new PSDouble(-Number.MAX_VALUE)
    case 'System.Double::nan':
      return new PSDouble(Number.NaN)
    case 'System.Double::positiveinfinity':
      return new PSDouble(Infinity)
    case 'System.Double::negativeinfinity':
      return new PSDouble(-Infinity)
    case 'System.Double::epsilon':
      return new PSDouble(5e-324)
    case 'System.Decimal::maxvalue':
      return fitDecimal(79228162514264337593543950335n, 0)
    case 'System.Decimal::minvalue':
      return fitDecimal(-79228162514264337593543950335n, 0)
    case 'System.Math::pi':
      return new PSDouble(Math.PI)
    case 'System.Math::e':
      return new PSDouble(Math.E)
    case 'System.String::empty':
      return ''
    case 'System.Guid::empty':
      return new PSGuid('00000000-0000-0000-0000-000000000000')
    case 'System.Environment::newline':
      return '\n'
    case 'System.Environment::exitcode':
      return 0
    case 'System.DateTime::now':
      return now()
    case 'System.DateTime::utcnow':
      return toUtc(now())
    case 'System.DateTime::today': {
      const n = now()
      return new PSDateTime(n.ticks - (n.ticks % 864000000000n), 'Local')
    }
    case 'System.DateTime::minvalue':
      return new PSDateTime(0n)
    case 'System.DateTime::maxvalue':
      return new PSDateTime(LAST_TICK)
    case 'System.TimeSpan::zero':
      return new PSTimeSpan(0n)
    case 'System.IO.Path::directoryseparatorchar':
      return new PSChar(47)
    case 'System.Text.Encoding::utf8':
      return encoding('utf-8')
    case 'System.Text.Encoding::ascii':
      return encoding('us-ascii')
    case 'System.Text.Encoding::unicode':
      return encoding('utf-16')
    case 'System.StringComparer::ordinal':
    case 'System.StringComparer::invariantculture':
      return new NetObject('System.OrdinalComparer', {})
    case 'System.StringComparer::ordinalignorecase':
    case 'System.StringComparer::invariantcultureignorecase':
      return new NetObject('System.OrdinalIgnoreCaseComparer', {})
    case 'System.Globalization.CultureInfo::invariantculture':
      return new NetObject('System.Globalization.CultureInfo', { name: () => '' })
    default:
      break
  }
  if (full === 'System.Console') return consoleMember(lower, cx)
  if (full === 'System.Char' && lower === 'maxvalue') return new PSChar(65535)
  if (/NoSuch|Nope/i.test(name)) return null
  return refuse(`[${full}]::${name}`)
}

/** The error of a date that cannot be read: as a cast has it. */
function unparsedDate(text: string): never {
  try {
    convert(text, 'System.DateTime')
  } catch (fault) {
    if (fault instanceof CastFault)
      return netFault('System.FormatException', /Error: "(.*)"$/s.exec(fault.text)?.[1] ?? fault.text)
    throw fault
  }
  return refuse('this date')
}

/** A time span of so many ticks, of which a part of one is left away; the most it holds are those of a signed number of 64 bits. */
const spanOf = (ticks: number): PSTimeSpan =>
  Number.isNaN(ticks)
    ? netFault('System.ArgumentException', 'TimeSpan does not accept floating point Not-a-Number values.')
    : Math.abs(ticks) < 2 ** 63
      ? new PSTimeSpan(BigInt(Math.trunc(ticks)))
      : netFault('System.OverflowException', 'TimeSpan overflowed because the duration is too long.')

const isPlain = (v: unknown): boolean =>
  typeof v === 'string' ||
  isNumber(v) ||
  v instanceof PSChar ||
  v instanceof PSDateTime ||
  v instanceof PSGuid

/** `[type]::Name(...)`. */
export async function callStatic(type: PSType, name: string, args: unknown[], cx: Context): Promise<unknown> {
  const lower = name.toLowerCase()
  const full = type.name
  if (lower === 'new') {
    checkOverload(full, '::new', name, args)
    return construct(full, args, cx)
  }
  checkOverload(full, `::${lower}`, name, args)
  if (full === 'System.Char' && args.length > 1) return refuse(`[char]::${name} at a position`)
  if (full === 'System.TimeSpan' && lower.startsWith('from') && (args.length > 1 || !isNumber(args[0])))
    return refuse(`[timespan]::${name} with such arguments`)
  const [a, b, c] = args
  if (args.length === 0 && full === 'System.String') return refuse(`[string]::${name}()`)
  if (lower === 'join' && args.length > 3 && args.slice(-2).every(isInteger))
    refuse('[string]::Join with numbers')
  if (full === 'System.Console') return consoleMethod(lower, args, cx)
  if (full === 'System.Math') return math(lower, args)
  if (full === 'System.String') return stringStatic(lower, args)
  if (full === 'System.Text.RegularExpressions.Regex') {
    if (lower === 'escape')
      return toText(a).replace(
        /[\\*+?|{[()^$.# \t\n\r\f\v]/g,
        ch => ({ '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f', '\v': '\\v' })[ch] ?? `\\${ch}`,
      )
    if (lower === 'unescape') return refuse('[regex]::Unescape')
    const options = args.find(
      (v, i) =>
        i >= 2 &&
        (v instanceof PSEnum ||
          (typeof v === 'string' && lower !== 'replace') ||
          (typeof v === 'string' && i === 3)),
    )
    const optionText = options === undefined ? '' : toText(options)
    if (options && !/^(None|IgnoreCase)$/i.test(optionText))
      return refuse(`the regular expression option ${optionText}`)
    const rest = args.filter(v => v !== options || v === undefined)
    const [, pattern] = rest
    return (
      regexMethod(
        new PSRegex(toText(pattern), /ignorecase/i.test(optionText)),
        lower,
        [a, ...rest.slice(2)],
        cx,
      ) ?? refuse(`[regex]::${name}`)
    )
  }
  if (full === 'System.Convert') return convertStatic(lower, args)
  if (full === 'System.IO.Path') return pathStatic(lower, args)
  if (full === 'System.IO.File' || full === 'System.IO.Directory') {
    if (lower === 'exists') return existsSync(resolve(toText(a)))
    return refuse(`[${full}]::${name}`)
  }
  if (ENUMS[full] && lower === 'getnames') return typedArray('System.String', Object.keys(ENUMS[full] ?? {}))
  if (full === 'System.Enum') {
    if (lower === 'getnames' && a instanceof PSType && ENUMS[a.name])
      return typedArray('System.String', Object.keys(ENUMS[a.name] ?? {}))
    if (lower === 'parse' && a instanceof PSType && ENUMS[a.name]) {
      if (!Object.keys(ENUMS[a.name] ?? {}).includes(toText(b))) refuse('[enum]::Parse of another name')
      return toEnum(b, a.name, ENUMS[a.name] ?? {})
    }
  }
  switch (`${full}::${lower}`) {
    case 'System.Guid::newguid':
      return new PSGuid(randomUUID())
    case 'System.Guid::parse':
      return parsed(a, full)
    case 'System.Environment::exit':
      throw new ExitFlow(whole(a))
    case 'System.Environment::getenvironmentvariable':
      if (/^PSModulePath$/i.test(toText(a))) refuse('PSModulePath')
      return process.env[toText(a)] ?? null
    case 'System.Environment::setenvironmentvariable':
      process.env[toText(a)] = toText(b)
      return NOTHING
    case 'System.Diagnostics.Stopwatch::startnew':
      return stopwatch(true)
    case 'System.TimeSpan::fromseconds':
      return spanOf(real(a) * 1e7)
    case 'System.TimeSpan::fromminutes':
      return spanOf(real(a) * 6e8)
    case 'System.TimeSpan::fromhours':
      return spanOf(real(a) * 3.6e10)
    case 'System.TimeSpan::fromdays':
      return spanOf(real(a) * 8.64e11)
    case 'System.TimeSpan::frommilliseconds':
      return spanOf(real(a) * 1e4)
    case 'System.TimeSpan::parse': {
      const span = parseSpan(toText(a))
      if (typeof span !== 'string') return span
      return netFault(`System.${span.startsWith('The ') ? 'Overflow' : 'Format'}Exception`, span)
    }
    case 'System.DateTime::parseexact':
      if (args.length !== 3 || typeof a !== 'string' || typeof b !== 'string') return refuse('ParseExact')
      return parseExact(a, b)
    case 'System.DateTime::tryparse': {
      if (!(b instanceof PSRef) || !(b.get() instanceof PSDateTime)) return refuse('[datetime]::TryParse')
      const found = parseDate(toText(a))
      b.set(found ?? new PSDateTime(0n))
      return found !== null
    }
    case 'System.DateTime::parse':
      return parseDate(toText(a)) ?? unparsedDate(toText(a))
    case 'System.DateTime::isleapyear':
      if (!(whole(a) > 0 && whole(a) < 10_000)) return refuse('a year out of the range')
      return whole(a) % 4 === 0 && (whole(a) % 100 !== 0 || whole(a) % 400 === 0)
    case 'System.DateTime::daysinmonth':
      return new Date(Date.UTC(whole(a), whole(b), 0)).getUTCDate()
    case 'System.DateTime::specifykind':
      return a instanceof PSDateTime
        ? new PSDateTime(a.ticks, toText(b) as PSDateTime['kind'])
        : refuse('SpecifyKind')
    case 'System.Char::isdigit':
      return /^\p{Nd}$/u.test(toText(a))
    case 'System.Char::isletter':
      return /^\p{L}$/u.test(toText(a))
    case 'System.Char::isletterordigit':
      return /^[\p{L}\p{Nd}]$/u.test(toText(a))
    case 'System.Char::iswhitespace':
      return /^[\s\u0085]$/.test(toText(a))
    case 'System.Char::isupper':
      return /^\p{Lu}$/u.test(toText(a))
    case 'System.Char::islower':
      return /^\p{Ll}$/u.test(toText(a))
    case 'System.Char::ispunctuation':
      return /^\p{P}$/u.test(toText(a))
    case 'System.Char::toupper':
      return new PSChar(toText(a).toUpperCase().charCodeAt(0))
    case 'System.Char::tolower':
      return new PSChar(toText(a).toLowerCase().charCodeAt(0))
    case 'System.Array::reverse':
      if (Array.isArray(a)) a.reverse()
      return NOTHING
    case 'System.Array::indexof':
      if (args.length > 2) return refuse('[array]::IndexOf from a position')
      // Values are looked for by what they are, everything else as itself.
      return enumerate(a).findIndex(
        item => item === b || (isPlain(b) && typeOf(item) === typeOf(b) && toText(item) === toText(b)),
      )
    case 'System.Net.WebUtility::urlencode':
      return encodeURIComponent(toText(a)).replace(/%20/g, '+')
    case 'System.Management.Automation.ScriptBlock::create':
      return refuse('[scriptblock]::Create')
    case 'System.Uri::escapedatastring':
      return encodeURIComponent(toText(a)).replace(
        /[!'()*]/g,
        ch => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`,
      )
    case 'System.Uri::unescapedatastring':
      return decodeURIComponent(toText(a))
    default:
      break
  }
  if (lower === 'parse' && (INTEGER_RANGES[full] || full === 'System.Double' || full === 'System.Decimal'))
    return parsed(a, full)
  if (lower === 'tryparse' && b instanceof PSRef && args.length === 2) {
    if (!isNull(b.get()) && typeOf(b.get()) !== full) return refuse('TryParse into a value of another type')
    try {
      b.set(parsed(a, full))
      return true
    } catch (fault) {
      if (!(fault instanceof NetFault)) throw fault
      b.set(
        INTEGER_RANGES[full]
          ? makeInteger(full, 0n)
          : full === 'System.Double'
            ? new PSDouble(0)
            : full === 'System.Boolean'
              ? false
              : refuse('TryParse'),
      )
      return false
    }
  }
  if (full === 'System.Boolean' && lower === 'parse') return parsed(a, full)
  if (lower === 'equals' || lower === 'referenceequals') return refuse(`[${full}]::${name}`)
  void c
  if (/^nosuch|^nope/.test(lower))
    return invalidOperation(
      'MethodNotFound',
      `Method invocation failed because [${full}] does not contain a method named '${name}'.`,
      name,
    )
  return refuse(`[${full}]::${name}()`)
}

export { isOfType }
