import { refuse } from '../refusal'
import { isNull, PSHash, PSObj } from '../values/model'
import { PSChar } from '../values/numbers'
import { toText } from '../values/text'
import { type Argument, asArguments } from './context'
import { enumerate } from './enumerate'
import { typeless } from './written-numbers'

/** Which texts of an `$args` were written as parameter names: splatting makes them names again. */
const names = new WeakMap<unknown[], Map<number, Argument>>()

/** The value of `$args`. */
export function writtenArguments(rest: Argument[]): unknown[] {
  const values = rest.map(a => typeless(a.value, ''))
  const written = new Map([...rest.entries()].filter(([, a]) => a.parameter !== undefined))
  if (written.size > 0) names.set(values, written)
  return values
}

/** The arguments that a splatted variable stands for. */
export function splatted(v: unknown): Argument[] {
  if (v instanceof PSHash)
    return [...v.entries.values()].map(([name, value]) => ({
      name: toText(name),
      value,
      given: true,
      text: `-${toText(name)}:`,
      splatted: true,
    }))
  if (isNull(v)) return asArguments([null])
  if (v instanceof PSObj) return refuse('splatting an object')
  if (typeof v === 'string')
    return v.split('').map(c => ({ name: null, value: new PSChar(c.charCodeAt(0)), given: true, text: c }))
  const known = Array.isArray(v) ? names.get(v) : undefined
  const items = enumerate(v)
  const made: Argument[] = []
  for (let i = 0; i < items.length; i++) {
    const name = known?.get(i)?.parameter
    if (!name) made.push({ name: null, value: items[i], given: true, text: toText(items[i]) })
    else if (!name.colon) made.push({ name: name.name, value: null, given: false, text: toText(items[i]) })
    else made.push({ name: name.name, value: items[++i], given: true, text: toText(items[i - 1]) })
  }
  return made
}
