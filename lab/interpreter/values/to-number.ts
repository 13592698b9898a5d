import { scanNumber } from '../language/number-literal'
import { refuse } from '../refusal'
import { CastFault } from '../runtime/errors'
import { isNull, PSDateTime, PSEnum, PSHash, PSList, PSObj, PSSwitch, PSType, WrittenNumber } from './model'
import {
  doubleToDecimal,
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
  parseDecimal,
  toBig,
  toDouble,
} from './numbers'
import { toText } from './text'
import { typeOf } from './type-names'

export const NUMBER_TYPES = new Set([
  ...Object.keys(INTEGER_RANGES),
  'System.Double',
  'System.Single',
  'System.Decimal',
  'System.Numerics.BigInteger',
])

export const isNumberType = (full: string): boolean => NUMBER_TYPES.has(full)

export const cannot = (v: unknown, full: string, id: string, why: string): never => {
  throw new CastFault(id, `Cannot convert value "${toText(v)}" to type "${full}". Error: "${why}"`)
}

/** Targets that take their value from the text of a number. */
const FROM_TEXT = /^System\.(Guid|Text\.RegularExpressions\.Regex|DateTime|TimeSpan)$/
/** Targets with a constructor, about which an object's fault speaks in other words. */
const BUILT =
  /^System\.(Guid|Version|DateTime|TimeSpan|Decimal|Collections\.|Management\.Automation\.SwitchParameter|Text\.)/

/** What a value of a type that converts itself (numbers apart) says when it cannot. */
function noCast(v: unknown, full: string): never {
  const plain = /^System\.(DateTime|Boolean|Byte|SByte|U?Int\d+|Single|Double|Decimal|Char)$/.test(full)
  const name = (type: string) => (plain ? shortNumber(type) : type)
  return cannot(
    v,
    full,
    'InvalidCastIConvertible',
    `Invalid cast from '${name(typeOf(v))}' to '${name(full)}'.`,
  )
}

/** Says that a value has no conversion to a type; where the real words are not known, refuses. */
export const mismatch = (v: unknown, full: string): never => {
  if (/PSCredential$|SecureString$|Collections\.I(?!Dictionary)[A-Z]|BigInteger$/.test(full))
    refuse(`a conversion to ${full}`)
  if (v instanceof PSList || v instanceof PSDateTime) refuse(`a conversion of a ${typeOf(v)} to ${full}`)
  if (v instanceof PSHash && /Collections/.test(full)) refuse(`a conversion of a table to ${full}`)
  if (typeof v === 'boolean' || v instanceof PSDateTime) {
    if (full.endsWith(']') || /DayOfWeek|IDictionary|PSReference|ArrayList/.test(full))
      refuse(`a conversion to ${full}`)
    return noCast(v, full)
  }
  if (v instanceof PSChar || v instanceof PSEnum || v instanceof PSSwitch)
    refuse(`a conversion of a ${typeOf(v)} to ${full}`)
  if (v instanceof PSList) refuse(`a conversion of a list to ${full}`)
  if (isNumber(v) && FROM_TEXT.test(full)) refuse(`a conversion of a number to ${full}`)
  if (v instanceof PSHash && full === 'System.Decimal') refuse(`a conversion of a table to ${full}`)
  if (v instanceof PSObj && BUILT.test(full)) refuse(`a conversion of an object to ${full}`)
  const type = full.replace(/\[\[/g, '[').replace(/\]\]/g, ']')
  throw new CastFault(
    'ConvertToFinalInvalidCastException',
    `Cannot convert the "${itemsOf(v) === v ? typeOf(v) : v instanceof PSType ? v.name : toText(v)}" value of type "${typeOf(v)}" to type "${type}".`,
  )
}

export const shortNumber = (full: string) => full.replace(/^.*\./, '')

