import { refuse } from '../refusal'
import { enumerate, isSequence } from '../runtime/enumerate'
import { fixed, formatValue } from '../runtime/format'
import {
  isNull,
  PSDateTime,
  PSEnum,
  PSException,
  PSGuid,
  PSHash,
  PSObj,
  PSScriptBlock,
  PSSwitch,
  PSTimeSpan,
  PSVersion,
} from '../values/model'
import { isNumber, PSChar, PSDecimal, PSDouble } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'

/** As many items of a collection are shown; an ellipsis stands for the rest. */
const SHOWN = 4

/** A property's value as a list shows it. */
export function listCell(v: unknown): string {
  if (isNull(v)) return ''
  if (isSequence(v)) return braced(enumerate(v).map(item => (isNull(item) ? '$null' : inner(item))))
  if (v instanceof PSHash)
    return braced([...v.entries.values()].map(([key, value]) => `[${toText(key)}, ${inner(value)}]`))
  return single(v)
}

/** A property's value as a table shows it: fractions have three places. */
export function tableCell(v: unknown): string {
  if (v instanceof PSDouble || v instanceof PSDecimal) {
    if (v instanceof PSDouble && (!Number.isFinite(v.value) || Math.abs(v.value) >= 1e15))
      return refuse('such a number in a table')
    const { negative, whole, fraction } = fixed(v, 3)
    return `${negative ? '-' : ''}${whole}.${fraction}`
  }
  return listCell(v)
}

const braced = (items: string[]): string =>
  `{${items.slice(0, SHOWN).join(', ')}${items.length > SHOWN ? '…' : ''}}`

function inner(v: unknown): string {
  if (isNull(v)) return ''
  return isSequence(v) || v instanceof PSHash ? toText(v) : single(v)
}

function single(v: unknown): string {
  if (v instanceof PSDateTime) return formatValue(v, 'G')
  if (v instanceof PSException) return refuse('showing an exception')
  const known = [PSChar, PSEnum, PSGuid, PSVersion, PSTimeSpan, PSScriptBlock, PSObj, PSSwitch]
  const plain = typeof v === 'string' || typeof v === 'boolean' || isNumber(v)
  if (v instanceof PSDouble && Math.abs(v.value) === Number.POSITIVE_INFINITY)
    return toText(v).replace('Infinity', '∞')
  return plain || known.some(kind => v instanceof kind) ? toText(v) : refuse(`showing a ${typeOf(v)}`)
}

/** Numbers, truth values and names of enumerations stand right in a table. */
export const standsRight = (v: unknown): boolean =>
  isNumber(v) || typeof v === 'boolean' || v instanceof PSEnum

/** Text whose width on a screen is not its length. */
export const isWide = (text: string): boolean =>
  /[\t\r\p{Cc}]|\p{M}|[\u1100-\u2010\u202a-\u2e7f]|[\u2e80-\uffff]/u.test(
    text.replace(/[…‘’“”–—\u202f\n]/g, ''),
  )
