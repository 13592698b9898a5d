import { refuse } from '../refusal'
import { truth } from '../values/convert'
import {
  type Invocation,
  isNull,
  NetObject,
  NOTHING,
  PSErrorRecord,
  PSHash,
  PSList,
  type PSScriptBlock,
  PSStreamRecord,
  PSSwitch,
} from '../values/model'
import { toText } from '../values/text'
import type { BindTarget } from './accept'
import { plain } from './apply'
import { type Binding, bindArguments, settle } from './binder'
import { capturing } from './common-parameters'
import { cannotAsk, shouldProcess } from './confirmation'
import type { Argument, CallOptions, Context, Frame, Stage } from './context'
import { PSThrow, ReturnFlow } from './errors'
import { evaluate } from './evaluate'
import { type Signature, signatureOf } from './parameters'
import { bindInput, notTaken, type Taken } from './pipeline-binding'
import { invocationInfo } from './records'
import { invocationAt, positionMessage, preference, remember, report, writeError } from './reporting'
import { Scope } from './scope'

type Callable = { kind: string; block: PSScriptBlock; name: string; path?: string }
type Options = { piped: boolean; dotted: boolean; invokedAs: string; item?: { value: unknown } }

const ZERO: Record<string, unknown> = { 'System.Int32': 0, 'System.String': '', 'System.Boolean': false }

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
  const scope = options.dotted ? caller.scope : new Scope(caller.scope, found.kind === 'script')
  if (block.closure instanceof Map)
    for (const [name, value] of block.closure as Map<string, unknown>) scope.set(name, value)
  const invocation: Invocation = {
    ...invocationAt(
      caller,
      node,
      found.name,
      found.kind === 'script' ? 'ExternalScript' : 'Function',
      options.invokedAs || found.name,
    ),
  }
  let cx = caller.with({ scope, source: block.source })
  const signature = await signatureOf(block, cx)
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
    if (signature.advanced) settle(binding, options.piped)
    else settleSimple(binding, options.piped)
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
  const bound = new PSHash('System.Collections.Generic.Dictionary`2[[System.String],[System.Object]]')
  for (const p of signature.parameters)
    if (binding.bound.has(p.name.toLowerCase())) bound.set(p.name, binding.bound.get(p.name.toLowerCase()))
  for (const [name, value] of binding.common) bound.set(name, value)
  const own = () => {
    scope.set(
      'args',
      binding.rest.map(a => unwrap(a.value)),
    )
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
          lineText: caller.source.line(invocation.line),
        } as Invocation),
        {},
      ),
    )
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
      if (!(flow instanceof ReturnFlow)) throw flow
    } finally {
      session.nesting--
    }
  }
  const bindPiped = async (value: unknown): Promise<boolean> => {
    let taken: Taken
    try {
      taken = await bindInput(binding, value, cx)
    } catch (fault) {
      if (!(fault instanceof PSThrow)) throw fault
      fault.record.activity = found.name
      fault.record.invocation ??= invocationAt(caller, node, found.name, 'Function')
      await writeError(cx, fault.record)
      return false
    }
    if (taken.kind !== 'bound') {
      if (!signature.advanced) return true
      const record = notTaken(taken, found.name, value)
      record.invocation = invocationAt(caller, node, found.name, 'Function')
      await writeError(cx, record)
      return false
    }
    frame.parameterSet = binding.set
    for (const p of signature.parameters) {
      const key = p.name.toLowerCase()
      if (!taken.values.has(key)) continue
      setParameter(scope, p.name, p.type, taken.values.get(key))
      bound.set(p.name, taken.values.get(key))
    }
    return true
  }
  return common.around({
    async begin() {
      await bindDefaults(binding, signature, scope, cx)
      own()
      frame.parameterSet = binding.set
      if (options.piped && !body.process && !body.begin) return
      if (body.begin) {
        scope.set('input', [])
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
        scope.set('input', [value])
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
      scope.set(
        'input',
        new NetObject(
          'System.Collections.ArrayList+ArrayListEnumeratorSimple',
          {},
          { '#items': () => inputs.splice(0), movenext: () => refuse('$input.MoveNext') },
        ),
      )
      if (!options.item && options.piped && inputs.length > 0 && signature.advanced)
        scope.set('_', inputs[inputs.length - 1])
      if (body.named) {
        await run(body.end)
        cx.session.ok = true
        return
      }
      await run(body.end)
      cx.session.ok = true
    },
  })
}

const unwrap = (v: unknown): unknown =>
  v !== null && typeof v === 'object' && 'text' in v && 'value' in v && v.constructor.name === 'WrittenNumber'
    ? (v as { value: unknown }).value
    : v

/** Numbers keep their text only for parameters that take text. */
const unwritten =
  (signature: Signature) =>
  (arg: Argument): Argument =>
    signature.parameters.some(p => p.type === 'System.String' || p.type === 'System.String[]')
      ? arg
      : { ...arg, value: unwrap(arg.value) }

function settleSimple(b: Binding, piped: boolean): void {
  if (b.target.parameters.some(p => [...p.sets.values()].some(s => s.mandatory))) settle(b, piped)
}

function setParameter(scope: Scope, name: string, type: string, value: unknown): void {
  const v = scope.variables.get(name.toLowerCase())
  const plainValue = unwrap(value)
  if (v) v.value = plainValue
  else scope.set(name, plainValue)
  const variable = scope.own(name)
  if (variable && type !== 'System.Object') variable.type = type
}