export function toNumberType(v: unknown, full: string): PSNumber {
  if (isNull(v)) return numberFrom(0, full)
  if (typeof v === 'string') return stringToNumber(v, full)
  if (typeof v === 'boolean') return numberFrom(v ? 1 : 0, full)
  if (v instanceof PSSwitch) return full.includes('Int') ? mismatch(v, full) : refuse(`a switch as ${full}`)
  if (v instanceof WrittenNumber) return toNumberType(v.value, full)
  if (v instanceof PSEnum) return numberFrom(v.value, full)
  if (v instanceof PSChar) {
    return numberFrom(v.code, full)
  }
  if (isNumber(v)) return numberFrom(v, full, v)
  return mismatch(v, full)
}

function numberFrom(v: PSNumber, full: string, original: unknown = v): PSNumber {
  if (full === 'System.Double') return v instanceof PSDouble && !v.single ? v : new PSDouble(toDouble(v))
  if (full === 'System.Single') return new PSDouble(Math.fround(toDouble(v)), true)
  if (full === 'System.Decimal') {
    const made =
      v instanceof PSDecimal ? v : isInteger(v) ? fitDecimal(toBig(v), 0) : doubleToDecimal(toDouble(v))
    return (
      made ??
      cannot(
        original,
        full,
        'InvalidCastIConvertible',
        'Value was either too large or too small for a Decimal.',
      )
    )
  }
  let whole: bigint
  if (full === 'System.Numerics.BigInteger' && !isInteger(v)) refuse('a BigInteger from a fraction')
  if (isInteger(v)) whole = toBig(v)
  else if (v instanceof PSDecimal) whole = roundEven(v)
  else {
    const d = toDouble(v)
    const far = Math.abs(d) >= 2 ** 31 && !/Int32|Int64|BigInteger/.test(full)
    if (!Number.isFinite(d) || Math.abs(d) >= 2 ** 63 || far) return tooFar(original, full)
    whole = BigInt(bankers(d))
  }
  if (full === 'System.Numerics.BigInteger') return new PSInteger(full, whole)
  return makeInteger(full, whole) ?? overflow(original, full)
}

/** A double far out of range is first read as a number of 32 bits, or fails as it is. */
const tooFar = (v: unknown, full: string): never => {
  if (typeof v === 'string') return overflow(v, full)
  if (full === 'System.Int64')
    return cannot(v, full, 'InvalidCastIConvertible', 'Arithmetic operation resulted in an overflow.')
  if (/^System\.(S?Byte|U?Int16)$/.test(full))
    return cannot(v, full, 'InvalidCastIConvertible', 'Value was either too large or too small for an Int32.')
  return full === 'System.Int32' ? overflow(v, full) : refuse(`a number of this size as ${full}`)
}

const overflow = (v: unknown, full: string): never => {
  // Text that is no plain whole number and does not fit is text in a wrong format.
  if (typeof v === 'string')
    return cannot(
      v,
      full,
      'InvalidCastFromStringToInteger',
      `The input string '${v}' was not in a correct format.`,
    )
  const short = shortNumber(full)
  const what =
    short === 'Byte' || short === 'SByte'
      ? short === 'Byte'
        ? 'an unsigned byte'
        : 'a signed byte'
      : `${/^U/.test(short) ? 'a' : /^I/.test(short) ? 'an' : 'a'} ${short}`
  return cannot(v, full, 'InvalidCastIConvertible', `Value was either too large or too small for ${what}.`)
}

