import { refuse } from '../refusal'
import { truth } from '../values/convert'
import { isNull, NOTHING } from '../values/model'
import { toText } from '../values/text'
import type { BindTarget } from './accept'
import { bindArguments, settle } from './binder'
import { capturing } from './common-parameters'
import type { Argument, Cmdlet, Context, Frame, Run, Stage } from './context'
import { PSThrow, StopPipeline } from './errors'
import { leftCommand } from './leaving'
import { bindInput, notTaken, type Taken } from './pipeline-binding'
import { invocationAt, writeError } from './reporting'
import { Scope } from './scope'
import { asThrow } from './thrown'

/** A cmdlet as an element of a pipeline. */
export async function cmdletStage(
  cmdlet: Cmdlet,
  args: Argument[],
  caller: Context,
  node: { start: number; end: number },
  options: { piped: boolean; invokedAs: string },
): Promise<Stage> {
  const target: BindTarget = {
    name: cmdlet.name,
    id: cmdlet.id,
    parameters: cmdlet.parameters,
    defaultSet: cmdlet.defaultSet,
    advanced: true,
    shouldProcess: cmdlet.shouldProcess === true,
    isFunction: false,
  }
  const invocation = invocationAt(caller, node, cmdlet.name, 'Cmdlet', options.invokedAs)
  const mark = (fault: unknown): unknown => {
    if (fault instanceof StopPipeline) return fault
    // What comes out of a script block has its place already.
    const own = fault instanceof PSThrow && !fault.record.invocation
    const thrown = asThrow(fault, caller, node)
    if (!thrown) return fault
    if (!thrown.record.activity && (own || thrown.record.reason.startsWith('ParameterBinding')))
      thrown.record.activity = cmdlet.name
    thrown.record.invocation = thrown.record.invocation?.command
      ? thrown.record.invocation
      : { ...invocation }
    return thrown
  }
  try {
    const binding = await bindArguments(target, cmdlet.name === 'Out-Null' ? [] : args, caller, options.piped)
    settle(binding, options.piped, caller)
    const common =
      binding.common.size > 0
        ? await capturing(binding.common, caller.with({ scope: new Scope(caller.scope) }), caller)
        : null
    const cx = common?.cx ?? caller
    const values = new Map(binding.bound)
    const frame: Frame = {
      name: cmdlet.name,
      block: null,
      advanced: true,
      invocation,
      shouldProcess: cmdlet.shouldProcess === true,
      confirmImpact: cmdlet.spec?.confirmImpact ?? 'Medium',
      bound: values,
      parameterSet: binding.set,
      errorSink: null,
      expectingInput: options.piped,
      parent: caller.frame,
    }
    const token = {}
    const run: Run = {
      // Script blocks a cmdlet runs belong to the caller's scope.
      cx: new Proxied(cx, caller).context(frame),
      name: cmdlet.name,
      bound: values,
      get set() {
        return binding.set
      },
      invocation,
      piped: options.piped,
      get: name => values.get(name.toLowerCase()) ?? null,
      has: name => values.has(name.toLowerCase()),
      on: name => truth(values.get(name.toLowerCase()) ?? null),
      text: name =>
        values.has(name.toLowerCase()) && !isNull(values.get(name.toLowerCase()))
          ? toText(values.get(name.toLowerCase()))
          : null,
      out: value => cx.output(value),
      async error(record) {
        record.activity ||= cmdlet.name
        record.invocation ??= { ...invocation }
        failed = true
        // Only what Write-Error makes of a text was never thrown.
        if (cmdlet.name !== 'Write-Error') record.exception.traced = true
        await writeError(cx, record)
      },
      around: cx.with({ frame, scope: caller.scope }),
      left(fault) {
        const left = leftCommand(fault, { name: cmdlet.name, id: cmdlet.id, invocation }, caller)
        if (left !== fault && binding.common.has('errorvariable'))
          refuse('-ErrorVariable of a cmdlet that an error of its block ends')
        return left
      },
      stop() {
        throw new StopPipeline(token)
      },
    }
    let failed = false
    const body = cmdlet.make(run)
    const guard =
      <T extends unknown[]>(work: (...given: T) => Promise<void>) =>
      async (...given: T) => {
        try {
          await work(...given)
        } catch (fault) {
          const left = mark(fault)
          // What a cmdlet itself ends with has its name already.
          if (left instanceof PSThrow && !left.hard && left.record.id.includes(','))
            left.record.wrapped ||= 'own'
          throw left
        }
      }
    const stage: Stage = {
      token,
      begin: guard(async () => {
        await body.begin?.()
      }),
      process: guard(async value => {
        if (value === NOTHING) {
          if (!options.piped) await body.process?.(NOTHING)
          return
        }
        let taken: Taken
        try {
          taken = await bindInput(binding, value, cx)
        } catch (fault) {
          const thrown = mark(fault)
          if (!(thrown instanceof PSThrow)) throw thrown
          failed = true
          await writeError(cx, thrown.record)
          return
        }
        if (taken.kind !== 'bound' && cmdlet.name === 'New-Object') refuse('New-Object in a pipeline')
        if (taken.kind !== 'bound') {
          await run.error(notTaken(taken, cmdlet.id, value, cmdlet.name))
          return
        }
        for (const [key, bound] of taken.values) values.set(key, bound)
        await body.process?.(value)
        for (const key of taken.values.keys()) if (!binding.bound.has(key)) values.delete(key)
      }),
      end: guard(async () => {
        await body.end?.()
      }),
    }
    return Object.assign(common ? common.around(stage) : stage, { failed: () => failed })
  } catch (fault) {
    throw mark(fault)
  }
}

/** A cmdlet's own context: its streams and preferences, the caller's variables for the script blocks it runs. */
class Proxied {
  constructor(
    private readonly own: Context,
    private readonly caller: Context,
  ) {}
  context(frame: Frame): Context {
    void this.caller
    return this.own.with({ frame })
  }
}

export { refuse }
