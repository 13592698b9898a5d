import { refuse } from '../refusal'
import { equal } from '../runtime/comparison'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { getMember, hasProperty } from '../runtime/members'
import { isNull, NOTHING, PSErrorRecord, PSException, PSHash, PSObj } from '../values/model'
import { toBig } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { wildcard } from '../values/wildcard'
import { cmdlet } from './define'
import { type Asked, askedFor, expanded, readAsked } from './property'

const OWN_OBJECT = 'System.Management.Automation.PSCustomObject'
const ID = 'Microsoft.PowerShell.Commands.SelectObjectCommand'
const count = (run: Run, name: string): number | null =>
  run.has(name) ? Number(toBig(run.get(name) as number)) : null

const argumentError = (id: string, category: string, message: string, target: unknown) =>
  new PSErrorRecord(
    new PSException('System.Management.Automation.PSArgumentException', message),
    `${id},${ID}`,
    category,
    target,
  )

/** One object with the properties asked for. */
async function shaped(item: unknown, all: Asked[], left: RegExp[], run: Run): Promise<PSObj> {
  const made = new PSObj([
    `Selected.${typeOf(item)}`,
    'System.Management.Automation.PSCustomObject',
    'System.Object',
  ])
  if (item instanceof PSHash && all.some(one => one.pattern))
    refuse('a pattern for the properties of a dictionary')
  for (const one of expanded(all, item)) {
    if (left.some(test => test.test(one.name))) continue
    if (made.props.has(one.name.toLowerCase())) {
      if (all.some(asked => asked.pattern)) refuse('a property that a pattern selects again')
      await run.error(
        argumentError(
          'AlreadyExistingUserSpecifiedPropertyNoExpand',
          'InvalidOperation',
          `The property cannot be processed because the property "${one.name}" already exists.`,
          null,
        ),
      )
      continue
    }
    const cased = all.length && !one.block && one.name === one.source ? nameIn(item, one.source) : one.name
    made.set(cased, await readAsked(one, item, run))
  }
  return made
}

/** A plain property keeps the spelling that the object has. */
function nameIn(item: unknown, name: string): string {
  if (item instanceof PSObj) return item.props.get(name.toLowerCase())?.name ?? name
  if (typeof item === 'string' && name.toLowerCase() === 'length') return 'Length'
  return name
}

