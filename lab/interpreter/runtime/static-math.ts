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
import { toText } from '../values/text'
import { bankers } from '../values/to-number'
import { casting, numbers } from './arithmetic'
import { compareNumbers } from './comparison'
import { real, whole } from './construct'
import { fixed } from './format'

export function math(lower: string, args: unknown[]): unknown {
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
      if (isInteger(n)) return places < 0 ? refuse('rounding to such places') : new PSDecimal(toBig(n), 0)
      const x = toDouble(n)
      const power = 10 ** places
      return new PSDouble(places === 0 ? bankers(x) : bankers(x * power) / power)
    }
    case 'floor':
    case 'ceiling':
    case 'truncate': {
      const n = number(a)
      if (n instanceof PSDecimal) return refuse('rounding a decimal')
      if (isInteger(n)) return new PSDecimal(toBig(n), 0)
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
