import { truth } from '../values/convert'
import { isNull, PSEntry, PSHash, PSList, PSObj, PSSwitch, WrittenNumber } from '../values/model'
import { toText } from '../values/text'
import { isOfType, typeOf } from '../values/type-names'
import { A, accept, type BindTarget, bindFault, isSwitch, typeLabel } from './accept'
import type { Argument, Context, Parameter, SetInfo } from './context'
import { isSequence } from './enumerate'
import { PSThrow } from './errors'
import { propertyOr } from './members'

const plainSet = (): SetInfo => ({
  mandatory: false,
  position: null,
  byValue: false,
  byName: false,
  remaining: false,
})

const COMMON: [string, string, string][] = [
  ['Verbose', 'vb', `${A}SwitchParameter`],
  ['Debug', 'db', `${A}SwitchParameter`],
  ['ErrorAction', 'ea', `${A}ActionPreference`],
  ['WarningAction', 'wa', `${A}ActionPreference`],
  ['InformationAction', 'infa', `${A}ActionPreference`],
  ['ProgressAction', 'proga', `${A}ActionPreference`],
  ['ErrorVariable', 'ev', 'System.String'],
  ['WarningVariable', 'wv', 'System.String'],
  ['InformationVariable', 'iv', 'System.String'],
  ['OutVariable', 'ov', 'System.String'],
  ['OutBuffer', 'ob', 'System.Int32'],
  ['PipelineVariable', 'pv', 'System.String'],
]

const commonOf = ([name, alias, type]: [string, string, string]): Parameter => ({
  name,
  aliases: [alias],
  type,
  sets: new Map([['*', plainSet()]]),
  values: null,
  range: null,
  allowNull: false,
  allowEmpty: false,
  refused: name === 'OutBuffer' || name === 'PipelineVariable',
  accept: null,
})

export const COMMON_PARAMETERS = COMMON.map(commonOf)

export const CONFIRM_PARAMETERS = [
  commonOf(['WhatIf', 'wi', `${A}SwitchParameter`]),
  commonOf(['Confirm', 'cf', `${A}SwitchParameter`]),
]

const COMMON_NAMES = new Set([...COMMON_PARAMETERS, ...CONFIRM_PARAMETERS].map(p => p.name))

/** The outcome of binding: values by parameter name, and what was left over. */
export class Binding {
  readonly bound = new Map<string, unknown>()
  readonly common = new Map<string, unknown>()
  rest: Argument[] = []
  sets: Set<string>
  constructor(readonly target: BindTarget) {
    this.sets = new Set(target.parameters.flatMap(p => [...p.sets.keys()]).filter(name => name !== '*'))
    if (this.sets.size === 0) this.sets.add('*')
  }
  get set(): string {
    if (this.sets.has('*')) return '*'
    const { defaultSet } = this.target
    if (this.sets.size > 1 && this.sets.has(defaultSet)) return defaultSet
    return [...this.sets][0] ?? '*'
  }
}

function findParameter(t: BindTarget, name: string): Parameter | null {
  const all = t.advanced
    ? [...t.parameters, ...COMMON_PARAMETERS, ...(t.shouldProcess ? CONFIRM_PARAMETERS : [])]
    : t.parameters
  const lower = name.toLowerCase()
  const exact = all.find(
    p => p.name.toLowerCase() === lower || p.aliases.some(a => a.toLowerCase() === lower),
  )
  if (exact) return exact
  const starting = all.filter(
    p => p.name.toLowerCase().startsWith(lower) || p.aliases.some(a => a.toLowerCase().startsWith(lower)),
  )
  const own = starting.filter(p => t.parameters.includes(p))
  const candidates = own.length > 0 && starting.length > 1 ? own : starting
  if (candidates.length === 1) return candidates[0] ?? null
  if (candidates.length > 1)
    bindFault(
      t,
      'AmbiguousParameter',
      `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include: ${starting.map(p => `-${p.name}`).join(' ')}.`,
    )
  return null
}

function narrow(b: Binding, p: Parameter): void {
  if (p.sets.has('*')) return
  const next = new Set([...b.sets].filter(name => p.sets.has(name)))
  if (next.size === 0)
    bindFault(
      b.target,
      'AmbiguousParameterSet',
      'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
    )
  b.sets = next
}

