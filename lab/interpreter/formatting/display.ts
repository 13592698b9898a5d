import { refuse } from '../refusal'
import { formatDate } from '../values/dates'
import {
  NetObject,
  PSDateTime,
  PSException,
  PSMatch,
  PSRegex,
  PSScriptBlock,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
} from '../values/model'
import { PSDouble } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'

/** A single value as the host shows it on a line of its own. */
export function display(v: unknown): string {
  if (v instanceof PSDateTime) return `\n${formatDate(v, 'dddd, MMMM d, yyyy h:mm:ss\u202ftt')}`
  if (
    v instanceof PSTimeSpan ||
    v instanceof PSType ||
    v instanceof PSMatch ||
    v instanceof PSException ||
    v instanceof PSSwitch ||
    v instanceof PSVersion ||
    v instanceof PSRegex ||
    (v instanceof PSScriptBlock && false)
  )
    return refuse(`showing a ${typeOf(v)}`)
  if (v instanceof PSDouble) return toText(v).replace('Infinity', '∞')
  if (v instanceof NetObject) return v.text()
  return toText(v)
}
