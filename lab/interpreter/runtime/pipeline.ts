import { existsSync, readFileSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import type { CommandNode, Expression, PipelineElement, Redirection, Statement } from '../language/ast'
import { ParseError } from '../language/parse-error'
import { Parser } from '../language/parser'
import { SourceText } from '../language/source'
import { refuse } from '../refusal'
import {
  isNull,
  NetObject,
  NOTHING,
  PSErrorRecord,
  PSException,
  PSScriptBlock,
  PSStreamRecord,
  WrittenNumber,
} from '../values/model'
import { isNumber } from '../values/numbers'
import { toText } from '../values/text'
import { plain } from './apply'
import { cmdletStage } from './cmdlet-stage'
import type { Argument, Cmdlet, Context, Sink, Stage, Streams } from './context'
import { badEnumeration, enumerate, isSequence, pipedItems, watched } from './enumerate'
import { FailedPipeline, PSThrow, raise, StopPipeline } from './errors'
import { evaluate } from './evaluate'
import { functionStage } from './function-stage'
import { ALIASES, REAL_COMMANDS } from './real-commands'
import { invocationAt } from './reporting'
import { splatted } from './splatting'
import { asThrow } from './thrown'
import { readVariable } from './variables'

export type Found =
  | { kind: 'function'; block: PSScriptBlock; name: string }
  | { kind: 'script'; block: PSScriptBlock; name: string; path: string }
  | { kind: 'block'; block: PSScriptBlock; name: string }
  | { kind: 'cmdlet'; cmdlet: Cmdlet; name: string }
  | null

/** Scripts read before, by path: what has not changed is not parsed again. */
const parsed = new Map<string, PSScriptBlock>()
const KEPT = 100

/** Reads a script file as a script block. */
export function loadScript(path: string): PSScriptBlock {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  const known = parsed.get(path)
  if (known?.source.text === text) return known
  const source = new SourceText(text, path)
  try {
    const block = new PSScriptBlock(new Parser(text).script(), source)
    if (parsed.size >= KEPT) parsed.clear()
    parsed.set(path, block)
    return block
  } catch (fault) {
    if (!(fault instanceof ParseError)) throw fault
    const at = source.place(Math.min(fault.offset, text.length))
    const exception = new PSException(
      'System.Management.Automation.ParseException',
      `At ${path}:${at.line} char:${at.column}\n+ ${source.line(at.line)}\n+ ${' '.repeat(at.column - 1)}~\n${fault.message}`,
    )
    throw new PSThrow(new PSErrorRecord(exception, fault.id, 'ParserError'))
  }
}

/** Finds what a name runs. */
export function findCommand(given: unknown, cx: Context): Found {
  if (given instanceof PSScriptBlock) return { kind: 'block', block: given, name: '' }
  if (given instanceof NetObject && given.get['#block'])
    return { kind: 'function', block: given.get['#block']() as PSScriptBlock, name: given.text() }
  if (given instanceof NetObject && given.get['#script']) return given.get['#script']() as Found
  const name = toText(given)
  return byName(name, cx, 0)
}

/** The cmdlet that a name stands for, where no function takes its place. */
export function cmdletNamed(name: string, cx: Context): Cmdlet | undefined {
  const lower = name.toLowerCase()
  const known = (cx.scope.findAlias(name) ?? ALIASES[lower] ?? lower).toLowerCase()
  if (cx.scope.findFunction(known) || cx.scope.findFunction(lower)) return undefined
  return cx.session.cmdlets.get(known)
}

/** Whether a name is a command of the real shell that is not known here. */
export function isRefusedCommand(name: string, cx: Context): boolean {
  const lower = name.toLowerCase()
  const known = (cx.scope.findAlias(name) ?? ALIASES[lower] ?? lower).toLowerCase()
  if (cx.scope.findFunction(known) || cx.scope.findFunction(lower) || cx.session.cmdlets.has(known))
    return false
  return REAL_COMMANDS.has(known) || (bare(known) && REAL_COMMANDS.has(`get-${known}`))
}

/** Whether a name that stands for nothing is looked for with `Get-` before it. */
const bare = (name: string): boolean => name !== '' && !/[-\\/]/.test(name)

function byName(name: string, cx: Context, depth: number): Found {
  const lower = name.toLowerCase()
  const alias = cx.scope.findAlias(name) ?? ALIASES[lower]
  if (alias !== undefined && depth < 5) return byName(alias, cx, depth + 1)
  const scoped = /^(global|script|local):(.+)$/i.exec(name)
  const block = cx.scope.findFunction(scoped?.[2] ?? name)
  if (block) return { kind: 'function', block, name: block.name || name }
  const short = lower
    .replace(/^microsoft\.powershell\.(utility|core|management)\\/, '')
    .replace(/^(skypeforbusiness|microsoftteams|adsync)\\/, '')
  const cmdlet = cx.session.cmdlets.get(short)
  if (cmdlet) return { kind: 'cmdlet', cmdlet, name: cmdlet.name }
  if (REAL_COMMANDS.has(short)) return refuse(`the command ${name}`)
  if (/[\\/]/.test(name)) {
    const path = isAbsolute(name) ? name : resolve(cx.session.location, name)
    if (/\.ps1$/i.test(name) && existsSync(path))
      return { kind: 'script', block: loadScript(path), name: path.replace(/^.*[\\/]/, ''), path }
    if (existsSync(path)) return refuse(`the program ${name}`)
    return null
  }
  if (name && onPath(name)) return refuse(`the program ${name}`)
  return bare(name) ? byName(`Get-${name}`, cx, depth + 1) : null
}

function onPath(name: string): boolean {
  if (/[\0*?]/.test(name)) return false
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, name)))
}