async function put(b: Binding, p: Parameter, value: unknown, cx: Context): Promise<void> {
  const into = COMMON_NAMES.has(p.name) && !b.target.parameters.includes(p) ? b.common : b.bound
  const key = p.name.toLowerCase()
  if (into.has(key))
    bindFault(
      b.target,
      'ParameterAlreadyBound',
      `Cannot bind parameter because parameter '${p.name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
    )
  const accepted = await accept(b.target, p, value, cx)
  if (into === b.bound) narrow(b, p)
  into.set(key, accepted)
}

/** Binds the arguments of a call: names first, then positions. */
export async function bindArguments(target: BindTarget, args: Argument[], cx: Context): Promise<Binding> {
  const b = new Binding(target)
  const loose: Argument[] = []
  const splatted: [Parameter, unknown][] = []
  const unknown: Argument[] = []
  /** Where an argument stood: $args keeps the order of the call. */
  const order = new Map<Argument, number>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (!arg) continue
    if (arg.name === null) {
      loose.push(arg)
      order.set(arg, i)
      continue
    }
    const parameter = findParameter(target, arg.name)
    if (!parameter) {
      if (!target.advanced) {
        // A name nobody knows goes to $args, and so does what follows it.
        unknown.push({ ...arg, name: null, value: arg.text })
        order.set(unknown.at(-1) ?? arg, i)
        const next = args[i + 1]
        if (arg.given) {
          unknown.push({ name: null, value: arg.value, given: true, text: '' })
          order.set(unknown.at(-1) ?? arg, i)
        } else if (next && next.name === null) {
          unknown.push(next)
          order.set(next, i + 1)
          i++
        }
        continue
      }
      if (target.parameters.some(p => [...p.sets.values()].some(s => s.remaining))) {
        loose.push({ ...arg, name: null, value: arg.text })
        continue
      }
      bindFault(
        target,
        'NamedParameterNotFound',
        `A parameter cannot be found that matches parameter name '${arg.name}'.`,
      )
    }
    if (arg.given) {
      if (arg.splatted) splatted.push([parameter, arg.value])
      else await put(b, parameter, arg.value, cx)
    } else if (isSwitch(parameter)) await put(b, parameter, new PSSwitch(true), cx)
    else {
      const next = args[i + 1]
      if (!next || next.name !== null)
        bindFault(
          target,
          'MissingArgument',
          `Missing an argument for parameter '${parameter.name}'. Specify a parameter of type '${typeLabel(parameter.type)}' and try again.`,
        )
      await put(b, parameter, next.value, cx)
      i++
    }
  }
  // What a splatted table repeats of the call itself is overridden by it.
  for (const [parameter, value] of splatted) {
    const key = parameter.name.toLowerCase()
    if (!b.bound.has(key) && !b.common.has(key)) await put(b, parameter, value, cx)
  }
  await bindPositions(b, loose, cx)
  b.rest = [...unknown, ...b.rest].sort((x, y) => (order.get(x) ?? 0) - (order.get(y) ?? 0))
  return b
}

async function bindPositions(b: Binding, loose: Argument[], cx: Context): Promise<void> {
  const { target } = b
  const rest = [...loose]
  for (;;) {
    if (rest.length === 0) break
    const candidates = target.parameters.flatMap(p => {
      if (b.bound.has(p.name.toLowerCase())) return []
      const sets = [...p.sets].filter(
        ([name, info]) => info.position !== null && !info.remaining && (name === '*' || b.sets.has(name)),
      )
      const preferred = sets.find(([name]) => name === target.defaultSet || name === '*') ?? sets[0]
      return preferred ? [{ p, position: preferred[1].position ?? 0, set: preferred[0] }] : []
    })
    if (candidates.length === 0) break
    const lowest = Math.min(...candidates.map(c => c.position))
    const at = candidates.filter(c => c.position === lowest)
    const value = rest[0]?.value
    const fitting = at.find(
      c => c.p.type !== 'System.Object' && c.p.type !== 'System.String' && isOfType(value, c.p.type),
    )
    const chosen =
      fitting ?? at.find(c => c.set === target.defaultSet) ?? at.find(c => c.set === '*') ?? at[0]
    const arg = rest.shift()
    if (!chosen || !arg) break
    let done = false
    let lastFault: unknown = null
    for (const one of [chosen, ...at.filter(c => c !== chosen)]) {
      try {
        await put(b, one.p, arg.value, cx)
        done = true
        break
      } catch (fault) {
        lastFault ??= fault
        if (at.length === 1) throw fault
      }
    }
    if (!done) throw lastFault
  }
  const remaining = target.parameters.find(
    p =>
      !b.bound.has(p.name.toLowerCase()) &&
      [...p.sets].some(([name, s]) => s.remaining && (name === '*' || b.sets.has(name))),
  )
  if (remaining && rest.length > 0) {
    const values = rest
      .splice(0)
      .map(a =>
        a.value instanceof WrittenNumber && !/String/.test(remaining.type) ? a.value.value : a.value,
      )
    await put(
      b,
      remaining,
      values.length === 1 && isSequence(values[0])
        ? values[0]
        : remaining.type === 'System.Object'
          ? new PSList('System.Collections.Generic.List`1[[System.Object]]', values)
          : values,
      cx,
    )
  }
  const [extra] = rest
  if (extra && target.advanced)
    bindFault(
      target,
      'PositionalParameterNotFound',
      `A positional parameter cannot be found that accepts argument '${toText(extra.value)}'.`,
    )
  b.rest = rest
}

