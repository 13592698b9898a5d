import type { CommandNode } from '../language/ast'
import { refuse } from '../refusal'
import {
  type Invocation,
  NetObject,
  NOTHING,
  PSHash,
  PSList,
  type PSScriptBlock,
  WrittenNumber,
} from '../values/model'
import { toText } from '../values/text'
import type { BindTarget } from './accept'
import { type Binding, bindArguments, settle } from './binder'
import { cmdletObject } from './cmdlet-object'
import { capturing } from './common-parameters'
import type { Argument, Context, Frame, Stage } from './context'
import { PSThrow, ReturnFlow, raise } from './errors'
import { inputOf } from './input'
import { COMMON_PARAMETERS, CONFIRM_PARAMETERS, commonName } from './known-parameters'
import { leftCommand } from './leaving'
import { bindDefaults, setParameter, unwrap } from './parameter-values'
import { type Signature, signatureOf } from './parameters'
import { bindInput, notTaken, type Taken } from './pipeline-binding'
import { invocationInfo } from './records'
import { invocationAt, positionMessage, writeError } from './reporting'
import { Scope } from './scope'
import { writtenArguments } from './splatting'
import { isOdd } from './written-numbers'

/** What `$input` is in the blocks of a function that binds as a cmdlet does, before its end. */
const LIST = 'System.Collections.ArrayList'

type Callable = { kind: string; block: PSScriptBlock; name: string; path?: string }
type Options = {
  piped: boolean
  dotted: boolean
  invokedAs: string
  item?: { value: unknown }
  /** The console calls it, and no line of a script. */
  fromConsole?: boolean
}

/** What binds as a cmdlet does has the common parameters, and cannot declare one of their names. */
function forbidCommonNames({ advanced, shouldProcess, parameters }: Signature): void {
  const taken = parameters.flatMap(({ name, aliases }) => [name, ...aliases].map(text => text.toLowerCase()))
  if (new Set(taken).size < taken.length) refuse('a parameter named like the alias of another one')
  if (!advanced) return
  const common = [...COMMON_PARAMETERS, ...(shouldProcess ? CONFIRM_PARAMETERS : [])]
  for (const { name, aliases } of parameters)
    for (const one of common) {
      if (name.toLowerCase() === one.name.toLowerCase())
        raise({
          message: `A parameter with the name '${one.name}' was defined multiple times for the command.`,
          id: 'ParameterNameAlreadyExistsForCommand',
          category: 'MetadataError',
          type: 'System.Management.Automation.MetadataException',
        })
      const theirs = [one.name, ...one.aliases].map(text => text.toLowerCase())
      if ([name, ...aliases].some(text => theirs.includes(text.toLowerCase())))
        refuse('a parameter named like the alias of a common one')
    }
}

