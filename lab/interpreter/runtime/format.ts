import { refuse } from '../refusal'
import { formatDate } from '../values/dates'
import {
  isNull,
  PSDateTime,
  PSEnum,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSTimeSpan,
  PSType,
} from '../values/model'
import {
  isInteger,
  isNumber,
  PSDecimal,
  PSDouble,
  type PSNumber,
  parseDecimal,
  toBig,
  toDouble,
} from '../values/numbers'
import { doubleText, spanText, toText, typeText } from '../values/text'
import { bankers } from '../values/to-number'
import { typeOf } from '../values/type-names'
import { NetFault } from './errors'

const fault = (): never => {
  throw new NetFault('System.FormatException', 'Input string was not in a correct format.')
}

/** Where an item that begins at `open` cannot be read on, and why. */
function itemFault(template: string, open: number): { at: number; why: string } {
  const index = /^\{(?:\d{1,7} *)?/.exec(template.slice(open))?.[0] ?? '{'
  const width = /^, *-?/.exec(template.slice(open + index.length))?.[0] ?? ''
  const at = open + index.length + width.length
  const ends = at >= template.length
  // A digit has to stand behind the brace and behind the comma; what follows them is the end or a colon.
  const wanted = index === '{' || width !== ''
  if (ends || !wanted || /\d/.test(template[at] ?? ''))
    return {
      at: ends || index === '{' ? at : lastOf(template, at, width !== ''),
      why: 'Format item ends prematurely.',
    }
  return { at: index === '{' ? open + 1 : at, why: 'Expected an ASCII digit.' }
}
/** Where the reading of an item stops that has no end, or something else than an end or a colon. */
function lastOf(template: string, from: number, digits: boolean): number {
  const rest = (digits ? /^\d{0,7} */ : /^ */).exec(template.slice(from))?.[0] ?? ''
  const at = from + rest.length
  if (template[at] !== ':') return at
  const brace = template.slice(at).search(/[{}]/)
  return brace < 0 ? template.length : at + brace
}

/** `-f` and [string]::Format. */
export function formatText(template: string, args: unknown[]): string {
  let out = ''
  for (let i = 0; i < template.length; i++) {
    const c = template[i] ?? ''
    if (c === '{' && template[i + 1] === '{') {
      out += '{'
      i++
    } else if (c === '}' && template[i + 1] === '}') {
      out += '}'
      i++
    } else if (c === '}') {
      throw new NetFault(
        'System.FormatException',
        `Input string was not in a correct format. Failure to parse near offset ${i + 1}. ${i + 1 < template.length ? 'Unexpected closing brace without a corresponding opening brace.' : 'Format item ends prematurely.'}`,
      )
    } else if (c === '{') {
      const m = /^\{(\d{1,7}) *(?:, *(-?\d{1,7}) *)?(?::([^{}]*))?\}/.exec(template.slice(i))
      if (!m) {
        const { at, why } = itemFault(template, i)
        throw new NetFault(
          'System.FormatException',
          `Input string was not in a correct format. Failure to parse near offset ${at}. ${why}`,
        )
      }
      const index = Number(m[1])
      if (index >= args.length)
        throw new NetFault(
          'System.FormatException',
          'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
        )
      const text = formatValue(args[index], m[3] ?? '')
      const width = Number(m[2] ?? 0)
      out += width < 0 ? text.padEnd(-width) : text.padStart(width)
      i += m[0].length - 1
    } else out += c
  }
  return out
}

/** A value with a format of its own, in the culture en-US. */
export function formatValue(v: unknown, format: string): string {
  if (isNull(v)) return ''
  if (v instanceof PSDateTime) return formatDate(v, format || 'G')
  if (v instanceof PSDouble && format === '') return doubleText(v.value, v.single).replace('Infinity', '∞')
  if (Array.isArray(v) || v instanceof PSList || v instanceof PSHash) return typeText(typeOf(v))
  if (v instanceof PSType) return typeText(v.name)
  if (format === '') return toText(v)
  if (isNumber(v)) return formatNumber(v, format)
  if (v instanceof PSTimeSpan) return formatSpan(v, format)
  if (v instanceof PSObj) return refuse('a format for an object')
  if (v instanceof PSGuid) {
    const plain = v.text.replace(/-/g, '')
    const forms: Record<string, string> = { d: v.text, n: plain, b: `{${v.text}}`, p: `(${v.text})` }
    return forms[format.toLowerCase()] ?? refuse(`the format ${format}`)
  }
  if (v instanceof PSEnum) {
    if (/^g$/i.test(format)) return v.name
    return /^d$/i.test(format) ? String(v.value) : refuse(`the format ${format}`)
  }
  return toText(v)
}

const SPAN_PLACES: Record<string, number> = { d: 8, h: 2, m: 2, s: 2, f: 7 }

function formatSpan(v: PSTimeSpan, format: string): string {
  if (format === 'c' || format === 't' || format === 'T') return spanText(v.ticks)
  if (format.length === 1) return refuse(`the time span format ${format}`)
  const t = v.ticks < 0n ? -v.ticks : v.ticks
  const part = (divisor: bigint, modulo: bigint) => Number((t / divisor) % modulo)
  return format.replace(/%(?=[a-z])|\\(.)|'([^'\\]*)'|d+|h+|m+|s+|f+|./gs, (token, escaped, quoted) => {
    if (token === '%') return ''
    if (escaped !== undefined) return escaped
    if (quoted !== undefined) return quoted
    if (/^[F'"\\%]/.test(token)) refuse(`the time span format ${format}`)
    if (token.length > (SPAN_PLACES[token[0] ?? ''] ?? 0)) return fault()
    const pad = (n: number) => String(n).padStart(token.length, '0')
    switch (token[0]) {
      case 'd':
        return pad(Number(t / 864000000000n))
      case 'h':
        return pad(part(36000000000n, 24n))
      case 'm':
        return pad(part(600000000n, 60n))
      case 's':
        return pad(part(10000000n, 60n))
      default:
        return String(t % 10000000n)
          .padStart(7, '0')
          .slice(0, token.length)
    }
  })
}

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** Rounds to places: a half goes away from zero, or to the even digit where `even` is set. */
export function fixed(
  v: PSNumber,
  places: number,
  even = v instanceof PSDouble,
): { negative: boolean; whole: string; fraction: string } {
  let text: string
  if (v instanceof PSDouble) {
    if (!Number.isFinite(v.value)) refuse('a format of infinity')
    text = Math.abs(v.value) < 1e21 ? expand(v.value) : BigInt(v.value).toString()
  } else text = v instanceof PSDecimal ? v.toString() : toBig(v as number).toString()
  const negative = text.startsWith('-')
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  let all = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'))
  const half = even && /^50*$/.test(fraction.slice(places))
  if (half ? all % 2n === 1n : (fraction[places] ?? '0') >= '5') all += 1n
  const digits = all.toString().padStart(places + 1, '0')
  const w = digits.slice(0, digits.length - places)
  return {
    negative: negative && (all !== 0n || v instanceof PSDouble),
    whole: w,
    fraction: places ? digits.slice(-places) : '',
  }
}

