import { refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import { isNull, NOTHING, PSObj, PSType } from '../values/model'
import { isNumber } from '../values/numbers'
import { toText } from '../values/text'
import { isOfType, parseTypeText, resolveType, typeOf } from '../values/type-names'
import { arithmetic } from './arithmetic'
import { bitwise } from './bitwise'
import type { Context } from './context'
import { isSequence } from './enumerate'
import { CastFault, NetFault, raise } from './errors'
import { formatText } from './format'
import { mayBeReal } from './named-types'
import {
  compareOperator,
  containment,
  joinOperator,
  matchOperator,
  replaceOperator,
  splitOperator,
} from './operators'
import { range } from './range'

export const plain = (v: unknown): unknown => (isNull(v) ? null : v)

/** A list as text, with $OFS between its items. */
const listText = (v: unknown, cx: Context): string => toText(v, separatorOf(cx))

/** What `$OFS` puts between the items of a list. */
export function separatorOf(cx: Context): string {
  const own = cx.scope.find('OFS')?.value
  if (isNull(own)) return ' '
  return isSequence(own) ? refuse('a list in $OFS') : toText(own)
}

/** Applies a binary operator to two values. */
export async function apply(
  operator: string,
  leftGiven: unknown,
  rightGiven: unknown,
  cx: Context,
): Promise<unknown> {
  const left = plain(leftGiven)
  const right = plain(rightGiven)
  switch (operator) {
    case '+':
      if (rightGiven === NOTHING && Array.isArray(left)) return [...left]
      return arithmetic(
        operator,
        left,
        typeof left === 'string' && isSequence(right) ? listText(right, cx) : right,
      )
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right)
    case '-xor':
      return truth(left) !== truth(right)
    case '-band':
    case '-bor':
    case '-bxor':
    case '-shl':
    case '-shr':
      return bitwise(operator, left, right)
    case '..':
      return range(left, right)
    case '-join':
      return joinOperator(left, toText(right))
    case '-f':
      return format(toText(left), right)
    default:
      break
  }
  // Operators on texts take nothing at all for a list without items; the others take it for null.
  const texts = leftGiven === NOTHING ? [] : left
  const caseSensitive = operator[1] === 'c' && operator !== '-contains'
  const name =
    /^-[ci](eq|ne|g[te]|l[te]|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split)$/.exec(
      operator,
    )?.[1] ?? operator.slice(1)
  switch (name) {
    case 'contains':
    case 'notcontains':
      return containment(left, right, caseSensitive) === (name === 'contains')
    case 'in':
    case 'notin':
      return containment(right, left, caseSensitive) === (name === 'in')
    case 'match':
    case 'notmatch':
      return matchOperator(texts, right, caseSensitive, name === 'match', cx)
    case 'replace':
      return replaceOperator(texts, right, caseSensitive, cx)
    case 'split':
      return splitOperator(texts, right, caseSensitive, cx)
    default:
      return compareOperator(name, name.endsWith('like') ? texts : left, right, caseSensitive)
  }
}

function format(template: string, right: unknown): string {
  try {
    return formatText(template, Array.isArray(right) ? right : [right])
  } catch (fault) {
    if (fault instanceof NetFault)
      return raise({
        message: `Error formatting a string: ${fault.text}.`,
        id: 'FormatError',
        category: 'InvalidOperation',
        target: template,
      })
    throw fault
  }
}

export function typeOperator(operator: string, left: unknown, right: unknown): unknown {
  const full = right instanceof PSType ? right.name : namedType(operator, right)
  if (operator === '-as') {
    try {
      return convert(plain(left), full)
    } catch (fault) {
      if (fault instanceof CastFault) return null
      throw fault
    }
  }
  // Whether a value is wrapped depends on where it came from.
  if (full === 'System.Management.Automation.PSObject' && !isNull(left) && !(left instanceof PSObj))
    refuse(`${operator} [psobject]`)
  return isOfType(left, full) === (operator === '-is')
}

/** The type that text on the right side of -is or -as names. */
function namedType(operator: string, right: unknown): string {
  const as = operator === '-as'
  if (isNull(right))
    return raise({
      message: `The right operand of '${operator}' must be a type.`,
      id: as
        ? 'AsOperatorRequiresType'
        : operator === '-is'
          ? 'IsOperatorRequiresType'
          : refuse('-isnot $null'),
      category: 'InvalidOperation',
    })
  if (typeof right !== 'string' && (!isNumber(right) || typeOf(right).endsWith('BigInteger')))
    return refuse(`a ${typeOf(right)} for a type`)
  const text = toText(right)
  const found = resolveType(text)
  if (found) return found
  if (typeof right === 'string' && mayBeReal(parseTypeText(text)) !== null) refuse(`the type [${text}]`)
  return raise({
    message: `Cannot convert the "${text}" value of type "System.String" to type "System.Type".`,
    id: as ? 'InvalidCastFromStringToType' : 'RuntimeException',
    category: as ? 'InvalidArgument' : 'NotSpecified',
  })
}
