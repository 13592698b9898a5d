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
  PSVersion,
  WrittenNumber,
} from '../values/model'
import {
  doubleToDecimal,
  fitDecimal,
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

/** A string as the number it would be as a literal, or else as a number of the other operand's type. */
export function textNumber(text: string, like: unknown = 0): PSNumber {
  const t = text.trim()
  if (t === '') return 0
  const negative = t.startsWith('-')
  const literal = scanNumber(t, negative || t.startsWith('+') ? 1 : 0, negative)
  if (literal && literal.end === t.length) return literal.value
  if (like instanceof PSEnum) return refuse('text with an enumeration value')
  const type = isNumber(like) ? typeOf(like) : 'System.Int32'
  return casting(() => toNumberType(t, type))
}

/** An operand as a number, a text like the other operand; null where it is none. */
export function numeric(v: unknown, like: unknown = 0): PSNumber | null {
  if (isNumber(v)) return v
  if (isNull(v)) return 0
  if (typeof v === 'boolean') return v ? 1 : 0
  if (typeof v === 'string') return textNumber(v, like)
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
  if (typeof left === 'boolean') {
    if (operator === '*') return undefinedFor(left, operator, right)
    left = left ? 1 : 0
  }
  if (left instanceof PSEnum) return refuse('arithmetic with an enumeration value')
  if (left instanceof PSChar && operator === '*') return undefinedFor(left, operator, right)
  const a = numeric(left, right)
  if (a === null)
    return left instanceof PSList || left instanceof PSVersion
      ? refuse(`arithmetic with a ${typeOf(left)}`)
      : noOperator(operator, leftGiven)
  if (right instanceof PSDateTime || right instanceof PSTimeSpan)
    return refuse('a number with a date or time span')
  const b = numeric(right, left)
  if (b === null)
    return a instanceof PSDecimal || isBig(a) || right instanceof PSList || right instanceof PSVersion
      ? refuse(`a number with a ${typeOf(right)}`)
      : noOperator(operator, right)
  return numbers(operator, a, b)
}

export const undefinedFor = (left: unknown, operator: string, right: unknown): never =>
  isNumber(right)
    ? raise({
        message: `The operation '[${typeOf(left)}] ${operator} [${typeOf(right)}]' is not defined.`,
        id: 'NotADefinedOperationForType',
        category: 'InvalidOperation',
      })
    : refuse(`${operator} with a ${typeOf(left)}`)

/** How often to repeat; what is neither number, text, truth value nor nothing is refused. */
function times(count: unknown): number {
  if (!isNumber(count) && typeof count !== 'string' && typeof count !== 'boolean' && !isNull(count))
    return refuse(`${typeOf(count)} times`)
  const given = typeof count === 'string' ? count.trim() : count
  return Number(toBig(casting(() => toNumberType(given, 'System.Int32')) as number))
}

const isBig = (n: unknown): boolean => n instanceof PSInteger && n.type === 'System.Numerics.BigInteger'

function repeat(text: string, count: unknown): string {
  const n = times(count)
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
  const n = times(count)
  if (n < 0) return refuse('an array multiplied by a negative number')
  return Array.from({ length: n }, () => items).flat(1)
}

export function numbers(operator: string, a: PSNumber, b: PSNumber): PSNumber {
  if ((isBig(a) && !isInteger(b)) || (isBig(b) && !isInteger(a)))
    return refuse('a BigInteger with a fraction')
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
  const big = isBig(a) || isBig(b)
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
export function resultType(a: PSNumber, b: PSNumber): string {
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
  if (v instanceof PSTimeSpan) return new PSTimeSpan(-v.ticks)
  const n = numeric(v)
  if (n instanceof PSDouble) return new PSDouble(-n.value)
  if (n === null)
    return v instanceof PSDateTime || v instanceof PSList
      ? refuse(`minus a ${typeOf(v)}`)
      : noOperator('-', v)
  return numbers('-', 0, n)
}
