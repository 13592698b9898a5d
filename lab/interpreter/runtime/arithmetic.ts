import { scanNumber } from '../language/number-literal'
import { refuse } from '../refusal'
import { convert } from '../values/convert'
import {
  isNull,
  PSDateTime,
  PSEnum,
  PSException,
  PSHash,
  PSList,
  PSSwitch,
  PSTimeSpan,
  WrittenNumber,
} from '../values/model'
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
  toBig,
  toDouble,
} from '../values/numbers'
import { toText } from '../values/text'
import { itemsOf, toNumberType } from '../values/to-number'
import { typeOf } from '../values/type-names'
import { CastFault, NetFault, raise } from './errors'

const ORDER = [
  'System.SByte',
  'System.Byte',
  'System.Int16',
  'System.UInt16',
  'System.Int32',
  'System.UInt32',
  'System.Int64',
  'System.UInt64',
]

const divideByZero = (): never =>
  raise({
    message: 'Attempted to divide by zero.',
    id: 'RuntimeException',
    category: 'NotSpecified',
    inner: new PSException('System.DivideByZeroException', 'Attempted to divide by zero.'),
  })

const METHOD: Record<string, string> = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
}

export const noOperator = (operator: string, left: unknown): never =>
  raise({
    message: `Method invocation failed because [${typeOf(left).replace(/PSCustomObject$/, 'PSObject')}] does not contain a method named '${METHOD[operator]}'.`,
    id: 'MethodNotFound',
    category: 'InvalidOperation',
    target: METHOD[operator] ?? operator,
  })

export const castError = (fault: CastFault): never =>
  raise({
    message: fault.text,
    id: fault.id,
    category: 'InvalidArgument',
    inner: new PSException('System.Management.Automation.PSInvalidCastException', fault.text),
  })

/** Runs a conversion and turns a failed one into the error that a cast gives. */
export function casting<T>(work: () => T): T {
  try {
    return work()
  } catch (fault) {
    if (fault instanceof CastFault) return castError(fault)
    throw fault
  }
}

/** A method's argument as the type it takes; the error text of one that does not fit names what is not known here. */
export function argumentAs(v: unknown, type: string): unknown {
  if (v === undefined) return refuse('a method with fewer arguments')
  try {
    return convert(v, type)
  } catch (fault) {
    if (fault instanceof CastFault) return refuse('a method argument of the wrong type')
    throw fault
  }
}

/** A string as the number it would be as a literal. */
export function textNumber(text: string): PSNumber {
  const t = text.trim()
  if (t === '') return 0
  const negative = t.startsWith('-')
  const literal = scanNumber(t, negative || t.startsWith('+') ? 1 : 0, negative)
  if (literal && literal.end === t.length) return literal.value
  return casting(() => toNumberType(text, 'System.Int32'))
}

/** An operand as a number; null where it is none. */
function numeric(v: unknown): PSNumber | null {
  if (isNumber(v)) return v
  if (isNull(v)) return 0
  if (typeof v === 'boolean') return v ? 1 : 0
  if (typeof v === 'string') return textNumber(v)
  if (v instanceof PSChar) return v.code
  if (v instanceof PSEnum) return v.value
  if (v instanceof PSSwitch) return null
  return null
}