/** A function, script or script block as an element of a pipeline. */
export async function functionStage(
  found: Callable,
  args: Argument[],
  caller: Context,
  node: { start: number; end: number },
  options: Options,
): Promise<Stage> {
  const { block } = found
  if (found.kind === 'script') caller.session.check(block, caller)
  if (caller.session.nesting > 400) throw new RangeError('Maximum call stack size exceeded')
  const scope = options.dotted ? caller.scope : new Scope(caller.scope, found.kind === 'script', true)
  if (block.closure instanceof Map)
    for (const [name, value] of block.closure as Map<string, unknown>) scope.set(name, value)
  let cx = caller.with({ scope, source: block.source })
  const signature = await signatureOf(block, cx)
  const invocation: Invocation = {
    ...invocationAt(
      caller,
      node,
      found.name,
      // A block that binds as a cmdlet does is a function without a name.
      found.kind === 'script'
        ? 'ExternalScript'
        : found.name === '' && !signature.advanced
          ? 'Script'
          : block.node.isFilter
            ? 'Filter'
            : 'Function',
      options.invokedAs || found.name || (node as Partial<CommandNode>).operator || '',
    ),
  }
  forbidCommonNames(signature)
  const target: BindTarget = {
    name: found.name,
    id: found.name,
    parameters: signature.parameters,
    defaultSet: signature.defaultSet,
    advanced: signature.advanced,
    shouldProcess: signature.shouldProcess,
    isFunction: true,
  }
  const frame: Frame = {
    name: found.name,
    block,
    advanced: signature.advanced,
    invocation,
    shouldProcess: signature.shouldProcess,
    confirmImpact: signature.confirmImpact,
    bound: new Map(),
    parameterSet: '__AllParameterSets',
    errorSink: null,
    expectingInput: options.piped,
    parent: caller.frame,
  }
  cx = cx.with({ frame })
  let binding: Binding
  try {
    binding = await bindArguments(target, args.map(unwritten(signature)), cx, options.piped)
    if (signature.advanced) settle(binding, options.piped, cx)
    else settleSimple(binding, options.piped, cx)
  } catch (fault) {
    if (fault instanceof PSThrow) {
      if (fault.record.reason.startsWith('ParameterBinding')) fault.record.activity = found.name
      fault.record.invocation ??= invocationAt(caller, node, found.name, 'Function')
    }
    throw fault
  }
  const common = await capturing(binding.common, cx, caller)
  cx = common.cx
  const inputs: unknown[] = []
  const bound = new PSHash('System.Management.Automation.PSBoundParametersDictionary')
  const named = new Map(signature.parameters.map(p => [p.name.toLowerCase(), p.name]))
  for (const key of new Set([...binding.order, ...binding.bound.keys()]))
    if (binding.bound.has(key)) bound.set(named.get(key) ?? key, binding.bound.get(key))
    else bound.set(commonName(key), binding.common.get(key))
  const own = () => {
    scope.set('args', writtenArguments(binding.rest))
    scope.set('PSBoundParameters', bound)
    scope.set(
      'MyInvocation',
      Object.assign(
        invocationInfo({
          ...invocation,
          commandType: invocation.commandType || 'Script',
          bound,
          expecting: options.piped,
          unbound: binding.rest.map(a => unwrap(a.value)),
          position: positionMessage(invocation, caller.source.line(invocation.line)),
          // A whole script was called from no line.
          ...(options.fromConsole || (invocation.name === '' && caller.frame === null) ? NO_PLACE : {}),
          ...(options.fromConsole ? { calledFrom: '' } : {}),
        } as Invocation),
        {},
      ),
    )
    if (invocation.name === '' && caller.frame !== null) hidePlace(scope.own('MyInvocation')?.value)
    if (signature.advanced)
      scope.set(
        'PSCmdlet',
        cmdletObject(() => cx, frame, bound, binding),
      )
    if (options.item) scope.set('_', options.item.value)
  }
  const { node: body } = block
  const run = async (part: typeof body.end) => {
    if (!part) return
    const { session } = cx
    const { ok } = session
    void ok
    session.nesting++
    try {
      await session.block(part, cx)
    } catch (flow) {
      if (flow instanceof PSThrow && flow.leaving === frame) flow.leaving = null
      if (flow instanceof ReturnFlow) return
      throw signature.advanced
        ? leftCommand(flow, { name: found.name, id: found.name, invocation }, cx)
        : flow
    } finally {
      session.nesting--
    }
  }
  /** What the parameters hold that the pipeline may give, before it does; and those that the last object gave. */
  const unpiped = new Map<string, unknown>()
  let given: string[] = []
  const bindPiped = async (value: unknown): Promise<boolean> => {
    let taken: Taken
    for (const p of signature.parameters) {
      const key = p.name.toLowerCase()
      if (given.includes(key)) {
        setParameter(scope, p, unpiped.get(key))
        bound.delete(p.name)
      } else if (!binding.bound.has(key) && !unpiped.has(key))
        unpiped.set(key, scope.own(p.name)?.value ?? null)
    }
    given = []
    try {
      taken = await bindInput(binding, value, cx)
    } catch (fault) {
      if (!(fault instanceof PSThrow)) throw fault
      fault.record.activity = found.name
      fault.record.unbound = binding.common
      fault.record.invocation ??= invocationAt(caller, node, found.name, 'Function')
      await writeError(cx, fault.record)
      return false
    }
    if (taken.kind !== 'bound') {
      if (!signature.advanced) return true
      const record = notTaken(taken, found.name, value)
      record.unbound = binding.common
      record.invocation = invocationAt(caller, node, found.name, 'Function')
      await writeError(cx, record)
      return false
    }
    frame.parameterSet = binding.set
    for (const p of signature.parameters) {
      const key = p.name.toLowerCase()
      if (!taken.values.has(key)) continue
      given.push(key)
      setParameter(scope, p, taken.values.get(key))
      bound.set(p.name, taken.values.get(key))
    }
    return true
  }
  const stage = common.around({
    async begin() {
      own()
      await bindDefaults(binding, signature, scope, cx)
      frame.parameterSet = binding.set
      if (options.piped && !body.process && !body.begin) return
      if (body.begin) {
        scope.set('input', signature.advanced ? new PSList(LIST) : inputOf([]))
        await run(body.begin)
      }
    },
    async process(value) {
      if (value === NOTHING) {
        if (body.process) await run(body.process)
        else if (body.isFilter) await run(body.end)
        return
      }
      if (body.process || body.isFilter) {
        if (!(await bindPiped(value))) return
        scope.set('_', value)
        scope.set('input', signature.advanced ? new PSList(LIST, [value]) : inputOf([value]))
        await run(body.isFilter && !body.named ? body.end : body.process)
        return
      }
      if (
        signature.parameters.some(p => [...p.sets.values()].some(s => s.byValue || s.byName)) ||
        signature.advanced
      ) {
        if (!(await bindPiped(value))) return
      }
      inputs.push(value)
    },
    async end() {
      if (body.isFilter && !body.named) return
      scope.set('input', signature.advanced ? inputs : inputOf(inputs))
      if (!options.item && options.piped && inputs.length > 0 && signature.advanced)
        scope.set('_', inputs[inputs.length - 1])
      await run(body.end)
    },
  })
  return Object.assign(stage, { failed: () => frame.failed === true })
}

