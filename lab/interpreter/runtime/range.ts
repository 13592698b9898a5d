import { refuse } from '../refusal'
import { isNull } from '../values/model'
import { isNumber, PSChar, toBig } from '../values/numbers'
import { toText } from '../values/text'
import { toNumberType } from '../values/to-number'
import { typeOf } from '../values/type-names'
import { CastFault, raise } from './errors'

/** `a..b`: numbers, or characters. */
export function range(left: unknown, right: unknown): unknown[] {
  const character = (v: unknown) =>
    v instanceof PSChar || (typeof v === 'string' && v.length === 1 && !/\d/.test(v))
  if (character(left) && character(right)) {
    const from = toText(left).charCodeAt(0)
    const to = toText(right).charCodeAt(0)
    const step = from <= to ? 1 : -1
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => new PSChar(from + i * step))
  }
  const from = bound(left)
  const to = bound(right)
  if (Math.abs(to - from) > 10_000_000) refuse('a range of this size')
  const step = from <= to ? 1 : -1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * step)
}

/** One end of a range: text has to be a whole number. */
function bound(v: unknown): number {
  if (typeof v === 'string' && !/^\s*[+-]?\d+\s*$/.test(v))
    return raise({
      message: `The input string '${v}' was not in a correct format.`,
      id: 'System.FormatException',
      category: 'OperationStopped',
      type: 'System.FormatException',
    })
  if (typeOf(v).endsWith('BigInteger')) return refuse('a range with a BigInteger')
  if (!isNull(v) && !isNumber(v) && typeof v !== 'string' && typeof v !== 'boolean' && !(v instanceof PSChar))
    return refuse(`a range with a ${typeOf(v)}`)
  try {
    return Number(toBig(toNumberType(v, 'System.Int32') as number))
  } catch (fault) {
    if (fault instanceof CastFault) return refuse('the end of a range beyond 32 bits')
    throw fault
  }
}