export function arithmetic(operator: string, leftGiven: unknown, rightGiven: unknown): unknown {
  let left = leftGiven instanceof WrittenNumber ? leftGiven.value : leftGiven
  const right = rightGiven instanceof WrittenNumber ? rightGiven.value : rightGiven
  if (operator === '+') {
    if (isNull(left)) return isNull(right) ? null : right
    if (typeof left === 'string') return left + toText(right)
    if (left instanceof PSChar) return left.toString() + toText(right)
    if (Array.isArray(left))
      return [
        ...left,
        ...(right instanceof PSHash || isNull(right) ? [isNull(right) ? null : right] : itemsOf(right)),
      ]
    if (left instanceof PSList) return [...left.items, ...itemsOf(isNull(right) ? null : right)]
    if (left instanceof PSHash) {
      if (!(right instanceof PSHash))
        return raise({
          message: 'A hash table can only be added to another hash table.',
          id: 'AddHashTableToNonHashTable',
          category: 'InvalidOperation',
          target: right,
        })
      const sum = left.clone()
      for (const [key, value] of right.entries.values()) {
        if (sum.has(key))
          throw new NetFault(
            'System.ArgumentException',
            `Item has already been added. Key in dictionary: '${toText(key)}'  Key being added: '${toText(key)}'`,
          )
        sum.set(key, value)
      }
      return sum
    }
  }
  if (operator === '*') {
    if (typeof left === 'string') return repeat(left, right)
    if (Array.isArray(left)) return repeatItems(left, right)
    if (isNull(left)) return null
  }
  if (left instanceof PSDateTime) {
    if (right instanceof PSTimeSpan)
      return new PSDateTime(operator === '-' ? left.ticks - right.ticks : left.ticks + right.ticks, left.kind)
    if (right instanceof PSDateTime && operator === '-') return new PSTimeSpan(left.ticks - right.ticks)
    return refuse('arithmetic with a date')
  }
  if (left instanceof PSTimeSpan) {
    if (right instanceof PSTimeSpan && (operator === '+' || operator === '-'))
      return new PSTimeSpan(operator === '-' ? left.ticks - right.ticks : left.ticks + right.ticks)
    return refuse('arithmetic with a time span')
  }
  if (isNull(left) && operator !== '+') left = 0
  if (typeof left === 'boolean') left = left ? 1 : 0
  const a = numeric(left)
  if (a === null) return noOperator(operator, leftGiven)
  if (right instanceof PSDateTime || right instanceof PSTimeSpan)
    return refuse('a number with a date or time span')
  const b = typeof right === 'string' ? textNumber(right) : numeric(right)
  if (b === null) return noOperator(operator, right)
  return numbers(operator, a, b)
}

function repeat(text: string, count: unknown): string {
  const n = Number(toBig(casting(() => toNumberType(count, 'System.Int32')) as number))
  if (n < 0)
    return raise({
      message: `times ('${n}') must be a non-negative value. (Parameter 'times')\nActual value was ${n}.`,
      id: 'System.ArgumentOutOfRangeException',
      category: 'OperationStopped',
      type: 'System.ArgumentOutOfRangeException',
    })
  if (text.length * n > 100_000_000) return refuse('a string of this length')
  return text.repeat(n)
}
function repeatItems(items: unknown[], count: unknown): unknown[] {
  const n = Number(toBig(casting(() => toNumberType(count, 'System.Int32')) as number))
  if (n < 0) return refuse('an array multiplied by a negative number')
  return Array.from({ length: n }, () => items).flat(1)
}

export function numbers(operator: string, a: PSNumber, b: PSNumber): PSNumber {
  if (a instanceof PSDecimal || b instanceof PSDecimal) return decimals(operator, a, b)
  if (a instanceof PSDouble || b instanceof PSDouble) {
    const single =
      (a instanceof PSDouble && a.single && (!(b instanceof PSDouble) || b.single)) ||
      (b instanceof PSDouble && b.single && !(a instanceof PSDouble))
    const x = toDouble(a)
    const y = toDouble(b)
    const value =
      operator === '+'
        ? x + y
        : operator === '-'
          ? x - y
          : operator === '*'
            ? x * y
            : operator === '/'
              ? x / y
              : x % y
    return single ? new PSDouble(value) : new PSDouble(value)
  }
  const x = toBig(a)
  const y = toBig(b)
  const big = [a, b].some(n => n instanceof PSInteger && n.type === 'System.Numerics.BigInteger')
  const wide = (value: bigint): PSNumber => {
    if (big) return new PSInteger('System.Numerics.BigInteger', value)
    const type = resultType(a, b)
    if (type === 'System.Int64' && operator === '*' && makeInteger(type, value) === null)
      return refuse('a product beyond 64 bits')
    return makeInteger(type, value) ?? new PSDouble(Number(value))
  }
  if (operator === '+') return wide(x + y)
  if (operator === '-') return wide(x - y)
  if (operator === '*') return wide(x * y)
  if (y === 0n) return divideByZero()
  if (operator === '%') return wide(x % y)
  if (x % y === 0n) return wide(x / y)
  return big ? wide(x / y) : new PSDouble(Number(x) / Number(y))
}

/** Int32 unless one of the two is wider. */
function resultType(a: PSNumber, b: PSNumber): string {
  const rank = Math.max(ORDER.indexOf(typeOf(a)), ORDER.indexOf(typeOf(b)))
  if (rank <= 4) return 'System.Int32'
  const types = [typeOf(a), typeOf(b)]
  if (types.includes('System.UInt64') && [a, b].some(n => toBig(n as number) < 0n))
    return refuse('such a sum')
  if (types.includes('System.UInt64')) return 'System.UInt64'
  if (types.includes('System.Int64')) return 'System.Int64'
  // UInt32 with a signed type widens.
  const other = types.find(t => t !== 'System.UInt32')
  const negative = [a, b].some(n => typeOf(n) === other && toBig(n as number) < 0n)
  return negative ? 'System.Int64' : 'System.UInt32'
}

