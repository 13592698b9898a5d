import type { PipelineElement, Redirection, Statement } from '../language/ast'
import { refuse } from '../refusal'
import { isNull, NetObject, NOTHING, PSErrorRecord, PSStreamRecord } from '../values/model'
import { toText } from '../values/text'
import type { Argument, Context, Sink, Stage, Streams } from './context'
import { badEnumeration, enumerate, isSequence, pipedItems, watched } from './enumerate'
import { FailedPipeline, PSThrow, StopPipeline } from './errors'
import { evaluate } from './evaluate'
import { cmdletNamed, findCommand, notFound } from './find-command'
import { commandStages, stageFor } from './pipeline-commands'
import { asThrow } from './thrown'

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
      for (const n of from)
        if (n !== one.to) streams = streams.with(n, one.to === 1 && n === 2 ? merging(into, cx) : into)
      continue
    }
    const target = one.target ? await evaluate(one.target, cx) : null
    if (!isNull(target)) refuse('redirection to a file')
    for (const n of from) streams = streams.with(n, n >= 3 ? hidden(streams.sinks[n]) : () => {})
  }
  return streams
}

/** An error among the output is another record than the one on `$Error`: only that one is shown as output. */
const merging =
  (into: Sink, cx: Context): Sink =>
  v =>
    into(
      v instanceof PSErrorRecord ? Object.assign(v.copy(), { origin: v.origin ?? v, merged: cx.source }) : v,
    )

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
    const commands = elements
      .slice(begin)
      .map((node, i) =>
        node.kind === 'command'
          ? { node, cx: contexts[begin + i] ?? cx, piped: begin + i > 0 }
          : refuse('an expression in the middle of a pipeline'),
      )
    for (const [i, stage] of (await commandStages(commands, owner)).entries()) stages[begin + i] = stage
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