const NO_PLACE = { lineText: '', wholeLine: '', line: 0, column: 0, text: '', position: '' }

/** The $MyInvocation of a block that a method or a cmdlet runs for each item: no command, and a place not known here. */
export function blockInvocation(cx: Context): NetObject {
  const made = invocationInfo({
    ...NO_PLACE,
    command: '',
    commandType: '',
    name: '',
    script: cx.source.file ?? '',
  })
  hidePlace(made)
  return made
}

/** Where code called a block from is not known here. */
function hidePlace(invocation: unknown): void {
  if (!(invocation instanceof NetObject)) return
  for (const name of ['scriptlinenumber', 'offsetinline', 'line', 'statement', 'positionmessage'])
    invocation.get[name] = () => refuse('where a block was called from')
}

/** Numbers keep their text only for parameters that take text. */
const unwritten =
  (signature: Signature) =>
  (arg: Argument): Argument => {
    if (signature.parameters.some(p => p.type === 'System.String' || p.type === 'System.String[]')) return arg
    if (isOdd(arg.value) && !signature.parameters.some(p => p.ofSet)) return arg
    const value = unwrap(arg.value)
    // A set of values is held against the number as it was written.
    if (arg.value instanceof WrittenNumber && signature.parameters.some(p => p.ofSet))
      if (arg.value.text !== toText(value)) refuse('such a number for a parameter with a set of values')
    return { ...arg, value }
  }

function settleSimple(b: Binding, piped: boolean, cx: Context): void {
  if (b.target.parameters.some(p => [...p.sets.values()].some(s => s.mandatory))) settle(b, piped, cx)
}