const asDecimal = (n: PSNumber): PSDecimal =>
  n instanceof PSDecimal
    ? n
    : isInteger(n)
      ? (fitDecimal(toBig(n), 0) ?? refuse('a decimal of this size'))
      : (doubleToDecimal(toDouble(n)) ?? refuse('a decimal of this size'))

function decimals(operator: string, left: PSNumber, right: PSNumber): PSDecimal {
  const a = asDecimal(left)
  const b = asDecimal(right)
  const scale = Math.max(a.scale, b.scale)
  const x = a.unscaled * 10n ** BigInt(scale - a.scale)
  const y = b.unscaled * 10n ** BigInt(scale - b.scale)
  const made = (n: bigint, s: number) =>
    fitDecimal(n, s) ??
    raise({
      message: 'Value was either too large or too small for a Decimal.',
      id: 'RuntimeException',
      category: 'NotSpecified',
      inner: new PSException(
        'System.OverflowException',
        'Value was either too large or too small for a Decimal.',
      ),
    })
  if (operator === '+') return made(x + y, scale)
  if (operator === '-') return made(x - y, scale)
  if (operator === '*') return made(a.unscaled * b.unscaled, a.scale + b.scale)
  if (y === 0n) return divideByZero()
  if (operator === '%') return made(x % y, scale)
  let quotient = (x * 10n ** 28n * 10n) / y
  const roundUp = (quotient % 10n < 0n ? -(quotient % 10n) : quotient % 10n) >= 5n
  quotient = quotient / 10n + (roundUp ? (quotient < 0n ? -1n : 1n) : 0n)
  let places = 28
  while (places > 0 && quotient % 10n === 0n) {
    quotient /= 10n
    places--
  }
  return made(quotient, places)
}

export function negate(v: unknown): unknown {
  if (v instanceof PSDouble) return new PSDouble(-v.value, v.single)
  const n = numeric(v)
  if (n instanceof PSDouble) return new PSDouble(-n.value)
  if (n === null) return noOperator('-', v)
  return numbers('-', 0, n)
}

/** -band, -bor, -bxor, -shl, -shr, -bnot. */
export function bitwise(operator: string, left: unknown, right: unknown): PSNumber {
  const whole = (v: unknown): PSNumber => {
    const n = v instanceof PSEnum ? v.value : numeric(v)
    if (n === null) return noOperatorBit(operator, v)
    if (n instanceof PSDouble || n instanceof PSDecimal) {
      const small = casting(() => toNumberType(n, 'System.Int64'))
      return toBig(small as bigint) >= -2147483648n && toBig(small as bigint) <= 2147483647n
        ? Number(small)
        : small
    }
    return n
  }
  const a = whole(left) as number | bigint | PSInteger
  const b = whole(right) as number | bigint | PSInteger
  if (operator === '-shl' || operator === '-shr') {
    const wide = typeof a === 'bigint' || (a instanceof PSInteger && /64/.test(a.type))
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
const noOperatorBit = (operator: string, v: unknown): never =>
  raise({
    message: `Method invocation failed because [${typeOf(v)}] does not contain a method named 'op_${{ '-band': 'BitwiseAnd', '-bor': 'BitwiseOr', '-bxor': 'ExclusiveOr' }[operator] ?? 'OnesComplement'}'.`,
    id: 'MethodNotFound',
    category: 'InvalidOperation',
  })

export function complement(v: unknown): PSNumber {
  const n = numeric(v)
  if (n === null) return noOperatorBit('-bnot', v)
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

export function range(left: unknown, right: unknown): unknown[] {
  const character = (v: unknown) =>
    v instanceof PSChar || (typeof v === 'string' && v.length === 1 && !/\d/.test(v))
  if (character(left) && character(right)) {
    const from = toText(left).charCodeAt(0)
    const to = toText(right).charCodeAt(0)
    const step = from <= to ? 1 : -1
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => new PSChar(from + i * step))
  }
  const from = Number(toBig(casting(() => convert(left, 'System.Int32')) as number))
  const to = Number(toBig(casting(() => convert(right, 'System.Int32')) as number))
  if (Math.abs(to - from) > 10_000_000) refuse('a range of this size')
  const step = from <= to ? 1 : -1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * step)
}

export { INTEGER_RANGES }