/** The 15 digits of a double that a format of one's own sees. */
const digitsOf = (v: PSDouble): PSNumber =>
  Number.isFinite(v.value)
    ? (parseDecimal(v.value.toPrecision(v.single ? 7 : 15)) ?? v)
    : refuse('a format of infinity')

/** The exact decimal digits of a double (as .NET rounds from them). */
function expand(value: number): string {
  const text = value.toFixed(60)
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}

export function formatNumber(v: PSNumber, format: string): string {
  const standard = /^([a-z])(\d{0,2})$/i.exec(format)
  if (!standard) return customNumber(v, format)
  const kind = (standard[1] ?? '').toUpperCase()
  const places = standard[2] === '' ? null : Number(standard[2])
  switch (kind) {
    case 'D':
    case 'X':
    case 'B': {
      if (!isInteger(v)) throw new NetFault('System.FormatException', 'Format specifier was invalid.')
      const n = toBig(v)
      if (kind === 'D')
        return `${n < 0n ? '-' : ''}${(n < 0n ? -n : n).toString().padStart(places ?? 1, '0')}`
      const bits = typeof v === 'number' ? 32 : 64
      const text = (n < 0n ? BigInt.asUintN(bits, n) : n)
        .toString(kind === 'X' ? 16 : 2)
        .padStart(places ?? 1, '0')
      return standard[1] === 'X' ? text.toUpperCase() : text
    }
    case 'N':
    case 'F': {
      const f = fixed(v, places ?? (kind === 'N' ? 3 : 3))
      return `${f.negative ? '-' : ''}${kind === 'N' ? grouped(f.whole) : f.whole}${f.fraction ? `.${f.fraction}` : ''}`
    }
    case 'C': {
      const f = fixed(v, places ?? 2)
      const text = `$${grouped(f.whole)}${f.fraction ? `.${f.fraction}` : ''}`
      return f.negative ? `-${text}` : text
    }
    case 'P': {
      const scaled =
        v instanceof PSDouble
          ? new PSDouble(v.value * 100)
          : v instanceof PSDecimal
            ? new PSDecimal(v.unscaled * 100n, v.scale)
            : toBig(v) * 100n
      const f = fixed(scaled, places ?? 3)
      return `${f.negative ? '-' : ''}${grouped(f.whole)}${f.fraction ? `.${f.fraction}` : ''}%`
    }
    case 'E': {
      const [mantissa = '', exponent = '0'] = toDouble(v)
        .toExponential(places ?? 6)
        .split('e')
      return `${mantissa}${standard[1]}${Number(exponent) < 0 ? '-' : '+'}${String(Math.abs(Number(exponent))).padStart(3, '0')}`
    }
    case 'G':
      if (places !== null && places !== 0) return refuse(`the format ${format}`)
      return cased(v instanceof PSDouble ? doubleText(v.value, v.single) : toText(v), standard[1])
    case 'R':
      return v instanceof PSDouble ? cased(doubleText(v.value, v.single), standard[1]) : toText(v)
    default:
      throw new NetFault('System.FormatException', 'Format specifier was invalid.')
  }
}

