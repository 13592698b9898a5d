import { refuse } from '../refusal'
import { ENUMS } from '../values/enums'
import { elementType, isNull, PSList, PSScriptBlock, PSSwitch, WrittenNumber } from '../values/model'
import { toText } from '../values/text'
import { isOfType, typeOf } from '../values/type-names'
import { A, accept, type BindTarget, bindFault, isSwitch, typeLabel } from './accept'
import { refusePrompt } from './confirmation'
import type { Argument, Context, Parameter } from './context'
import { enumerate, isSequence } from './enumerate'
import { PSThrow } from './errors'
import { findParameter, isCommon } from './known-parameters'
import { missingMandatory } from './mandatory'
import { ParameterSets, type SetData } from './parameter-sets'
import { typeless } from './written-numbers'

/** The outcome of binding: values by parameter name, and what was left over. */
export class Binding {
  readonly bound = new Map<string, unknown>()
  readonly common = new Map<string, unknown>()
  /** The names of what was bound, in the order in which it was. */
  readonly order = new Set<string>()
  rest: Argument[] = []
  readonly sets: ParameterSets
  constructor(
    readonly target: BindTarget,
    readonly piped: boolean,
  ) {
    this.sets = new ParameterSets(target)
  }
  get unbound(): Parameter[] {
    return this.target.parameters.filter(p => !this.bound.has(p.name.toLowerCase()))
  }
  /** The parameter set that was chosen. */
  get set(): string {
    return this.sets.name
  }
}