async function expand(item: unknown, name: string, run: Run): Promise<unknown[]> {
  if (/[*?[]/.test(name) || name === '' || item instanceof PSHash) refuse('such an -ExpandProperty')
  if (isNull(item) || !(await hasProperty(item, name, run.cx))) {
    await run.error(
      argumentError('ExpandPropertyNotFound', 'InvalidArgument', `Property "${name}" cannot be found.`, item),
    )
    return []
  }
  const value = await getMember(item, name, run.cx)
  if (isNull(value)) return []
  return isSequence(value) ? enumerate(value).filter(one => !isNull(one)) : [value]
}

function sameForUnique(a: unknown, b: unknown, caseSensitive: boolean): boolean {
  if (a instanceof PSObj && b instanceof PSObj) {
    if (a.props.size !== b.props.size) return false
    if ([...a.props.values(), ...b.props.values()].some(p => p.kind !== 'note'))
      refuse('-Unique over calculated members')
    const alike = (exact: boolean) =>
      [...a.props.values()].every(p => {
        const other = b.props.get(p.name.toLowerCase())
        return other !== undefined && sameForUnique(p.value, other.value, exact)
      })
    if (alike(caseSensitive)) return true
    if (alike(false)) refuse('-Unique over objects that differ in case alone')
    return false
  }
  if (a instanceof PSObj || b instanceof PSObj) return false
  if (a instanceof PSHash || b instanceof PSHash || isSequence(a) || isSequence(b))
    return refuse('-Unique over collections')
  return equal(a, b, caseSensitive)
}

/** Select-Object: -First ends the pipeline as soon as it has enough. */
export const selectObject: Cmdlet = cmdlet(
  'Select-Object',
  'InputObject Property ExcludeProperty ExpandProperty Unique CaseInsensitive Last First Skip SkipLast Wait Index SkipIndex',
  run => {
    const held: unknown[] = []
    const results: unknown[] = []
    let skipped = 0
    let given = 0
    let properties: Asked[] = []
    let left: RegExp[] = []
    const unique = run.on('Unique')

    const put = async (value: unknown) => {
      if (!unique) return run.out(value)
      const known = results.some(one => sameForUnique(one, value, !run.on('CaseInsensitive')))
      // Whole objects are compared by their texts, which real objects have none of.
      if (!known && value instanceof PSObj && properties.length === 0 && results.length > 0)
        refuse('-Unique over whole objects')
      if (!known) results.push(value)
    }
    const one = async (item: unknown) => {
      const name = run.text('ExpandProperty')
      if (name !== null) {
        if (properties.length > 0) refuse('-Property together with -ExpandProperty')
        for (const value of await expand(item, name, run)) await put(value)
      } else if (properties.length > 0) await put(await shaped(item, properties, left, run))
      else await put(chosenWhole(item))
    }
    const finish = async () => {
      for (const value of results.splice(0)) await run.out(value)
    }
    return {
      async begin() {
        left = enumerate(run.get('ExcludeProperty')).map(name => wildcard(toText(name)))
        const wanted = run.has('Property') ? run.get('Property') : left.length > 0 ? ['*'] : []
        properties = askedFor(wanted, 'select')
        if (run.has('First') && run.has('Last')) return
        if (run.has('First') && count(run, 'First') === 0 && !run.has('Last') && !run.on('Wait')) run.stop()
      },
      async process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item === NOTHING) return
        if (isNull(item) && run.has('ExpandProperty')) refuse('-ExpandProperty of null')
        // Nothing is passed over, and not counted.
        if (isNull(item)) return
        const first = count(run, 'First')
        if (run.has('Index') || run.has('SkipIndex') || run.has('Last') || run.has('SkipLast')) {
          held.push(item)
          return
        }
        if (skipped < (count(run, 'Skip') ?? 0)) {
          skipped++
          return
        }
        if (first !== null && given >= first) return
        given++
        await one(item)
        if (first !== null && given >= first && !run.on('Wait')) {
          await finish()
          run.stop()
        }
      },
      async end() {
        for (const item of chosen(run, held)) await one(item)
        await finish()
      },
    }
  },
)

/** An object of one's own that is chosen as it is says so by its types from then on, wherever else it is held. */
function chosenWhole(item: unknown): unknown {
  if (
    item instanceof PSObj &&
    item.types.includes(OWN_OBJECT) &&
    !item.types.includes(`Selected.${OWN_OBJECT}`)
  )
    item.types.unshift(`Selected.${OWN_OBJECT}`)
  return item
}

function chosen(run: Run, held: unknown[]): unknown[] {
  const wanted = (name: string) => enumerate(run.get(name)).map(n => Number(toBig(n as number)))
  if (run.has('Index')) {
    const indexes = wanted('Index')
    return held.filter((_, i) => indexes.includes(i))
  }
  if (run.has('SkipIndex')) {
    const indexes = wanted('SkipIndex')
    return held.filter((_, i) => !indexes.includes(i))
  }
  const skip = count(run, 'Skip') ?? 0
  if (run.has('SkipLast'))
    return held.slice(0, Math.max(0, held.length - (count(run, 'SkipLast') ?? 0))).slice(skip)
  const last = count(run, 'Last')
  if (last === null) return held
  const first = count(run, 'First')
  if (first !== null) {
    if (skip > 0) return refuse('-First, -Last and -Skip together')
    return held.filter((_, i) => i < first || i >= held.length - last)
  }
  const rest = held.slice(0, Math.max(0, held.length - skip))
  return last === 0 ? [] : rest.slice(-last)
}
