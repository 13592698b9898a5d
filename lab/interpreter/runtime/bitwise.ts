import { refuse } from '../refusal'
import { isNull } from '../values/model'
import {
  isInteger,
  isNumber,
  makeInteger,
  PSDecimal,
  PSDouble,
  PSInteger,
  type PSNumber,
  toBig,
  toDouble,
} from '../values/numbers'
import { toNumberType } from '../values/to-number'
import { typeOf } from '../values/type-names'
import { casting, numeric, resultType } from './arithmetic'

/** -band, -bor, -bxor, -shl, -shr, -bnot. */
export function bitwise(operator: string, left: unknown, right: unknown): PSNumber {
  const shifting = operator === '-shl' || operator === '-shr'
  const whole = (v: unknown, other: unknown): PSNumber => {
    if (v instanceof PSInteger && v.type.endsWith('BigInteger')) refuse(`${operator} with a BigInteger`)
    if (isNull(v) && shifting && typeof other === 'string') refuse(`${operator} of nothing by text`)
    const simple = isNumber(v) || isNull(v) || typeof v === 'string' || (typeof v === 'boolean' && !shifting)
    const n = simple ? numeric(v, other) : null
    return n ?? refuse(`${operator} with a ${typeOf(v)}`)
  }
  const x0 = whole(left, right)
  const y0 = whole(right, left)
  if (!isInteger(x0) || !isInteger(y0)) {
    if (shifting) return refuse('a shift of a fraction')
    return fractions(operator, x0, y0)
  }
  const a = x0
  const b = y0
  if (operator === '-shl' || operator === '-shr') {
    if (a instanceof PSInteger && !/UInt(32|64)$/.test(a.type)) return refuse(`a shift of a ${typeOf(a)}`)
    const wide = typeof a === 'bigint' || (a instanceof PSInteger && /64/.test(a.type))
    if (toBig(b) > 2147483647n || toBig(b) < -2147483648n) return refuse('a shift by so much')
    const bits = wide ? 64 : 32
    const by = toBig(b) & BigInt(bits - 1)
    const type =
      typeOf(a) === 'System.Int64' || wide
        ? typeOf(a)
        : a instanceof PSInteger && a.type === 'System.UInt32'
          ? 'System.UInt32'
          : 'System.Int32'
    const shifted = operator === '-shl' ? toBig(a) << by : toBig(a) >> by
    const cut = type.includes('.U') ? BigInt.asUintN(bits, shifted) : BigInt.asIntN(bits, shifted)
    return makeInteger(type, cut) ?? refuse('a shift')
  }
  const x = toBig(a)
  const y = toBig(b)
  const value = operator === '-band' ? x & y : operator === '-bor' ? x | y : x ^ y
  return makeInteger(resultType(a, b), value) ?? value
}

/** Numbers with fractions are rounded; the outcome is unsigned, unless one of them is below zero. */
function fractions(operator: string, left: PSNumber, right: PSNumber): PSNumber {
  const whole = (n: PSNumber): bigint =>
    isInteger(n) ? toBig(n) : toBig(casting(() => toNumberType(n, 'System.Int64')) as bigint)
  if ([left, right].some(n => Math.abs(toDouble(n)) > 2 ** 53 || Number.isNaN(toDouble(n))))
    return refuse(`${operator} with a number of this size`)
  if ([left, right].some(n => !isInteger(n) && toDouble(n) < 0))
    return refuse(`${operator} with such a fraction`)
  const x = whole(left)
  const y = whole(right)
  const value = operator === '-band' ? x & y : operator === '-bor' ? x | y : x ^ y
  if (x < 0n || y < 0n) return BigInt.asIntN(64, value)
  return makeInteger('System.UInt64', value) ?? refuse(operator)
}

export function complement(v: unknown): PSNumber {
  const n = isNumber(v) || isNull(v) || typeof v === 'string' || typeof v === 'boolean' ? numeric(v) : null
  if (n === null) return refuse(`-bnot of a ${typeOf(v)}`)
  if ((n instanceof PSDouble || n instanceof PSDecimal) && !(Math.abs(toDouble(n)) < 2 ** 31 - 1))
    refuse('-bnot of such a fraction')
  if (n instanceof PSDouble || n instanceof PSDecimal)
    return (
      makeInteger('System.Int32', ~toBig(casting(() => toNumberType(n, 'System.Int32')) as number)) ??
      refuse('-bnot')
    )
  const type = typeOf(n)
  if (type.includes('.U') || type === 'System.Byte') {
    const bits = type === 'System.UInt64' ? 64 : type === 'System.UInt32' ? 32 : 0
    return bits
      ? new PSInteger(type as 'System.UInt32', BigInt.asUintN(bits, ~toBig(n)))
      : (makeInteger('System.Int32', ~toBig(n)) ?? 0)
  }
  return makeInteger(type === 'System.Int64' ? type : 'System.Int32', ~toBig(n)) ?? refuse('-bnot')
}
