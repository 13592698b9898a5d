import { randomUUID } from 'node:crypto'
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import { isNull, NetObject, PSDateTime, typedArray } from '../values/model'
import {
  INTEGER_RANGES,
  isInteger,
  isNumber,
  PSChar,
  PSInteger,
  parseDecimal,
  toBig,
} from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { casting } from './arithmetic'
import { compareTexts, equalTexts } from './comparison'
import { whole } from './construct'
import { enumerate, isSequence } from './enumerate'
import { netFault } from './errors'
import { formatText } from './format'

/** What .NET's own Parse accepts: stricter than a cast. */
export function parsed(v: unknown, full: string): unknown {
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
        : full === 'System.Decimal'
          ? /^[+-]?(\d[\d,]*\.?\d*|\.\d+)$/
          : /^[+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i
  if (/∞|infinity|nan/i.test(text) && /Double|Single/.test(full)) return refuse('a number without end')
  if (!shape.test(text)) return bad()
  // Zeros at the end stay, where a cast goes by way of a double.
  if (full === 'System.Decimal') return parseDecimal(text.replace(/,/g, '')) ?? bad()
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

export function stringStatic(lower: string, args: unknown[]): unknown {
  const [a, b] = args
  switch (lower) {
    case 'isnullorempty':
      return isNull(a) || toText(a) === ''
    case 'isnullorwhitespace':
      return isNull(a) || toText(a).trim() === ''
    case 'join':
      if (args.length === 2 && isNull(b))
        return netFault('System.ArgumentNullException', "Value cannot be null. (Parameter 'values')")
      if (args.some(v => (isSequence(v) ? enumerate(v) : [v]).some(one => one instanceof PSDateTime)))
        return refuse('[string]::Join of dates')
      // Only an array and a generic list are taken apart.
      if (args.slice(1).some(v => isSequence(v) && !Array.isArray(v) && !/\.List`1/.test(typeOf(v))))
        return refuse('[string]::Join of such a collection')
      return (args.length === 2 ? enumerate(b) : args.slice(1)).map(item => toText(item)).join(toText(a))
    case 'format':
      if (a instanceof NetObject) return refuse('[string]::Format with a culture')
      return formatText(toText(a), args.length === 2 && Array.isArray(b) ? b : args.slice(1))
    case 'concat':
      if (args.some(v => v instanceof PSDateTime || (args.length > 1 && isSequence(v))))
        return refuse('[string]::Concat of such values')
      return (args.length === 1 ? enumerate(a) : args).map(item => toText(item)).join('')
    case 'compare':
      return args.length > 3
        ? refuse('[string]::Compare')
        : args.length === 3
          ? typeof args[2] === 'boolean'
            ? Math.sign(compareTexts(toText(a), toText(b), !args[2]))
            : toText(args[2]) === 'Ordinal'
              ? ordinal(toText(a), toText(b))
              : refuse('[string]::Compare with a comparison')
          : Math.sign(compareTexts(toText(a), toText(b), true))
    case 'equals':
      return sameTexts(toText(a), toText(b), args.length === 2 ? 'Ordinal' : toText(args[2]))
    case 'compareordinal':
      return ordinal(toText(a), toText(b))
    default:
      return refuse(`[string]::${lower}`)
  }
}

/** How far apart the first different letters are, or else the lengths. */
function ordinal(a: string, b: string): number {
  // The first letters are looked at before the lengths, and none is the letter zero.
  if (a === '' || b === '') return (a.charCodeAt(0) || 0) - (b.charCodeAt(0) || 0)
  for (let i = 0; i < a.length && i < b.length; i++)
    if (a[i] !== b[i]) return a.charCodeAt(i) - b.charCodeAt(i)
  return a.length - b.length
}

/** Letters whose large form is several, or not what .NET's own table says. */
const ODD_CASE = /[ßŉǰΐΰևıſ\u1e96-\u1e9e\u2126\u212a\u212b\ufb00-\ufb17]/u

/** Whether texts are the same by a comparison's name: a culture's, or letter by letter. */
function sameTexts(a: string, b: string, comparison: string): boolean {
  const ignoresCase = /IgnoreCase$/i.test(comparison)
  if (!/^Ordinal/i.test(comparison)) return equalTexts(a, b, !ignoresCase)
  if (a === b || !ignoresCase) return a === b
  if (ODD_CASE.test(a + b)) return refuse('[string]::Equals of such letters')
  return a.toUpperCase() === b.toUpperCase()
}

export function convertStatic(lower: string, args: unknown[]): unknown {
  const [a, b] = args
  const simple = typeof a === 'string' || isNumber(a) || (typeof a === 'boolean' && lower === 'toint32')
  if (/^to(int|double|char|boolean)/.test(lower) && !simple)
    return refuse(`[convert]::${lower} of a ${typeOf(a)}`)
  if (/^to(int64|double)$/.test(lower) && isNumber(a) && !isInteger(a) && lower === 'toint64')
    return refuse('[convert]::ToInt64 of a fraction')
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

export function pathStatic(lower: string, args: unknown[]): unknown {
  const [a] = args
  const text = toText(a)
  switch (lower) {
    case 'combine':
      if (args.some(v => isNull(v)) || (args.length > 1 && args.some(v => Array.isArray(v))))
        return refuse('[IO.Path]::Combine of such parts')
      return args
        .flatMap(v => (Array.isArray(v) ? v : [v]))
        .map(v => toText(v))
        .reduce((x, y) => (isAbsolute(y) ? y : x === '' ? y : x.endsWith('/') ? x + y : `${x}/${y}`))
    case 'getfilename':
      return basename(text) === '' ? '' : text.endsWith('/') ? '' : basename(text)
    case 'getfilenamewithoutextension':
      return basename(text, extname(text))
    case 'getextension':
      return /(^|\/)(\.[^./]+)$/.exec(text)?.[2] ?? extname(text)
    case 'getdirectoryname':
      if (text === '') return null
      return dirname(text) === '.' ? '' : dirname(text)
    case 'getfullpath':
      if (text === '')
        return netFault('System.ArgumentException', "The value cannot be an empty string. (Parameter 'path')")
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
