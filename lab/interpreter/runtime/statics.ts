import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { refuse } from '../refusal'
import { bankers, convert, parseSpan, toEnum, truth } from '../values/convert'
import { dateOf, now, parseDate, toUtc } from '../values/dates'
import { ENUMS } from '../values/enums'
import {
  isNull,
  NetObject,
  NOTHING,
  PSDateTime,
  PSEnum,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSRef,
  PSRegex,
  PSScriptBlock,
  PSTimeSpan,
  PSType,
  PSVersion,
  typedArray,
} from '../values/model'
import {
  fitDecimal,
  INTEGER_RANGES,
  isInteger,
  isNumber,
  makeInteger,
  PSChar,
  PSDecimal,
  PSDouble,
  PSInteger,
  type PSNumber,
  toBig,
  toDouble,
} from '../values/numbers'
import { regex } from '../values/regex'
import { toText } from '../values/text'
import { isException, isOfType, typeOf } from '../values/type-names'
import { argumentAs, casting, numbers } from './arithmetic'
import { compareNumbers, compareTexts, equalTexts } from './comparison'
import { consoleMember, consoleMethod } from './console'
import type { Context } from './context'
import { enumerate } from './enumerate'
import { ExitFlow, invalidOperation, NetFault, netFault } from './errors'
import { fixed, formatText } from './format'
import { encoding, stopwatch } from './net-objects'
import { regexMethod, stringBuilder } from './strings'

const whole = (v: unknown): number => Number(toBig(argumentAs(v, 'System.Int32') as number))
const real = (v: unknown): number => (argumentAs(v, 'System.Double') as PSDouble).value

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
      return new PSDateTime(3155378975999999999n)
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

