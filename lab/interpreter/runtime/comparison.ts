import { scanNumber } from '../language/number-literal'
import { refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import {
  isNull,
  NetObject,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSScriptBlock,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
  WrittenNumber,
} from '../values/model'
import {
  isInteger,
  isNumber,
  PSChar,
  PSDecimal,
  PSDouble,
  type PSNumber,
  toBig,
  toDouble,
} from '../values/numbers'
import { toText } from '../values/text'
import { toNumberType } from '../values/to-number'
import { typeOf } from '../values/type-names'
import { CastFault, raise } from './errors'

const folder = new Intl.Collator('en-US', {
  sensitivity: 'accent',
  caseFirst: 'false',
  ignorePunctuation: false,
})
const exact = new Intl.Collator('en-US', { sensitivity: 'variant', ignorePunctuation: false })

/** Orders texts as the culture does; `a` before `B`, and `a` before `A` when case counts. */
export function compareTexts(a: string, b: string, caseSensitive: boolean): number {
  if (a !== b) onlyPlain(a, b)
  return (caseSensitive ? exact : folder).compare(a, b)
}

export function equalTexts(a: string, b: string, caseSensitive: boolean): boolean {
  if (a === b || (!caseSensitive && a.toLowerCase() === b.toLowerCase())) return true
  if (peculiar(a, b) && !differInLetters(a, b)) onlyPlain(a, b)
  return false
}

/** Characters that a culture passes over, or takes for others. */
const PECULIAR = /[^\P{Cc}\t\n\v\f\r\u0085]|\p{Cf}|\p{M}|[\ufb00-\ufb06]/u
const peculiar = (a: string, b: string): boolean => PECULIAR.test(a) || PECULIAR.test(b)
const PASSED_OVER = /[^\P{Cc}\t\n\v\f\r\u0085]|\p{Cf}|\p{M}/gu

/**
 * Whether texts differ in what no culture passes over: a letter against nothing at all, or ASCII once accents and characters
 * without width are gone.
 */
function differInLetters(a: string, b: string): boolean {
  if (a === '' || b === '') return /[\p{L}\p{N}]/u.test(a + b)
  const [left, right] = [a, b].map(text => text.normalize('NFD').replace(PASSED_OVER, '').toLowerCase())
  return left !== right && /^[\0-\x7f]*$/.test(`${left}${right}`)
}

/** Texts that differ in such a character may be equal all the same. */
export function onlyPlain(a: string, b: string): void {
  if (peculiar(a, b)) refuse('comparing text with such characters')
}

export function compareNumbers(a: PSNumber, b: PSNumber): number {
  if (a instanceof PSDouble || b instanceof PSDouble) {
    const x = toDouble(a)
    const y = toDouble(b)
    return x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN
  }
  if (isInteger(a) && isInteger(b)) {
    const x = toBig(a)
    const y = toBig(b)
    return x < y ? -1 : x > y ? 1 : 0
  }
  const scaled = (n: PSNumber): [bigint, number] =>
    n instanceof PSDecimal ? [n.unscaled, n.scale] : [toBig(n as number), 0]
  const [x, s] = scaled(a)
  const [y, t] = scaled(b)
  const scale = Math.max(s, t)
  const p = x * 10n ** BigInt(scale - s)
  const q = y * 10n ** BigInt(scale - t)
  return p < q ? -1 : p > q ? 1 : 0
}

/** -eq of two single values: the left side's type decides. */
export function equal(leftGiven: unknown, rightGiven: unknown, caseSensitive = false): boolean {
  const left = leftGiven instanceof WrittenNumber ? leftGiven.value : leftGiven
  const right = rightGiven instanceof WrittenNumber ? rightGiven.value : rightGiven
  if (isNull(left) || isNull(right)) return isNull(left) && isNull(right)
  if (typeof left === 'string') return equalTexts(left, toText(right), caseSensitive)
  if (typeof left === 'boolean') return left === truth(right)
  if (left instanceof PSSwitch) return right instanceof PSSwitch ? left.on === right.on : left.on === right
  if (left instanceof PSChar) {
    if (typeof right === 'string' && right.length !== 1) return false
    return right instanceof PSChar || typeof right === 'string'
      ? equalTexts(left.toString(), toText(right), caseSensitive)
      : isNumber(right)
        ? compareNumbers(left.code, right) === 0
        : false
  }
  try {
    if (isNumber(left)) return compareNumbers(left, asNumber(right, left)) === 0
    if (left instanceof PSDateTime)
      return left.ticks === (convert(right, 'System.DateTime') as PSDateTime).ticks
    if (left instanceof PSTimeSpan)
      return left.ticks === (convert(right, 'System.TimeSpan') as PSTimeSpan).ticks
    if (left instanceof PSGuid) return left.text === (convert(right, 'System.Guid') as PSGuid).text
    if (left instanceof PSEnum) return left.value === (convert(right, left.type) as PSEnum).value
    if (left instanceof PSVersion) return compareVersions(left, convert(right, left.type) as PSVersion) === 0
    if (left instanceof PSType && left.name.endsWith('.PSCustomObject'))
      refuse('the type [pscustomobject] compared')
    if (left instanceof PSType)
      return right instanceof PSType
        ? left.name === right.name
        : isNull(right) || typeof right === 'string' || isNumber(right)
          ? false
          : refuse('a type compared with something else')
  } catch (fault) {
    if (fault instanceof CastFault) return false
    throw fault
  }
  if (left === right) return true
  if (
    typeof right === 'string' &&
    (left instanceof PSScriptBlock ||
      left instanceof PSObj ||
      left instanceof NetObject ||
      left instanceof PSException ||
      left instanceof PSErrorRecord)
  )
    return false
  return false
}

function asNumber(v: unknown, like: PSNumber): PSNumber {
  if (isNumber(v)) return v
  if (v instanceof PSChar) return v.code
  if (typeof v === 'string') {
    const real =
      like instanceof PSDecimal || like instanceof PSDouble || typeOf(like) === 'System.Numerics.BigInteger'
    if (real) return toNumberType(v.trim(), typeOf(like))
    // A text is read as the number that it would be as a literal, or else as one of the left side's kind.
    const negative = /^\s*-/.test(v)
    const t = v.trim().replace(/^[+-]/, '')
    const literal = t === '' ? null : scanNumber(t, 0, negative)
    return literal && literal.end === t.length ? literal.value : toNumberType(v.trim(), typeOf(like))
  }
  return toNumberType(v, typeOf(like))
}

export const compareVersions = (a: PSVersion, b: PSVersion): number => {
  for (let i = 0; i < 4; i++) {
    const difference = (a.parts[i] ?? -1) - (b.parts[i] ?? -1)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

/** -gt and its kin: below zero, zero, above zero; NaN where both orders are false. */
export function compare(leftGiven: unknown, rightGiven: unknown, caseSensitive = false): number {
  const left = leftGiven instanceof WrittenNumber ? leftGiven.value : leftGiven
  const right = rightGiven instanceof WrittenNumber ? rightGiven.value : rightGiven
  if (isNull(left)) {
    if (isNull(right)) return 0
    if (isNumber(right)) return compareNumbers(right, 0) < 0 ? 1 : -1
    return -1
  }
  if (isNull(right)) {
    if (isNumber(left)) return compareNumbers(left, 0) < 0 ? -1 : 1
    return 1
  }
  if (typeof left === 'string') return compareTexts(left, toText(right), caseSensitive)
  try {
    if (left instanceof PSChar && isNumber(right) && !isInteger(right))
      return refuse('a character with a fraction')
    if (left instanceof PSChar) return left.code - (convert(right, 'System.Char') as PSChar).code
    if (isNumber(left)) return compareNumbers(left, asNumber(right, left))
    if (typeof left === 'boolean') return Number(left) - Number(truth(right))
    if (typeof right !== 'string' && typeOf(right) !== typeOf(left) && isOrdered(left))
      return refuse(`comparing a ${typeOf(left)} with a ${typeOf(right)}`)
    if (left instanceof PSDateTime)
      return signOf(left.ticks - (convert(right, 'System.DateTime') as PSDateTime).ticks)
    if (left instanceof PSTimeSpan)
      return signOf(left.ticks - (convert(right, 'System.TimeSpan') as PSTimeSpan).ticks)
    if (left instanceof PSVersion) return compareVersions(left, convert(right, left.type) as PSVersion)
    if (left instanceof PSEnum) return left.value - (convert(right, left.type) as PSEnum).value
    if (left instanceof PSGuid) {
      const other = (convert(right, 'System.Guid') as PSGuid).text
      return left.text < other ? -1 : left.text === other ? 0 : 1
    }
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    if ((isNumber(left) && typeof right === 'string') || left instanceof PSEnum)
      return raise({ message: fault.text, id: fault.id, category: 'InvalidArgument', target: null })
    return raise({
      message: `Could not compare "${toText(left)}" to "${toText(right)}". Error: "${fault.text}"`,
      id: 'ComparisonFailure',
      category: 'InvalidOperation',
      target: left,
      inner: new PSException('System.Management.Automation.PSInvalidCastException', fault.text),
      type: 'System.Management.Automation.RuntimeException',
    })
  }
  if (left === right || (left instanceof PSType && right instanceof PSType && left.name === right.name))
    return 0
  if (left instanceof PSObj && typeof right !== 'string' && !isInteger(right))
    return refuse('comparing an object')
  if (left instanceof PSObj)
    return raise({
      message: `Cannot compare "${toText(left)}" to "${toText(right)}" because the objects are not the same type or the object "${toText(left)}" does not implement "IComparable".`,
      id: 'PSObjectCompareTo',
      category: 'NotSpecified',
      type: 'System.Management.Automation.ExtendedTypeSystemException',
    })
  return raise({
    message: `Cannot compare "${left instanceof PSType ? left.name : Array.isArray(left) ? typeOf(left) : toText(left)}" because it is not IComparable.`,
    id: 'NotIcomparable',
    category: 'InvalidOperation',
    target: left,
  })
}
const isOrdered = (v: unknown): boolean =>
  [PSDateTime, PSTimeSpan, PSVersion, PSEnum, PSGuid].some(kind => v instanceof kind)

const signOf = (n: bigint) => (n < 0n ? -1 : n > 0n ? 1 : 0)

/** The order Sort-Object uses: unlike types are compared as text. */
export function sortOrder(a: unknown, b: unknown, caseSensitive = false): number {
  if (isNull(a) || isNull(b)) return compare(a, b)
  try {
    if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
    if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b, caseSensitive)
    if (a instanceof PSObj || a instanceof PSHash || a instanceof PSList || Array.isArray(a))
      return compareTexts(toText(a), toText(b), caseSensitive)
    return compare(a, b, caseSensitive)
  } catch {
    return compareTexts(toText(a), toText(b), caseSensitive)
  }
}