async function bindDefaults(b: Binding, signature: Signature, scope: Scope, cx: Context): Promise<void> {
  for (const p of signature.parameters) {
    const key = p.name.toLowerCase()
    if (b.bound.has(key)) setParameter(scope, p.name, p.type, b.bound.get(key))
  }
  for (const [i, p] of signature.parameters.entries()) {
    const key = p.name.toLowerCase()
    if (b.bound.has(key)) continue
    const node = signature.nodes[i]
    if (node?.defaultValue) {
      let value = plain(await evaluate(node.defaultValue, cx))
      if (p.accept && p.type !== 'System.Object') value = await converted(p, value, cx)
      setParameter(scope, p.name, p.type, value)
    } else {
      scope.variables.delete(key)
      const remaining = [...p.sets.values()].some(s => s.remaining)
      const empty =
        p.type === 'System.Management.Automation.SwitchParameter'
          ? new PSSwitch(false)
          : /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Char|Boolean)/.test(p.type) &&
              !p.type.endsWith('[]')
            ? zero(p.type, cx)
            : (ZERO[p.type] ?? null)
      setParameter(
        scope,
        p.name,
        p.type,
        remaining && empty === null
          ? new PSList('System.Collections.Generic.List`1[[System.Object]]')
          : empty,
      )
    }
  }
}

import { castTo } from './evaluate'

const zero = (type: string, cx: Context): unknown => castTo(null, type, cx)

async function converted(p: Signature['parameters'][number], value: unknown, cx: Context): Promise<unknown> {
  return castTo(value, p.type, cx)
}

/** `$PSCmdlet`. */
function cmdletObject(cx: () => Context, frame: Frame, bound: PSHash, binding: Binding): NetObject {
  return new NetObject(
    'System.Management.Automation.PSScriptCmdlet',
    {
      parametersetname: () => binding.set,
      myinvocation: () =>
        frame.invocation
          ? invocationInfo({ ...frame.invocation, bound, expecting: frame.expectingInput } as Invocation)
          : null,
      sessionstate: () => refuse('$PSCmdlet.SessionState'),
    },
    {
      shouldprocess: args => shouldProcess(cx(), frame, args),
      shouldcontinue: ([question]) => cannotAsk(cx(), toText(question)),
      throwterminatingerror: ([record]) => {
        if (!(record instanceof PSErrorRecord)) return refuse('ThrowTerminatingError')
        if (!record.id.includes(',')) record.id = `${record.id},${frame.name}`
        record.activity = frame.name
        record.invocation ??= frame.invocation
        throw new PSThrow(record, false)
      },
      writeerror: async ([record]) => {
        if (!(record instanceof PSErrorRecord)) return refuse('WriteError')
        if (!record.id.includes(',')) record.id = `${record.id},${frame.name}`
        record.activity = frame.name
        record.invocation ??= frame.invocation
        await writeError(cx(), record)
        return NOTHING
      },
      writeobject: async ([value, each]) => {
        if (truth(each) && Array.isArray(value)) for (const item of value) await cx().output(item)
        else await cx().output(value)
        return NOTHING
      },
      writewarning: async ([text]) => {
        await report(cx(), new PSStreamRecord(3, toText(text)))
        return NOTHING
      },
      writeverbose: async ([text]) => {
        await report(cx(), new PSStreamRecord(4, toText(text)))
        return NOTHING
      },
      writedebug: async ([text]) => {
        await report(cx(), new PSStreamRecord(5, toText(text)))
        return NOTHING
      },
    },
  )
}

/** Runs a script block outside a pipeline. */
export async function invokeBlock(
  block: PSScriptBlock,
  cx: Context,
  options: CallOptions = {},
): Promise<void> {
  if (!options.sameScope) {
    const stage = await functionStage(
      { kind: 'block', block, name: block.name },
      options.args ?? [],
      cx,
      { start: 0, end: 0 },
      { piped: false, dotted: false, invokedAs: '', item: options.item },
    )
    if (options.item) cx.scope.find('_')
    await stage.begin()
    await stage.process(NOTHING)
    await stage.end()
    return
  }
  const inner = cx.with({ source: block.source })
  const { scope } = inner
  const old = scope.own('_')
  const kept = old?.value
  const oldArgs = scope.own('args')
  const keptArgs = oldArgs?.value
  if (options.item) scope.set('_', options.item.value)
  if (options.args)
    scope.set(
      'args',
      options.args.map(a => unwrap(a.value)),
    )
  if (block.node.param && block.node.param.parameters.length > 0) {
    const values = options.args ?? []
    for (const [i, p] of block.node.param.parameters.entries())
      scope.set(
        p.name,
        values[i]?.value ?? (p.defaultValue ? plain(await evaluate(p.defaultValue, inner)) : null),
      )
  }
  try {
    for (const part of [block.node.begin, block.node.process, block.node.end])
      if (part) await cx.session.block(part, inner)
  } catch (flow) {
    if (!(flow instanceof ReturnFlow)) throw flow
  } finally {
    if (options.item) {
      const now = scope.own('_')
      if (old && now) now.value = kept
      else scope.variables.delete('_')
    }
    if (options.args) {
      const now = scope.own('args')
      if (oldArgs && now) now.value = keptArgs
      else scope.variables.delete('args')
    }
  }
}
export { isNull, preference, remember }
