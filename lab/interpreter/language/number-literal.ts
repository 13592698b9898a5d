import { refuse } from '../refusal'
import {
  doubleToDecimal,
  fitDecimal,
  fitInteger,
  INT64_MAX,
  INT64_MIN,
  makeInteger,
  PSDecimal,
  PSDouble,
  type PSNumber,
  parseDecimal,
} from '../values/numbers'

const PATTERN =
  /(?:0x([0-9a-f]+)|0b([01]+)|(\d+(?:\.(?!\.)\d*)?(?:e[+\-\u2013-\u2015]?\d+)?|\.\d+(?:e[+\-\u2013-\u2015]?\d+)?))(uy|us|ul|[uysldn])?([kmgtp]b)?/iy

const MULTIPLIERS: Record<string, bigint> = {
  kb: 1024n,
  mb: 1024n ** 2n,
  gb: 1024n ** 3n,
  tb: 1024n ** 4n,
  pb: 1024n ** 5n,
}

const SUFFIX_TYPES: Record<string, string> = {
  y: 'System.SByte',
  uy: 'System.Byte',
  s: 'System.Int16',
  us: 'System.UInt16',
  l: 'System.Int64',
  ul: 'System.UInt64',
  n: 'System.Numerics.BigInteger',
}

/** A number literal at `offset`, with its end; null when there is none, or when its value does not fit its type. */
export function scanNumber(
  text: string,
  offset: number,
  negative: boolean,
): { value: PSNumber; end: number } | null {
  PATTERN.lastIndex = offset
  const m = PATTERN.exec(text)
  if (!m) return null
  const value = evaluate(m, negative)
  return value === null ? null : { value, end: offset + m[0].length }
}

/** Where the text of a number ends, whether its value fits or not; 0 where there is none. */
export function numberEnd(text: string, offset: number): number {
  PATTERN.lastIndex = offset
  const m = PATTERN.exec(text)
  return m ? offset + m[0].length : 0
}

function evaluate(m: RegExpExecArray, negative: boolean): PSNumber | null {
  const suffix = (m[4] ?? '').toLowerCase()
  const factor = m[5] ? (MULTIPLIERS[m[5].toLowerCase()] ?? 1n) : 1n
  const sign = negative ? -1n : 1n
  const decimalText = m[3]?.replace(/[\u2013-\u2015]/g, '-')
  if (suffix === 'd') {
    const base = decimalText === undefined ? new PSDecimal(wholeOf(m), 0) : parseDecimal(decimalText)
    return base && fitDecimal(base.unscaled * factor * sign, base.scale)
  }
  if (decimalText !== undefined && /[.e]/i.test(decimalText)) {
    const real = Number(decimalText) * Number(factor) * Number(sign)
    if (suffix === '') return new PSDouble(real)
    if (!Number.isFinite(real)) return null
    const rounded = doubleToDecimal(real)
    if (!rounded) return null
    const power = 10n ** BigInt(rounded.scale)
    if (rounded.unscaled % power !== 0n && suffix === 'n') return null
    return integerOf(suffix, roundHalfEven(rounded.unscaled, power))
  }
  const whole = wholeOf(m) * factor * sign
  if (m[1] !== undefined || m[2] !== undefined) {
    if (suffix !== '') return patternOf(m, suffix, factor * sign)
    const patterned = asBitPattern(m)
    if (patterned === null) return null
    const wide = (m[1] ?? '').length === 16 || (m[2] ?? '').length === 64
    return wide && factor === 1n && sign === 1n ? patterned : fitInteger(patterned * factor * sign)
  }
  if (suffix !== '') return integerOf(suffix, whole)
  if (whole >= INT64_MIN && whole <= INT64_MAX) return fitInteger(whole)
  const wide = fitDecimal(whole, 0)
  return wide ?? new PSDouble(Number(whole))
}

/** A hexadecimal or binary literal with a suffix: a signed type of that width takes the bits as they are. */
function patternOf(m: RegExpExecArray, suffix: string, factor: bigint): PSNumber | null {
  const value = wholeOf(m)
  const bits = (m[1] ?? m[2] ?? '').length * (m[1] === undefined ? 1 : 4)
  const width = { y: 8, s: 16, l: 64 }[suffix]
  if (suffix === 'n') return refuse('a BigInteger of hexadecimal or binary digits')
  if (factor !== 1n || (bits !== width && [8, 16, 32, 64].includes(bits) && !suffix.includes('u')))
    return refuse('a hexadecimal or binary literal of this width with a suffix')
  return integerOf(suffix, bits === width ? BigInt.asIntN(width, value) : value)
}

function wholeOf(m: RegExpExecArray): bigint {
  if (m[1] !== undefined) return BigInt(`0x${m[1]}`)
  return m[2] === undefined ? BigInt(m[3] ?? '0') : BigInt(`0b${m[2]}`)
}

/**
 * Hexadecimal and binary literals of full width are bit patterns: 0xFFFFFFFF is -1. Full is 32 and 64 bits, for binary
 * ones 8 and 16 as well; null where the literal is wider than 64 bits.
 */
function asBitPattern(m: RegExpExecArray): bigint | null {
  const digits = m[1] ?? m[2] ?? ''
  const bits = digits.length * (m[1] === undefined ? 1 : 4)
  const value = wholeOf(m)
  const full = m[1] === undefined ? [8, 16, 32, 64] : [32, 64]
  if (full.includes(bits)) return BigInt.asIntN(bits, value)
  return bits < 64 ? value : null
}

function integerOf(suffix: string, value: bigint): PSNumber | null {
  if (suffix === 'u') return makeInteger('System.UInt32', value) ?? makeInteger('System.UInt64', value)
  return makeInteger(SUFFIX_TYPES[suffix] ?? 'System.Int64', value)
}

function roundHalfEven(value: bigint, power: bigint): bigint {
  const negative = value < 0n
  const abs = negative ? -value : value
  let quotient = abs / power
  const twice = (abs % power) * 2n
  if (twice > power || (twice === power && quotient % 2n === 1n)) quotient += 1n
  return negative ? -quotient : quotient
}