/** Half to even. */
export function bankers(d: number): number {
  const floor = Math.floor(d)
  const rest = d - floor
  if (rest < 0.5) return floor
  if (rest > 0.5) return floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

function roundEven(v: PSDecimal): bigint {
  const power = 10n ** BigInt(v.scale)
  const negative = v.unscaled < 0n
  const abs = negative ? -v.unscaled : v.unscaled
  let q = abs / power
  const twice = (abs % power) * 2n
  if (twice > power || (twice === power && q % 2n === 1n)) q += 1n
  return negative ? -q : q
}

function stringToNumber(text: string, full: string): PSNumber {
  const t = text.trim()
  if (t === '') return numberFrom(0, full)
  if (/^[\u2013-\u2015]/.test(t)) refuse('a number behind a typographic dash')
  const bad = (): never => {
    if (full.endsWith('BigInteger')) refuse('text that is no number as a BigInteger')
    return cannot(
      text,
      full,
      `InvalidCastFromString${/^System\.(U?Int|S?Byte)/.test(full) ? 'ToInteger' : full === 'System.Decimal' ? 'ToDecimal' : 'ToDoubleOrSingle'}`,
      // Whole numbers are looked for between the blanks.
      `The input string '${/^System\.(U?Int|S?Byte)/.test(full) ? t : text}' was not in a correct format.`,
    )
  }
  if (/^[+-]?\d+$/.test(t)) {
    const whole = BigInt(t.replace(/^\+/, ''))
    if (full === 'System.Double' || full === 'System.Single') return numberFrom(new PSDouble(Number(t)), full)
    if (full === 'System.Decimal')
      return (
        fitDecimal(whole, 0) ??
        cannot(
          text,
          full,
          'InvalidCastFromStringToDecimal',
          'Value was either too large or too small for a Decimal.',
        )
      )
    if (full === 'System.Numerics.BigInteger') return new PSInteger(full, asRead(whole))
    const fit = makeInteger(full, whole)
    if (fit !== null) return fit
    return cannot(
      text,
      full,
      full.startsWith('System.Int') || full.startsWith('System.UInt') || full.includes('Byte')
        ? 'InvalidCastFromStringToInteger'
        : 'InvalidCastFromStringToInteger',
      overflowText(full),
    )
  }
  if ((full === 'System.Double' || full === 'System.Single') && /^[+-]?(Infinity|NaN)$/i.test(t)) {
    return new PSDouble(
      t.toLowerCase().includes('nan') ? Number.NaN : t.startsWith('-') ? -Infinity : Infinity,
      full === 'System.Single',
    )
  }
  if (/^[+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(t)) {
    const plain = t.replace(/,/g, '')
    // The real conversion goes by way of a double: 15 digits, and no zeros at the end.
    if (full === 'System.Decimal') {
      if (/^[+-]?\d{29}/.test(plain)) refuse('a decimal of this size')
      return doubleToDecimal(Number(plain)) ?? bad()
    }
    const d = new PSDouble(Number(plain))
    if (full === 'System.Double' || full === 'System.Single') return numberFrom(d, full)
    if (isNumberType(full)) {
      const decimal = parseDecimal(plain)
      const value = decimal ? numberFrom(decimal, full, text) : numberFrom(d, full, text)
      return value
    }
  }
  const hex = /^(#|&h)([0-9a-f]{1,7})$/i.exec(t)
  if (hex && /^System\.(U?Int|S?Byte)/.test(full))
    return numberFrom(Number.parseInt(hex[2] ?? '0', 16), full, text)
  if (/^0x[89a-f][0-9a-f]{7}([0-9a-f]{8})?$/i.test(t) && /^System\.UInt/.test(full))
    refuse(`the text ${t} as a ${full}`)
  if (/^[+-]?(#|&h)[0-9a-f]+$/i.test(t)) refuse(`the text ${t} as a number`)
  const negative = t.startsWith('-')
  const literal = scanNumber(t, negative || t.startsWith('+') ? 1 : 0, negative)
  if (literal && literal.end === t.length && /^[+-]?(0x|0b|\d)/i.test(t))
    return numberFrom(literal.value, full, text)
  return bad()
}

const DECIMAL_LIMIT = 2n ** 96n

/** The digits of a text are read as the number they would be in a script: beyond a decimal's range a double. */
function asRead(whole: bigint): bigint {
  if (whole > -DECIMAL_LIMIT && whole < DECIMAL_LIMIT) return whole
  const read = Number(whole)
  return Number.isFinite(read) ? BigInt(read) : refuse('a BigInteger of this size from text')
}

const overflowText = (full: string): string => {
  const short = shortNumber(full)
  if (short === 'Byte') return 'Value was either too large or too small for an unsigned byte.'
  if (short === 'SByte') return 'Value was either too large or too small for a signed byte.'
  return `Value was either too large or too small for ${/^I/.test(short) ? 'an' : 'a'} ${short}.`
}

/** A value as the items of a sequence, as a cast to an array sees it. */
export function itemsOf(v: unknown): unknown[] {
  if (Array.isArray(v)) return v
  if (v instanceof PSList) return v.items
  return [v]
}
