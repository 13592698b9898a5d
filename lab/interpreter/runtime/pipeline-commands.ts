import type { CommandNode, Expression } from '../language/ast'
import { refuse } from '../refusal'
import { isNull, NetObject, PSScriptBlock, WrittenNumber } from '../values/model'
import { isNumber } from '../values/numbers'
import { toText } from '../values/text'
import { plain } from './apply'
import { cmdletStage } from './cmdlet-stage'
import type { Argument, Context, Stage } from './context'
import { enumerate, isSequence } from './enumerate'
import { raise } from './errors'
import { evaluate } from './evaluate'
import { type Found, findCommand, notFound } from './find-command'
import { functionStage } from './function-stage'
import { invocationAt } from './reporting'
import { splatted } from './splatting'
import { asThrow } from './thrown'
import { readVariable } from './variables'

/** A command of a pipeline as it is written, and what its streams lead to. */
export type WrittenCommand = { node: CommandNode; cx: Context; piped: boolean }

/** The same with the value of its name and of its arguments, and then with what its name runs. */
type Named = WrittenCommand & { head: Expression; name: unknown; args: Argument[] }
type Known = Named & { found: NonNullable<Found> }

/**
 * The stages of a pipeline's commands: first all names and arguments get their values, then each name is looked up, then
 * each command is bound. So an unknown command is said before what is wrong with another one's parameters.
 */
export async function commandStages(commands: WrittenCommand[], owner: object): Promise<Stage[]> {
  const named: Named[] = []
  for (const command of commands) named.push(await withValues(command))
  const known: Known[] = []
  for (const one of named)
    known.push({ ...one, found: await placed(one, one.head, () => lookedUp(one.name, one)) })
  const stages: Stage[] = []
  for (const { found, args, ...one } of known) {
    const options = {
      piped: one.piped,
      dotted: one.node.operator === '.',
      invokedAs: one.node.operator || (typeof one.name === 'string' ? one.name : ''),
    }
    const stage = await placed(one, one.node, () => stageFor(found, args, one.cx, one.node, options))
    stages.push(Object.assign(stage, { owner }))
  }
  return stages
}

async function withValues(command: WrittenCommand): Promise<Named> {
  const { node, cx } = command
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
  if (cx.scope.strictness >= 2 && calledLikeMethod(node)) refuse('f(…) in strict mode')
  const args = await placed({ ...command, name }, node, () => argumentsOf(node, cx))
  return { ...command, head, name, args }
}

function lookedUp(name: unknown, { node, cx }: WrittenCommand): NonNullable<Found> {
  const text = isNull(name) ? '' : toText(name)
  const runs = name instanceof PSScriptBlock || name instanceof NetObject
  if (runs || text !== '') return findCommand(name, cx) ?? notFound(text)
  return raise({
    message: `The expression after '${node.operator}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
    id: 'BadExpression',
    category: 'InvalidOperation',
    target: name,
  })
}

/** Runs a step before a command itself runs: what goes wrong in it stands at `place`, unless it has a place already. */
async function placed<T>(
  { node, cx, name }: WrittenCommand & { name: unknown },
  place: Expression | CommandNode,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (fault) {
    const thrown = asThrow(fault, cx, node)
    if (thrown && (place !== node || thrown.record.invocation?.text === undefined))
      thrown.record.invocation = invocationAt(cx, place, '', '', node.operator || toText(name))
    throw thrown ?? fault
  }
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

/** Makes the stage that runs a command. */
export async function stageFor(
  found: Exclude<Found, null>,
  args: Argument[],
  cx: Context,
  node: { start: number; end: number },
  options: { piped: boolean; dotted: boolean; invokedAs: string },
): Promise<Stage> {
  if (args.some(one => one.name === '?')) refuse("a command's help (-?)")
  if (found.kind === 'cmdlet') return cmdletStage(found.cmdlet, args, cx, node, options)
  return functionStage(found, args, cx, node, options)
}

/** In strict mode `f(1, 2)` is an error of its own. */
function calledLikeMethod(node: CommandNode): boolean {
  const [name, first] = node.elements
  return node.elements.length === 2 && first?.kind === 'paren' && first.start === name?.end
}