/** The E of an exponent is as small as the letter of the format. */
const cased = (text: string, letter = 'G'): string =>
  letter === letter.toLowerCase() ? text.toLowerCase() : text

function customNumber(v: PSNumber, format: string): string {
  if (/[\\'"E‰]/.test(format)) return refuse(`the number format ${format}`)
  const sections = format.split(';')
  if (sections.length > 1) {
    const d = toDouble(v)
    // What a section without digits writes is chosen by the whole number.
    const digits = (sections[d < 0 && sections[1] ? 1 : 0] ?? '').replace(/[^0#.,%]/g, '')
    const zero =
      sections[2] &&
      /^[0.,]*$/.test(customNumber(v, /[0#]/.test(digits) ? digits : '0').replace(/[^\d.]/g, ''))
    if (zero && sections[2]) return customNumber(0, sections[2])
    if (d < 0 && sections[1]) return customNumber(negated(v), sections[1])
    if (d === 0 && sections[2]) return customNumber(v, sections[2])
    return customNumber(v, sections[0] ?? '')
  }
  const m = /^([^0#.,%]*)([0#,]*)(?:\.([0#]*))?(%?)([^0#.,%]*)$/.exec(format)
  if (!m) return refuse(`the number format ${format}`)
  const [, before = '', wholePart = '', fractionPart = '', percent = '', after = ''] = m
  if (/,$/.test(wholePart)) return refuse(`the number format ${format}`)
  const scaled = percent ? (v instanceof PSDouble ? new PSDouble(v.value * 100) : numberTimes100(v)) : v
  const rounded = fixed(scaled instanceof PSDouble ? digitsOf(scaled) : scaled, fractionPart.length, false)
  if (toDouble(v) < 0 && /^0*$/.test(rounded.whole + rounded.fraction))
    return refuse('a negative number that is rounded to nothing')
  if (wholePart === '' && fractionPart === '')
    return `${toDouble(v) < 0 ? '-' : ''}${before}${percent}${after}`
  const least = (wholePart.match(/0/g) ?? []).length
  let whole = rounded.whole.replace(/^0+/, '').padStart(least, '0')
  if (wholePart.includes(',')) whole = grouped(whole)
  const keep = fractionPart.lastIndexOf('0') + 1
  let fraction = rounded.fraction
  while (fraction.length > keep && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  return `${rounded.negative ? '-' : ''}${before}${whole}${fraction ? `.${fraction}` : ''}${percent}${after}`
}
const numberTimes100 = (v: PSNumber): PSNumber =>
  v instanceof PSDecimal ? new PSDecimal(v.unscaled * 100n, v.scale) : toBig(v as number) * 100n
const negated = (v: PSNumber): PSNumber =>
  v instanceof PSDouble
    ? new PSDouble(-v.value)
    : v instanceof PSDecimal
      ? new PSDecimal(-v.unscaled, v.scale)
      : -toBig(v as number)

export { bankers }