/** `[type]::Name(...)`. */
export async function callStatic(type: PSType, name: string, args: unknown[], cx: Context): Promise<unknown> {
  const lower = name.toLowerCase()
  const full = type.name
  if (lower === 'new') return construct(full, args, cx)
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
    if (lower === 'exists') return existsSync(resolve(cx.session.location, toText(a)))
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
      return process.env[toText(a)] ?? null
    case 'System.Environment::setenvironmentvariable':
      process.env[toText(a)] = toText(b)
      return NOTHING
    case 'System.Diagnostics.Stopwatch::startnew':
      return stopwatch(true)
    case 'System.TimeSpan::fromseconds':
      return new PSTimeSpan(BigInt(Math.round(real(a) * 1e7)))
    case 'System.TimeSpan::fromminutes':
      return new PSTimeSpan(BigInt(Math.round(real(a) * 6e8)))
    case 'System.TimeSpan::fromhours':
      return new PSTimeSpan(BigInt(Math.round(real(a) * 3.6e10)))
    case 'System.TimeSpan::fromdays':
      return new PSTimeSpan(BigInt(Math.round(real(a) * 8.64e11)))
    case 'System.TimeSpan::frommilliseconds':
      return new PSTimeSpan(BigInt(Math.round(real(a) * 1e4)))
    case 'System.TimeSpan::parse':
      return (
        parseSpan(toText(a)) ??
        netFault('System.FormatException', `String '${toText(a)}' was not recognized as a valid TimeSpan.`)
      )
    case 'System.DateTime::parse':
      return (
        parseDate(toText(a)) ??
        netFault(
          'System.FormatException',
          `The string '${toText(a)}' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.`,
        )
      )
    case 'System.DateTime::isleapyear':
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
      return enumerate(a).findIndex(item => typeOf(item) === typeOf(b) && toText(item) === toText(b))
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

/** What .NET's own Parse accepts: stricter than a cast. */
function parsed(v: unknown, full: string): unknown {
  const text = toText(v).trim()
  const bad = () =>
    netFault(
      'System.FormatException',
      full === 'System.Boolean'
        ? `String '${toText(v)}' was not recognized as a valid Boolean.`
        : full === 'System.Guid'
          ? 'Unrecognized Guid format.'
          : `The input string '${toText(v)}' was not in a correct format.`,
    )
  if (full === 'System.Boolean') return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : bad()
  const shape =
    full === 'System.Guid'
      ? /./
      : INTEGER_RANGES[full]
        ? /^[+-]?\d+$/
        : /^[+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i
  if (!shape.test(text)) return bad()
  try {
    return convert(text, full)
  } catch {
    const short = full.replace(/^.*\./, '')
    return INTEGER_RANGES[full]
      ? netFault(
          'System.OverflowException',
          `Value was either too large or too small for ${/^I/.test(short) ? 'an' : 'a'} ${short}.`,
        )
      : bad()
  }
}

function stringStatic(lower: string, args: unknown[]): unknown {
  const [a, b] = args
  switch (lower) {
    case 'isnullorempty':
      return isNull(a) || toText(a) === ''
    case 'isnullorwhitespace':
      return isNull(a) || toText(a).trim() === ''
    case 'join':
      return (args.length === 2 ? enumerate(b) : args.slice(1)).map(item => toText(item)).join(toText(a))
    case 'format':
      return formatText(toText(a), args.length === 2 && Array.isArray(b) ? b : args.slice(1))
    case 'concat':
      return (args.length === 1 ? enumerate(a) : args).map(item => toText(item)).join('')
    case 'compare':
      return args.length > 3
        ? refuse('[string]::Compare')
        : args.length === 3
          ? typeof args[2] === 'boolean'
            ? Math.sign(compareTexts(toText(a), toText(b), !args[2]))
            : refuse('[string]::Compare with a comparison')
          : Math.sign(compareTexts(toText(a), toText(b), true))
    case 'equals':
      return args.length === 2
        ? toText(a) === toText(b)
        : equalTexts(toText(a), toText(b), !/IgnoreCase/i.test(toText(args[2])))
    case 'compareordinal':
      return toText(a) < toText(b) ? -1 : toText(a) > toText(b) ? 1 : 0
    default:
      return refuse(`[string]::${lower}`)
  }
}

function math(lower: string, args: unknown[]): unknown {
  const [a, b] = args
  const number = (v: unknown): PSNumber =>
    isNumber(v) ? v : (casting(() => convert(v, 'System.Double')) as PSDouble)
  switch (lower) {
    case 'abs': {
      const n = number(a)
      return compareNumbers(n, 0) < 0 ? (n instanceof PSInteger ? n : numbers('-', 0, n)) : n
    }
    case 'max':
    case 'min': {
      if (args.length !== 2) refuse('[math] with this many arguments')
      const x = number(a)
      const y = number(b)
      // The first argument decides which overload it is.
      if (typeof x === 'number' && !(typeof y === 'number'))
        return math(lower, [x, casting(() => convert(y, 'System.Int32'))])
      const wide = [x, y].some(n => n instanceof PSDouble)
        ? (n: PSNumber) => new PSDouble(toDouble(n))
        : [x, y].some(n => n instanceof PSDecimal)
          ? (n: PSNumber) => convert(n, 'System.Decimal')
          : [x, y].some(n => typeof n === 'bigint')
            ? (n: PSNumber) => toBig(n as number)
            : (n: PSNumber) => n
      return wide(compareNumbers(x, y) > 0 === (lower === 'max') ? x : y)
    }
    case 'round': {
      const mode = args.find(v => v instanceof PSEnum || typeof v === 'string')
      if (mode !== undefined)
        return /AwayFromZero/i.test(toText(mode))
          ? awayFromZero(number(a), args[1] === mode ? 0 : whole(b))
          : refuse('a rounding mode')
      const places = b === undefined ? 0 : whole(b)
      const n = number(a)
      if (n instanceof PSDecimal) return refuse('rounding a decimal')
      const x = toDouble(n)
      const power = 10 ** places
      return new PSDouble(places === 0 ? bankers(x) : bankers(x * power) / power)
    }
    case 'floor':
    case 'ceiling':
    case 'truncate': {
      const n = number(a)
      if (n instanceof PSDecimal) return refuse('rounding a decimal')
      return new PSDouble(
        lower === 'floor'
          ? Math.floor(toDouble(n))
          : lower === 'ceiling'
            ? Math.ceil(toDouble(n))
            : Math.trunc(toDouble(n)),
      )
    }
    case 'pow':
      return new PSDouble(real(a) ** real(b))
    case 'sqrt':
      return new PSDouble(Math.sqrt(real(a)))
    case 'log':
      return b === undefined ? new PSDouble(Math.log(real(a))) : refuse('[math]::Log with a base')
    case 'log10':
      return new PSDouble(Math.log10(real(a)))
    case 'exp':
      return new PSDouble(Math.exp(real(a)))
    case 'sign':
      return compareNumbers(number(a), 0)
    default:
      return refuse(`[math]::${lower}`)
  }
}
function awayFromZero(n: PSNumber, places: number): PSDouble {
  const f = fixed(new PSDouble(toDouble(n)), places)
  return new PSDouble(Number(`${f.negative ? '-' : ''}${f.whole}${f.fraction ? `.${f.fraction}` : ''}`))
}

function convertStatic(lower: string, args: unknown[]): unknown {
  const [a, b] = args
  switch (lower) {
    case 'tobase64string':
      return Buffer.from(enumerate(a).map(v => Number(toBig(v as number)))).toString('base64')
    case 'frombase64string': {
      const text = toText(a).replace(/\s/g, '')
      if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
        return netFault(
          'System.FormatException',
          'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.',
        )
      return typedArray(
        'System.Byte',
        [...Buffer.from(text, 'base64')].map(n => new PSInteger('System.Byte', BigInt(n))),
      )
    }
    case 'toint32':
      if (args.length === 1)
        return parsed(
          isNumber(a)
            ? casting(() => convert(a, 'System.Int32'))
            : typeof a === 'boolean'
              ? a
                ? '1'
                : '0'
              : a,
          'System.Int32',
        )
      return [2, 8, 16].includes(whole(b))
        ? BigInt.asIntN(
            32,
            BigInt(`${{ 2: '0b', 8: '0o', 16: '0x' }[whole(b)]}${toText(a).replace(/^0x/i, '')}`),
          ) === undefined
          ? 0
          : Number(
              BigInt.asIntN(
                32,
                BigInt(`${{ 2: '0b', 8: '0o', 16: '0x' }[whole(b)]}${toText(a).replace(/^0x/i, '')}`),
              ),
            )
        : parsed(a, 'System.Int32')
    case 'tostring':
      if (args.length === 2 && [2, 8, 16].includes(whole(b)) && isInteger(a))
        return BigInt.asUintN(typeof a === 'bigint' ? 64 : 32, toBig(a)).toString(whole(b))
      return args.length === 1 ? toText(a) : refuse('[convert]::ToString')
    case 'toboolean':
      return typeof a === 'string' ? parsed(a, 'System.Boolean') : truth(a)
    case 'todouble':
      return parsed(a, 'System.Double')
    case 'toint64':
      return args.length === 1 ? parsed(a, 'System.Int64') : refuse('[convert]::ToInt64')
    case 'tochar':
      return new PSChar(whole(a))
    case 'tohexstring':
      return Buffer.from(enumerate(a).map(v => Number(toBig(v as number))))
        .toString('hex')
        .toUpperCase()
    default:
      return refuse(`[convert]::${lower}`)
  }
}

function pathStatic(lower: string, args: unknown[]): unknown {
  const [a] = args
  const text = toText(a)
  switch (lower) {
    case 'combine':
      return args
        .flatMap(v => (Array.isArray(v) ? v : [v]))
        .map(v => toText(v))
        .reduce((x, y) => (isAbsolute(y) ? y : x === '' ? y : x.endsWith('/') ? x + y : `${x}/${y}`))
    case 'getfilename':
      return basename(text) === '' ? '' : text.endsWith('/') ? '' : basename(text)
    case 'getfilenamewithoutextension':
      return basename(text, extname(text))
    case 'getextension':
      return extname(text)
    case 'getdirectoryname':
      return dirname(text) === '.' ? '' : dirname(text)
    case 'getfullpath':
      return resolve(text)
    case 'gettemppath':
      return `${process.env.TMPDIR ?? '/tmp'}/`.replace(/\/\/$/, '/')
    case 'ispathrooted':
      return isAbsolute(text)
    case 'getrandomfilename':
      return `${randomUUID().slice(0, 8)}.${randomUUID().slice(0, 3)}`
    case 'join':
      return join(...args.map(v => toText(v)))
    default:
      return refuse(`[IO.Path]::${lower}`)
  }
}

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
    const items = isNull(a) || isNumber(a) ? [] : enumerate(a)
    const element = generic[2] ?? 'System.Object'
    return new PSList(
      full,
      items.map(item => casting(() => convert(item, element))),
      element,
    )
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
      return new PSObj(full === 'System.Object' ? ['System.Object'] : undefined)
    case 'System.Text.StringBuilder':
      return stringBuilder(isNumber(a) ? '' : toText(a))
    case 'System.Text.UTF8Encoding':
      return encoding('utf-8')
    case 'System.Diagnostics.Stopwatch':
      return stopwatch(false)
    case 'System.Text.RegularExpressions.Regex':
      if (b !== undefined && !/^(None|IgnoreCase)$/i.test(toText(b)))
        return refuse('regular expression options')
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
      if (a instanceof PSChar && isNumber(b)) return a.toString().repeat(whole(b))
      return Array.isArray(a)
        ? a.map(v => toText(v)).join('')
        : typeof a === 'string' && isNumber(b)
          ? a.repeat(whole(b))
          : refuse('[string]::new')
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

function exceptionFrom(full: string, args: unknown[]): PSException {
  const [a, b, c] = args
  if (args.some(v => v instanceof PSScriptBlock)) refuse('an exception from a script block')
  if (full === 'System.ArgumentException' && typeof b === 'string')
    return new PSException(full, `${toText(a)} (Parameter '${b}')`)
  if (full === 'System.ArgumentNullException' || full === 'System.ArgumentOutOfRangeException') {
    const base =
      full === 'System.ArgumentNullException'
        ? 'Value cannot be null.'
        : 'Specified argument was out of the range of valid values.'
    if (args.length === 1) return new PSException(full, `${base} (Parameter '${toText(a)}')`)
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

export { isOfType }
