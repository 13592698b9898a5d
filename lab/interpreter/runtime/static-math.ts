import { refuse } from '../refusal'
import { convert } from '../values/convert'
import { PSEnum } from '../values/model'
import {
  isInteger,
  isNumber,
  PSDecimal,
  PSDouble,
  PSInteger,
  type PSNumber,
  toBig,
  toDouble,
} from '../values/numbers'
import { bankers } from '../values/to-number'
import { typeOf } from '../values/type-names'
import { casting, numbers } from './arithmetic'
import { compareNumbers } from './comparison'
import { real, whole } from './construct'
import { netFault } from './errors'

/** Numbers of which the size is none of their type. */
const SMALLEST: Record<string, bigint> = {
  'System.Int32': -(2n ** 31n),
  'System.Int64': -(2n ** 63n),
  'System.Int16': -(2n ** 15n),
  'System.SByte': -(2n ** 7n),
}

export function math(lower: string, args: unknown[]): unknown {
  const [a, b] = args
  const number = (v: unknown): PSNumber =>
    isNumber(v) ? v : (casting(() => convert(v, 'System.Double')) as PSDouble)
  switch (lower) {
    case 'abs': {
      const n = number(a)
      const type = typeOf(n)
      if (isInteger(n) && SMALLEST[type] === toBig(n))
        return netFault(
          'System.OverflowException',
          'Negating the minimum value of a twos complement number is invalid.',
        )
      // No unsigned number has an overload of its own.
      if (n instanceof PSInteger && !SMALLEST[type]) refuse(`the size of a ${type}`)
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
      const mode = args.find(v => v instanceof PSEnum)
      if (mode instanceof PSEnum) {
        const rest = args.filter(v => v !== mode)
        if (mode.name === 'ToEven') return math(lower, rest)
        const n = number(a)
        if (mode.name !== 'AwayFromZero' || !(n instanceof PSDouble)) return refuse('a rounding mode')
        return awayFromZero(n, rest.length < 2 ? 0 : whole(b))
      }
      const places = b === undefined ? 0 : whole(b)
      const n = number(a)
      if (n instanceof PSDecimal || isInteger(n)) return roundDecimal(n, places)
      if (places < 0 || places > 15)
        return netFault(OUT, "Rounding digits must be between 0 and 15, inclusive. (Parameter 'digits')")
      const x = toDouble(n)
      const power = 10 ** places
      if (Math.abs(x) >= 1e16) return new PSDouble(x)
      return new PSDouble(places === 0 ? bankers(x) : bankers(x * power) / power)
    }
    case 'floor':
    case 'ceiling':
    case 'truncate': {
      const n = number(a)
      if (isInteger(n)) return new PSDecimal(toBig(n), 0)
      if (n instanceof PSDecimal) return wholeDecimal(n, lower)
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
      return new PSDouble(b === undefined ? Math.log(real(a)) : logarithm(real(a), real(b)))
    case 'log2':
      return Number.isInteger(Math.log2(real(a))) ? new PSDouble(Math.log2(real(a))) : refuse('[math]::Log2')
    case 'clamp': {
      if (args.length !== 3 || !args.every(v => typeof v === 'number')) return refuse('[math]::Clamp of such')
      const [x, least, most] = args as number[]
      if ((least ?? 0) > (most ?? 0))
        return netFault('System.ArgumentException', `'${least}' cannot be greater than ${most}.`)
      return Math.min(Math.max(x ?? 0, least ?? 0), most ?? 0)
    }
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

const OUT = 'System.ArgumentOutOfRangeException'

/** A logarithm to a base, the plain way: of one, nothing or less the real one knows more. */
function logarithm(x: number, base: number): number {
  if (!(x > 0 && base > 0 && base !== 1)) return refuse('[math]::Log of such numbers')
  return Math.log(x) / Math.log(base)
}

/** A decimal with as many places at most, half to even; fewer stay fewer. */
function roundDecimal(n: PSNumber, places: number): PSDecimal {
  if (places < 0 || places > 28)
    return netFault(
      OUT,
      "Decimal can only round to between 0 and 28 digits of precision. (Parameter 'decimals')",
    )
  if (!(n instanceof PSDecimal)) return isInteger(n) ? new PSDecimal(toBig(n), 0) : refuse('such a number')
  if (n.scale <= places) return n
  const power = 10n ** BigInt(n.scale - places)
  const negative = n.unscaled < 0n
  const size = negative ? -n.unscaled : n.unscaled
  const twice = (size % power) * 2n
  const up = twice > power || (twice === power && (size / power) % 2n === 1n)
  const made = size / power + (up ? 1n : 0n)
  return new PSDecimal(negative ? -made : made, places)
}

function wholeDecimal(n: PSDecimal, lower: string): PSDecimal {
  const power = 10n ** BigInt(n.scale)
  const cut = n.unscaled / power
  const rest = n.unscaled % power
  const step = lower === 'floor' && rest < 0n ? -1n : lower === 'ceiling' && rest > 0n ? 1n : 0n
  return new PSDecimal(cut + step, 0)
}

function awayFromZero(n: PSDouble, places: number): PSDouble {
  if (places < 0 || places > 15) return refuse('rounding to such places')
  if (Math.abs(n.value) >= 1e16) return n
  const power = 10 ** places
  const shifted = n.value * power
  const whole = Math.trunc(shifted)
  return new PSDouble((Math.abs(shifted - whole) >= 0.5 ? whole + Math.sign(shifted) : whole) / power)
}