async function put(
  b: Binding,
  p: Parameter,
  value: unknown,
  cx: Context,
  written: string | null = null,
): Promise<void> {
  const into = isCommon(b.target, p) ? b.common : b.bound
  const key = p.name.toLowerCase()
  // By position a parameter is given a value anew, where it stands at two positions.
  if (written !== null && into.has(key))
    bindFault(
      b.target,
      'ParameterAlreadyBound',
      `Cannot bind parameter because parameter '${written}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
    )
  if (value instanceof PSScriptBlock && into === b.bound) waitsForInput(b, p)
  const accepted = await accept(b.target, p, value, cx)
  if (into === b.bound) b.sets.narrow(p)
  into.set(key, accepted)
  b.order.add(key)
}

/** A script block for a parameter that takes pipeline input, and no script block, is run for each object. */
function waitsForInput(b: Binding, p: Parameter): void {
  const takes = b.sets.matching(p, b.sets.current).some(data => data.byValue || data.byName)
  if (
    !b.target.advanced ||
    !takes ||
    /^System\.(Object|Management\.Automation\.ScriptBlock)(\[\])?$/.test(p.type)
  )
    return
  if (b.piped) refuse('a script block as the value of a parameter that takes pipeline input')
  bindFault(
    b.target,
    'ScriptBlockArgumentNoInput',
    `Cannot evaluate parameter '${p.name}' because its argument is specified as a script block and there is no input. A script block cannot be evaluated without input.`,
    'ParameterBindingException',
    'MetadataError',
  )
}

/** A name with its value; one written with a colon is looked up only when its turn comes. */
type Paired = { p: Parameter | null; value: unknown; written: string; arg: Argument }

/** Gives each name its value, before anything is bound. */
function paired(target: BindTarget, args: Argument[]): { named: Paired[]; left: Argument[] } {
  const named: Paired[] = []
  const left: Argument[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (!arg) continue
    if (arg.name !== null && arg.given) {
      named.push({ p: null, value: arg.value, written: arg.name, arg })
      continue
    }
    const p = arg.name === null ? null : findParameter(target, arg.name)
    if (!p || arg.name === null) {
      left.push(arg)
      continue
    }
    if (isSwitch(p)) named.push({ p, value: new PSSwitch(true), written: arg.name, arg })
    else {
      const next = args[i + 1]
      if (!next || (next.name !== null && findParameter(target, next.name)))
        bindFault(
          target,
          'MissingArgument',
          `Missing an argument for parameter '${p.name}'. Specify a parameter of type '${typeLabel(p.type)}' and try again.`,
        )
      if (next.name !== null && next.given) refuse('a named argument as the value of a parameter')
      named.push({ p, value: next.name === null ? next.value : next.text, written: p.name, arg })
      i++
    }
  }
  return { named, left }
}

/** Binds the arguments of a call: names first, then positions. */
export async function bindArguments(
  target: BindTarget,
  args: Argument[],
  cx: Context,
  piped: boolean,
): Promise<Binding> {
  const b = new Binding(target, piped)
  const { named, left } = paired(target, args)
  const bindNamed = async ({ p, value, written, arg }: Paired) => {
    const found = p ?? findParameter(target, written)
    if (!found) left.push(arg)
    else if (!arg.splatted || !said.has(found.name.toLowerCase())) await put(b, found, value, cx, written)
  }
  let said = new Set<string>()
  for (const one of named) if (!one.arg.splatted) await bindNamed(one)
  // What a splatted table repeats of the call itself is overridden by it.
  said = new Set([...b.bound.keys(), ...b.common.keys()])
  for (const one of named) if (one.arg.splatted) await bindNamed(one)
  // What a splatted table brings and nobody knows comes behind all that the call says itself.
  const late = (arg: Argument) => (arg.splatted && arg.name !== null ? 1 : 0)
  left.sort((x, y) => late(x) - late(y) || args.indexOf(x) - args.indexOf(y))
  const loose: Argument[] = []
  const leftOver: Argument[] = []
  const order = new Map(left.map((arg, i) => [arg, i]))
  for (let i = 0; i < left.length; i++) {
    const arg = left[i]
    const next = left[i + 1]
    if (!arg) continue
    if (arg.name === null) {
      loose.push(arg)
      continue
    }
    // A name nobody knows stays with what follows it: for $args, for what takes the rest, or for an error.
    leftOver.push(arg)
    if (arg.splatted) continue
    if (next && next.name === null) {
      leftOver.push(next)
      i++
    }
  }
  const { extra, fault } = await bindPositions(b, loose, cx)
  if (target.advanced) b.sets.validate(b.unbound, true, false)
  const rest = [...leftOver, ...extra].sort((x, y) => (order.get(x) ?? 0) - (order.get(y) ?? 0))
  b.rest = await bindRest(b, rest, cx)
  if (target.advanced) nothingLeft(b, fault)
  else b.rest = b.rest.flatMap(asWritten)
  return b
}

/** For $args a name is its text, and what was written behind its colon follows. */
function asWritten(arg: Argument): Argument[] {
  if (arg.name === null) return [arg]
  const named = {
    ...arg,
    name: null,
    value: arg.text,
    parameter: { name: arg.name, colon: arg.given },
  }
  return arg.given ? [named, { name: null, value: arg.value, given: true, text: '' }] : [named]
}

type Slot = { p: Parameter; sets: SetData[] }

/** Parameters by position, those of the sets that are still possible. */
function slotsOf(b: Binding): Slot[][] {
  const at = new Map<number, Slot[]>()
  for (const p of b.unbound) {
    for (const data of b.sets.matching(p, b.sets.current)) {
      if (data.remaining || data.position === null) continue
      const there = at.get(data.position) ?? []
      at.set(data.position, there)
      const own = there.find(slot => slot.p === p)
      if (there.some(slot => slot.p !== p && slot.sets.some(one => one.flag === data.flag || one.flag === 0)))
        refuse('two parameters at one position')
      if (own) own.sets.push(data)
      else there.push({ p, sets: [data] })
    }
  }
  return [...at].sort(([a], [c]) => a - c).map(([, slots]) => slots)
}

/** Binds arguments by position: first where the value fits as it is, then with conversion; the default set goes first. */
async function bindPositions(
  b: Binding,
  loose: Argument[],
  cx: Context,
): Promise<{ extra: Argument[]; fault: unknown }> {
  const extra: Argument[] = []
  const queue = [...loose]
  let valid = b.sets.current
  let fault: unknown = null
  for (const slots of slotsOf(b)) {
    const open = slots.filter(({ sets }) => sets.some(one => one.flag === 0 || (one.flag & valid) !== 0))
    if (open.length === 0) continue
    const arg = queue.shift()
    if (!arg) break
    const { defaultFlag } = b.sets
    const preferred = defaultFlag !== 0 && (valid & defaultFlag) !== 0 ? [defaultFlag] : []
    let done = false
    for (const coerce of [false, true]) {
      for (const among of [...preferred, valid]) {
        const tried = await bindSlots(b, open, among, arg.value, coerce, cx)
        fault = tried.fault
        done = tried.bound
        if (done) break
      }
      if (done) break
    }
    if (!done) extra.push(arg)
    else valid = b.sets.current
  }
  return { extra: [...extra, ...queue], fault }
}

async function bindSlots(
  b: Binding,
  slots: Slot[],
  among: number,
  value: unknown,
  coerce: boolean,
  cx: Context,
): Promise<{ bound: boolean; fault: unknown }> {
  let bound = false
  let last: unknown = null
  for (const { p, sets } of slots) {
    if (!sets.some(one => one.flag === 0 || (one.flag & among) !== 0)) continue
    if (!coerce && !fitsAsIs(p, value)) continue
    if (p.noMemberType && namesMemberType(value)) continue
    try {
      await put(b, p, value, cx)
      bound = true
    } catch (fault) {
      if (!(fault instanceof PSThrow) || fault.record.reason !== 'ParameterBindingException') throw fault
      last = fault
    }
  }
  return { bound, fault: last }
}

/** Whether a text names a type of member, as Add-Member's -NotePropertyName must not by position. */
const namesMemberType = (value: unknown): boolean =>
  Object.keys(ENUMS[`${A}PSMemberTypes`] ?? {}).some(
    name => name.toLowerCase() === toText(value).toLowerCase(),
  )

/** Whether a value needs no conversion for a parameter. */
export function fitsAsIs(p: Parameter, value: unknown): boolean {
  const v = value instanceof WrittenNumber ? value.value : value
  if (isNull(v)) return p.type !== 'System.String' && !isValueType(p.type)
  if (p.type === 'System.Object' || p.type === `${A}PSObject` || isOfType(v, p.type)) return true
  if (!p.type.endsWith('[]')) return false
  const element = p.type.slice(0, -2)
  if (element === 'System.Object' || element === `${A}PSObject`) return true
  return isSequence(v) ? enumerate(v).every(item => isOfType(item, element)) : isOfType(v, element)
}

const isValueType = (type: string): boolean =>
  /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Char|Boolean|DateTime|TimeSpan|Guid|DayOfWeek|ConsoleColor)\w*$/.test(
    type,
  ) || type === `${A}SwitchParameter`

/** What is left goes to the parameter that takes all the rest, if there is one. */
async function bindRest(b: Binding, rest: Argument[], cx: Context): Promise<Argument[]> {
  if (rest.length === 0) return rest
  const takers = b.unbound.filter(p => b.sets.dataIn(p, b.sets.current)?.remaining)
  if (takers.length > 1) b.sets.ambiguous('MetadataError')
  const [taker] = takers
  if (!taker) return rest
  const values = rest
    .flatMap(asWritten)
    .map(({ value }) => (/String/.test(taker.type) ? value : typeless(value, b.target.name)))
  const [only] = values
  const asList = (items: unknown[]) => new PSList('System.Collections.Generic.List`1[[System.Object]]', items)
  const list =
    values.length === 1 && Array.isArray(only) && elementType(only) === 'System.Object'
      ? only
      : asList(values)
  await put(b, taker, list, cx)
  return []
}

/** Every argument must have found its parameter. */
function nothingLeft(b: Binding, fault: unknown): void {
  const [extra] = b.rest
  if (!extra) return
  if (extra.name !== null)
    bindFault(
      b.target,
      'NamedParameterNotFound',
      `A parameter cannot be found that matches parameter name '${extra.name}'.`,
    )
  if (fault) throw fault
  const { value } = extra
  bindFault(
    b.target,
    'PositionalParameterNotFound',
    `A positional parameter cannot be found that accepts argument '${isNull(value) ? '$null' : argumentText(value)}'.`,
  )
}

const argumentText = (value: unknown): string =>
  isSequence(value) ? typeOf(value) : value instanceof WrittenNumber ? toText(value.value) : toText(value)

/** Settles the parameter set, and fails where a mandatory parameter has no value and the pipeline cannot give it. */
export function settle(b: Binding, piped: boolean, cx: Context): void {
  const { sets } = b
  let count = sets.validate(b.unbound, piped, !piped)
  if (count > 1 && piped) {
    const taking = sets.withInput(b.unbound)
    if (taking !== sets.current) {
      sets.current = taking
      count = sets.validate(b.unbound, true, false)
    }
  }
  const missing = missingMandatory(sets, b.unbound, count, piped)
  if (missing.length > 0) {
    refusePrompt(cx, `the mandatory parameter ${missing[0]?.name}`)
    bindFault(
      b.target,
      'MissingMandatoryParameter',
      `Cannot process command because of one or more missing mandatory parameters: ${missing.map(p => p.name).join(' ')}.`,
    )
  }
  if (!piped) sets.verifyChosen()
}