/** Settles the parameter set, and fails where a mandatory parameter has no value and the pipeline cannot give it. */
export function settle(b: Binding, piped: boolean): void {
  const { target } = b
  if (b.sets.size > 1 && !b.sets.has('*')) {
    const complete = [...b.sets].filter(set => missingIn(b, set, piped).length === 0)
    if (b.sets.has(target.defaultSet) && complete.includes(target.defaultSet))
      b.sets = new Set([target.defaultSet])
    else if (complete.length === 1) b.sets = new Set(complete)
    else if (!piped && b.sets.has(target.defaultSet)) b.sets = new Set([target.defaultSet])
    else if (!piped)
      bindFault(
        target,
        'AmbiguousParameterSet',
        'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
      )
    else if (b.sets.has(target.defaultSet) && complete.length === 0) b.sets = new Set([target.defaultSet])
  }
  const missing = missingIn(b, b.set, piped)
  if (missing.length > 0)
    bindFault(
      target,
      'MissingMandatoryParameter',
      `Cannot process command because of one or more missing mandatory parameters: ${missing.map(p => p.name).join(' ')}.`,
    )
}

function missingIn(b: Binding, set: string, piped: boolean): Parameter[] {
  return b.target.parameters.filter(p => {
    const info = p.sets.get(set) ?? p.sets.get('*')
    return info?.mandatory && !b.bound.has(p.name.toLowerCase()) && !(piped && (info.byValue || info.byName))
  })
}

/** Binds one pipeline object; false when nothing takes it. */
export async function bindInput(
  b: Binding,
  input: unknown,
  cx: Context,
): Promise<Map<string, unknown> | null> {
  const found = new Map<string, unknown>()
  const info = (p: Parameter): SetInfo | undefined =>
    b.sets.has('*') || p.sets.has('*')
      ? (p.sets.get('*') ?? [...p.sets.values()][0])
      : [...p.sets].find(([name]) => b.sets.has(name))?.[1]
  const open = b.target.parameters.filter(p => !b.bound.has(p.name.toLowerCase()))
  let failure: unknown = null
  const byValue = open.filter(p => info(p)?.byValue)
  const exact = byValue.filter(p => p.type !== 'System.Object' && isOfType(input, p.type))
  let any = false
  for (const p of exact.length > 0 ? exact : []) {
    found.set(p.name.toLowerCase(), await accept(b.target, p, input, cx))
    any = true
  }
  if (!any) {
    for (const p of byValue.filter(one => one.type === 'System.Object' || one.type === `${A}PSObject`)) {
      found.set(p.name.toLowerCase(), await accept(b.target, p, input, cx))
      any = true
    }
  }
  for (const p of open.filter(one => info(one)?.byName && !found.has(one.name.toLowerCase()))) {
    const value = await named(input, p, cx)
    if (value === undefined) continue
    found.set(p.name.toLowerCase(), await accept(b.target, p, value, cx))
    any = true
  }
  if (!any) {
    for (const p of byValue) {
      try {
        found.set(p.name.toLowerCase(), await accept(b.target, p, input, cx))
        any = true
        break
      } catch (fault) {
        if (!(fault instanceof PSThrow)) throw fault
        failure = fault
      }
    }
  }
  // A value that cannot be converted is one that nothing takes.
  if (!any && failure instanceof PSThrow && !/TransformationError|CannotConvert/.test(failure.record.id))
    throw failure
  return any ? found : null
}

async function named(input: unknown, p: Parameter, cx: Context): Promise<unknown> {
  if (isNull(input) || (typeof input === 'string' && p.name.toLowerCase() !== 'length')) return undefined
  for (const name of [p.name, ...p.aliases]) {
    if (input instanceof PSHash) return undefined
    if (input instanceof PSObj || input instanceof PSEntry) {
      if (input instanceof PSObj && !input.props.has(name.toLowerCase())) continue
      const value = await propertyOr(input, name, cx, undefined)
      if (value !== undefined) return value
    }
  }
  return undefined
}

export { truth, typeOf }