export function notFound(name: string): never {
  // What stands before a backslash is taken for a module.
  const module = /^([\p{L}\p{Nd}_][^\\]*)\\/u.exec(name)?.[1]
  if (module && !module.endsWith(':')) {
    if (!/^[\w.]+$/.test(module)) refuse(`the command ${name}`)
    return raise({
      message: `The module '${module}' could not be loaded. For more information, run 'Import-Module ${module}'.`,
      id: 'CouldNotAutoLoadModule',
      category: 'ObjectNotFound',
      type: 'System.Management.Automation.CommandNotFoundException',
      target: name,
    })
  }
  if (/^\/.*\\/.test(name)) refuse(`the command ${name}`)
  return raise({
    message: `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    id: 'CommandNotFoundException',
    category: 'ObjectNotFound',
    type: 'System.Management.Automation.CommandNotFoundException',
    target: name,
  })
}

/** The arguments of a command as written: names, values and what splatting adds. */
async function argumentsOf(node: CommandNode, cx: Context): Promise<Argument[]> {
  const args: Argument[] = []
  for (const element of node.elements.slice(1)) {
    if (element.kind === 'parameter') {
      const value = element.argument ? await argument(element.argument, cx) : null
      args.push({
        name: element.name,
        value,
        given: element.argument !== null,
        text: `${cx.source.text[element.start] ?? '-'}${element.name}${element.argument ? ':' : ''}`,
      })
    } else if (element.kind === 'variable' && element.splat)
      args.push(...splatted(plain(readVariable(cx, element.name))))
    else
      args.push({
        name: null,
        value: await argument(element, cx),
        given: true,
        text: cx.source.text.slice(element.start, element.end),
      })
  }
  return args
}

async function argument(e: Expression, cx: Context): Promise<unknown> {
  if (e.kind === 'constant' && isNumber(e.value))
    return new WrittenNumber(e.value, cx.source.text.slice(e.start, e.end))
  if (e.kind === 'list') {
    const items: unknown[] = []
    for (const item of e.items) items.push(plain(await evaluate(item, cx)))
    return items
  }
  return plain(await evaluate(e, cx))
}

/** Errors of a block that ForEach-Object or Where-Object runs do not go where the cmdlet's own are redirected. */
function blockRunner(element: PipelineElement, cx: Context): boolean {
  if (element.kind !== 'command' || !element.redirections.some(one => one.from === 2)) return false
  const [head] = element.elements
  if (head?.kind !== 'string') return false
  return /^(ForEach|Where)-Object$/.test(cmdletNamed(head.value, cx)?.name ?? '')
}

/** Errors of an element before the last are not collected by an -ErrorVariable around the pipeline. */
const beforeLast =
  (sink: Sink | undefined): Sink =>
  v => {
    if (v instanceof PSErrorRecord) v.early = true
    return sink?.(v)
  }

/** Of a leading expression only `( )` and `$( )` send merged streams into the pipeline; of others they go where its output goes. */
const mergesOutside = (element: PipelineElement): boolean =>
  element.kind === 'expression' &&
  element.expression.kind !== 'paren' &&
  element.expression.kind !== 'subexpression'

/** The streams behind redirections. */
async function redirected(redirections: Redirection[], cx: Context): Promise<Streams> {
  let { streams } = cx
  for (const one of redirections) {
    const from = one.from === '*' ? [1, 2, 3, 4, 5, 6] : [one.from]
    if (one.to !== null) {
      const into: Sink = streams.sinks[one.to] ?? (() => {})
      for (const n of from) if (n !== one.to) streams = streams.with(n, into)
      continue
    }
    const target = one.target ? await evaluate(one.target, cx) : null
    if (!isNull(target)) refuse('redirection to a file')
    for (const n of from) streams = streams.with(n, n >= 3 ? hidden(streams.sinks[n]) : () => {})
  }
  return streams
}

/** Whether what an element puts out goes to `$null`: the next element then gets nothing. */
const dropsOutput = ({ redirections }: PipelineElement): boolean =>
  redirections.some(one => one.to === null && (one.from === 1 || one.from === '*'))

/** Warnings and their like that go to $null stay on their stream; only the host does not show them. */
const hidden =
  (sink: Sink | undefined): Sink =>
  v => {
    if (v instanceof PSStreamRecord) v.quiet = true
    return sink?.(v)
  }

/** Makes the stage that runs a command. */
export async function stageFor(
  found: Exclude<Found, null>,
  args: Argument[],
  cx: Context,
  node: { start: number; end: number },
  options: { piped: boolean; dotted: boolean; invokedAs: string },
): Promise<Stage> {
  if (found.kind === 'cmdlet') return cmdletStage(found.cmdlet, args, cx, node, options)
  return functionStage(found, args, cx, node, options)
}

/** In strict mode `f(1, 2)` is an error of its own. */
function calledLikeMethod(node: CommandNode): boolean {
  const [name, first] = node.elements
  return node.elements.length === 2 && first?.kind === 'paren' && first.start === name?.end
}

/** What comes before the element that has enough is not ended; what comes after is. */
function afterStopper(fault: unknown, stages: Stage[]): number {
  const stopper = fault instanceof StopPipeline ? stages.findIndex(stage => stage?.token === fault.owner) : -1
  if (stopper < 0) throw fault
  return stopper + 1
}

export async function runPipeline(
  elements: PipelineElement[],
  cx: Context,
  statement: Statement,
): Promise<void> {
  const owner = {}
  const stages: Stage[] = []
  const last = elements.length - 1
  const first = elements[0]
  // Stages are made from the last to the first, so that each knows where its output goes.
  const begun: boolean[] = []
  const early: unknown[][] = elements.map(() => [])
  const after =
    (i: number): Sink =>
    async v => {
      // What is put out before the next element has begun waits for it.
      if (!begun[i + 1]) return void early[i + 1]?.push(v)
      try {
        await stages[i + 1]?.process(v)
      } catch (fault) {
        throw asThrow(fault, cx, statement) ? new FailedPipeline(owner, fault) : fault
      }
    }
  const contexts: Context[] = []
  for (const [i, element] of elements.entries()) {
    const piece =
      i === last || mergesOutside(element)
        ? cx
        : cx.with({ streams: cx.streams.with(1, after(i)).with(2, beforeLast(cx.streams.sinks[2])) })
    if (blockRunner(element, cx)) refuse('redirected errors of a command that runs script blocks')
    contexts.push(
      element.redirections.length > 0
        ? piece.with({ streams: await redirected(element.redirections, piece) })
        : piece,
    )
  }
  // How the elements end decides about $?, not what they run.
  const outcome = () => {
    cx.session.ok = !stages.some(stage => stage?.failed?.())
  }
  try {
    let begin = 0
    let values: unknown = NOTHING
    if (first?.kind === 'expression') {
      const own = contexts[0] ?? cx
      // What leaves the expression early puts its values out here, not to the next element.
      const outer = last === 0 ? own.streams : own.streams.with(1, cx.streams.sinks[1] ?? (() => {}))
      values = await evaluate(first.expression, own.with({ streams: outer }))
      if (dropsOutput(first)) values = NOTHING
      begin = 1
      if (last === 0) {
        for (const item of itemsFor(values)) await own.output(item)
        return outcome()
      }
    }
    for (let i = begin; i <= last; i++) {
      const element = elements[i]
      const own = contexts[i] ?? cx
      if (element?.kind !== 'command') return refuse('an expression in the middle of a pipeline')
      stages[i] = await commandStage(element, own, i > 0, owner)
    }
    let from = begin
    try {
      for (let i = begin; i <= last; i++) {
        await stages[i]?.begin()
        begun[i] = true
      }
      // What the leading expression itself put out, on streams that are merged, comes before its values.
      for (let i = last; i >= begin; i--) for (const value of early[i] ?? []) await stages[i]?.process(value)
      if (begin === 1) {
        const changed = watched(values)
        for (const item of itemsFor(values)) {
          await stages[1]?.process(item)
          if (changed()) badEnumeration()
        }
      } else await stages[0]?.process(NOTHING)
    } catch (fault) {
      from = afterStopper(fault, stages)
    }
    for (let i = from; i <= last; i++) {
      try {
        await stages[i]?.end()
      } catch (fault) {
        i = afterStopper(fault, stages) - 1
      }
    }
    outcome()
  } catch (flow) {
    if (flow instanceof StopPipeline && flow.owner === owner) return outcome()
    const fault = flow instanceof FailedPipeline && flow.owner === owner ? flow.fault : flow
    // Where errors are redirected, the real shell goes on after such an error.
    if (
      fault instanceof PSThrow &&
      fault.record.exception.type.endsWith('.ParentContainsErrorRecordException') &&
      elements.some(one => one.redirections.some(({ from }) => from === 2 || from === '*'))
    )
      refuse('redirected errors of what stops by its own preference')
    throw asThrow(fault, cx, statement) ?? fault
  }
}

function itemsFor(values: unknown): unknown[] {
  if (values === NOTHING || values === undefined) return []
  if (isSequence(values)) return pipedItems(values)
  if (values instanceof NetObject && values.methods['#items']) return [...enumerate(values)]
  return [values]
}

async function commandStage(node: CommandNode, cx: Context, piped: boolean, owner: object): Promise<Stage> {
  const [head] = node.elements
  if (!head || head.kind === 'parameter') return refuse('a command without a name')
  let name =
    head.kind === 'variable' && node.operator === ''
      ? refuse('a variable as a command')
      : await evaluate(head, cx)
  if (isSequence(name)) {
    const [only] = enumerate(name)
    name = enumerate(name).length === 1 ? only : refuse('several commands at once')
  }
  const invocation = invocationAt(cx, node, '', '', node.operator || toText(name))
  try {
    if (
      isNull(name) ||
      (typeof name !== 'string' && !(name instanceof PSScriptBlock) && !(name instanceof NetObject)) ||
      name === ''
    ) {
      return raise({
        message: `The expression after '${node.operator}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
        id: 'BadExpression',
        category: 'InvalidOperation',
        target: name,
      })
    }
    if (cx.scope.strictness >= 2 && calledLikeMethod(node)) refuse('f(…) in strict mode')
    const args = await argumentsOf(node, cx)
    const found = findCommand(name, cx) ?? notFound(toText(name))
    const stage = await stageFor(found, args, cx, node, {
      piped,
      dotted: node.operator === '.',
      invokedAs: node.operator || (typeof name === 'string' ? name : ''),
    })
    return Object.assign(stage, { owner })
  } catch (fault) {
    const thrown = asThrow(fault, cx, node)
    if (
      thrown &&
      (thrown.record.invocation?.text === undefined ||
        thrown.record.id.startsWith('CommandNotFoundException'))
    )
      thrown.record.invocation = invocation
    throw thrown ?? fault
  }
}

/** Runs a command by name, without a pipeline around it. */
export async function runCommand(name: unknown, args: Argument[], cx: Context): Promise<void> {
  const found = findCommand(name, cx) ?? notFound(toText(name))
  const stage = await stageFor(
    found,
    args,
    cx,
    { start: 0, end: 0 },
    { piped: false, dotted: false, invokedAs: toText(name) },
  )
  await stage.begin()
  await stage.process(NOTHING)
  await stage.end()
}
