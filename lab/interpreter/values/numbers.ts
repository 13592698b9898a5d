/**
 * Numbers keep their .NET type. Int32 is a JS number, Int64 a bigint; every other type has a class.
 */

/** System.Double, or System.Single when `single` is set. */
export class PSDouble {
  constructor(
    readonly value: number,
    readonly single = false,
  ) {}
}

/** System.Decimal: `unscaled` / 10^`scale`; trailing zeros are kept, as .NET does. */
export class PSDecimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}

  toString(): string {
    const negative = this.unscaled < 0n
    const digits = (negative ? -this.unscaled : this.unscaled).toString().padStart(this.scale + 1, '0')
    const whole = digits.slice(0, digits.length - this.scale)
    const text = this.scale > 0 ? `${whole}.${digits.slice(digits.length - this.scale)}` : whole
    return negative ? `-${text}` : text
  }
}

export type SmallIntegerType =
  | 'System.Byte'
  | 'System.SByte'
  | 'System.Int16'
  | 'System.UInt16'
  | 'System.UInt32'
  | 'System.UInt64'
  | 'System.Numerics.BigInteger'

/** The integer types that are neither Int32 nor Int64. */
export class PSInteger {
  constructor(
    readonly type: SmallIntegerType,
    readonly value: bigint,
  ) {}
}

/** System.Char: one UTF-16 unit. */
export class PSChar {
  constructor(readonly code: number) {}
  toString(): string {
    return String.fromCharCode(this.code)
  }
}

export type PSNumber = number | bigint | PSDouble | PSDecimal | PSInteger

export const INT32_MIN = -2147483648
export const INT32_MAX = 2147483647
export const INT64_MIN = -(2n ** 63n)
export const INT64_MAX = 2n ** 63n - 1n

/** The limits of the integer types, by .NET name. */
export const INTEGER_RANGES: Record<string, [bigint, bigint]> = {
  'System.Int32': [-(2n ** 31n), 2n ** 31n - 1n],
  'System.Int64': [INT64_MIN, INT64_MAX],
  'System.Byte': [0n, 255n],
  'System.SByte': [-128n, 127n],
  'System.Int16': [-32768n, 32767n],
  'System.UInt16': [0n, 65535n],
  'System.UInt32': [0n, 2n ** 32n - 1n],
  'System.UInt64': [0n, 2n ** 64n - 1n],
}

export const isNumber = (v: unknown): v is PSNumber =>
  typeof v === 'number' ||
  typeof v === 'bigint' ||
  v instanceof PSDouble ||
  v instanceof PSDecimal ||
  v instanceof PSInteger

export const isInteger = (v: unknown): v is number | bigint | PSInteger =>
  typeof v === 'number' || typeof v === 'bigint' || v instanceof PSInteger

/** The value of an integer of any type. */
export function toBig(v: number | bigint | PSInteger): bigint {
  if (typeof v === 'number') return BigInt(v)
  return typeof v === 'bigint' ? v : v.value
}

/** An integer in a given type, or null when it does not fit. */
export function makeInteger(type: string, value: bigint): PSNumber | null {
  const range = INTEGER_RANGES[type]
  if (range && (value < range[0] || value > range[1])) return null
  if (type === 'System.Int32') return Number(value)
  if (type === 'System.Int64') return value
  return new PSInteger(type as SmallIntegerType, value)
}

/** The nearest double. */
export function toDouble(v: PSNumber): number {
  if (typeof v === 'number') return v
  if (typeof v === 'bigint') return Number(v)
  if (v instanceof PSDouble) return v.value
  if (v instanceof PSInteger) return Number(v.value)
  return Number(v.toString())
}

const DECIMAL_LIMIT = 79228162514264337593543950335n

/** A decimal within .NET's 96 bits and 28 places, rounded half to even; null on overflow. */
export function fitDecimal(unscaled: bigint, scale: number): PSDecimal | null {
  let value = unscaled
  let places = scale
  const abs = (n: bigint): bigint => (n < 0n ? -n : n)
  let drop = Math.max(0, places - 28)
  while (drop < places && abs(value) / 10n ** BigInt(drop) > DECIMAL_LIMIT) drop++
  if (drop > 0) {
    const power = 10n ** BigInt(drop)
    const rest = abs(value) % power
    let quotient = abs(value) / power
    const half = power / 2n
    if (rest > half || (rest === half && quotient % 2n === 1n)) quotient += 1n
    value = value < 0n ? -quotient : quotient
    places -= drop
  }
  return abs(value) > DECIMAL_LIMIT ? null : new PSDecimal(value, places)
}

/** Reads plain decimal text such as `-1.50` or `1e3`; null when it is not one. */
export function parseDecimal(text: string): PSDecimal | null {
  const m = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text)
  if (!m || ((m[2] ?? '') === '' && (m[3] ?? '') === '')) return null
  const fraction = m[3] ?? ''
  let unscaled = BigInt(`${m[2] ?? ''}${fraction}` || '0')
  if (m[1] === '-') unscaled = -unscaled
  let scale = fraction.length - Number(m[4] ?? 0)
  if (scale < 0) {
    unscaled *= 10n ** BigInt(Math.min(-scale, 60))
    scale = 0
  }
  return fitDecimal(unscaled, scale)
}

/** A double as a decimal, as .NET converts it: 15 significant digits. */
export function doubleToDecimal(value: number): PSDecimal | null {
  if (!Number.isFinite(value)) return null
  const short = Number(value.toPrecision(15))
  return parseDecimal(short.toString())
}

/** An integer of any size in the smallest of Int32 and Int64, else as a double. */
export function fitInteger(value: bigint): number | bigint | PSDouble {
  if (value >= BigInt(INT32_MIN) && value <= BigInt(INT32_MAX)) return Number(value)
  if (value >= INT64_MIN && value <= INT64_MAX) return value
  return new PSDouble(Number(value))
}
