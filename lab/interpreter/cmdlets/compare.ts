import { refuse } from '../refusal'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { isNull, NOTHING, PSHash, PSObj } from '../values/model'
import { cmdlet } from './define'
import { type Asked, askedFor } from './property'
import { type Keyed, keysOf, orderKeys } from './sort'

type Side = '==' | '=>' | '<='

/** Compare-Object: pairs are found as the real cmdlet walks both sides, so that they come in its order. */
export const compareObject: Cmdlet = cmdlet(
  'Compare-Object',
  'ReferenceObject DifferenceObject Property ExcludeDifferent IncludeEqual PassThru CaseSensitive',
  run => {
    const differences: unknown[] = []
    let properties: Asked[] = []
    return {
      begin() {
        properties = askedFor(run.get('Property'), 'group')
      },
      process(piped) {
        const given = run.has('DifferenceObject') ? run.get('DifferenceObject') : piped
        if (isNull(given) && given !== NOTHING) refuse('comparing with null')
        if (given !== NOTHING) differences.push(...enumerate(given))
        if (differences.some(one => typeof one === 'boolean')) refuse('comparing truth values')
      },
      async end() {
        if (run.piped && differences.length === 0) refuse('comparing with nothing from the pipeline')
        const left = await keyed(enumerate(run.get('ReferenceObject')), properties, run)
        const right = await keyed(differences, properties, run)
        const same = (a: Keyed, b: Keyed) =>
          a.keys.every((key, i) => orderKeys(key, b.keys[i], run.on('CaseSensitive')) === 0)
        for (const { one, side } of paired(left, right, same)) {
          if (
            side === '=='
              ? !(run.on('IncludeEqual') || run.on('ExcludeDifferent'))
              : run.on('ExcludeDifferent')
          )
            continue
          await run.out(result(one, side, properties, run))
        }
      },
    }
  },
)

async function keyed(items: unknown[], properties: Asked[], run: Run): Promise<Keyed[]> {
  const found: Keyed[] = []
  for (const item of items) {
    if (isNull(item)) refuse('comparing null')
    if (properties.length === 0 && (item instanceof PSObj || item instanceof PSHash))
      refuse('comparing objects without -Property')
    found.push({ item, keys: await keysOf(item, properties, run) })
  }
  return found
}

function paired(
  left: Keyed[],
  right: Keyed[],
  same: (a: Keyed, b: Keyed) => boolean,
): { one: Keyed; side: Side }[] {
  const out: { one: Keyed; side: Side }[] = []
  const waitingLeft: Keyed[] = []
  const waitingRight: Keyed[] = []
  const take = (waiting: Keyed[], one: Keyed): Keyed | null => {
    const at = waiting.findIndex(other => same(other, one))
    return at < 0 ? null : (waiting.splice(at, 1)[0] ?? null)
  }
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const l = left[i]
    const r = right[i]
    if (l && r && same(l, r)) {
      out.push({ one: l, side: '==' })
      continue
    }
    const forRight = r ? take(waitingLeft, r) : null
    if (forRight) out.push({ one: forRight, side: '==' })
    const forLeft = l ? take(waitingRight, l) : null
    if (l && forLeft) out.push({ one: l, side: '==' })
    if (l && !forLeft) waitingLeft.push(l)
    if (r && !forRight) waitingRight.push(r)
  }
  for (const one of waitingRight) out.push({ one, side: '=>' })
  for (const one of waitingLeft) out.push({ one, side: '<=' })
  return out
}

function result(one: Keyed, side: Side, properties: Asked[], run: Run): unknown {
  if (run.on('PassThru')) {
    if (!(one.item instanceof PSObj)) return refuse('-PassThru with plain values')
    one.item.set('SideIndicator', side)
    return one.item
  }
  const made = new PSObj()
  if (properties.length === 0) made.set('InputObject', one.item)
  for (const [i, property] of properties.entries()) {
    const key = one.keys[i]
    made.set(property.name, typeof key === 'symbol' ? null : key)
  }
  made.set('SideIndicator', side)
  return made
}

/** Tee-Object into a variable: all that passed, or the one thing. */
export const teeObject: Cmdlet = cmdlet('Tee-Object', 'InputObject Variable', run => {
  const seen: unknown[] = []
  const name = () => {
    const written = run.text('Variable') ?? ''
    if (written.includes(':')) refuse('Tee-Object into a variable of another scope')
    return written
  }
  return {
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (item === NOTHING) return
      seen.push(item)
      await run.out(item)
    },
    end() {
      if (seen.length > 0) run.cx.scope.set(name(), seen.length === 1 ? seen[0] : seen)
    },
  }
})
