import { refuse } from '../refusal'
import { NOTHING, PSErrorRecord, PSException, type PSScriptBlock } from '../values/model'
import { chainOf } from '../values/type-names'
import { asArguments, type CallOptions, type Context } from './context'
import { isFlow, PSThrow, raise } from './errors'
import { remember } from './reporting'
import { Scope } from './scope'

/** Script members see their object as `$this`. */
function withThis(target: unknown, cx: Context): Context {
  const scope = new Scope(cx.scope)
  scope.set('this', target)
  return cx.with({ scope })
}

/** Nothing at all where a block puts out nothing. */
const single = (out: unknown[]): unknown => (out.length === 0 ? NOTHING : out.length === 1 ? out[0] : out)

/** Runs a member's script: an error that would end a statement of it ends it as a whole. */
async function run(
  block: PSScriptBlock,
  target: unknown,
  cx: Context,
  options?: CallOptions,
): Promise<unknown[]> {
  const { session } = cx
  session.tries++
  try {
    return await session.collect(block, withThis(target, cx), options)
  } finally {
    session.tries--
  }
}

/** The value of a calculated property. One that fails is null, and only `$Error` tells of it; nor does what it writes as errors come out. */
export async function scriptProperty(getter: PSScriptBlock, target: unknown, cx: Context): Promise<unknown> {
  const silent = cx.with({
    streams: cx.streams.with(2, v => {
      if (v instanceof PSErrorRecord) remember(cx, v)
    }),
  })
  try {
    return single(await run(getter, target, silent))
  } catch (fault) {
    if (isFlow(fault)) return refuse('a calculated property that leaves a loop')
    if (!(fault instanceof PSThrow)) throw fault
    remember(cx, fault.record)
    return null
  }
}

/** Sets a calculated property. */
export async function setScriptProperty(
  setter: PSScriptBlock,
  target: unknown,
  name: string,
  value: unknown,
  cx: Context,
): Promise<void> {
  try {
    await run(setter, target, cx, { args: asArguments([value]) })
  } catch (fault) {
    throw wrapped(fault, cx, `Exception setting "${name}"`, 'ScriptSetValueRuntimeException', 'SetValue')
  }
}

/** Calls a script method: its error is one of the call. */
export async function scriptMethod(
  block: PSScriptBlock,
  target: unknown,
  name: string,
  args: unknown[],
  cx: Context,
): Promise<unknown> {
  try {
    return single(await run(block, target, cx, { args: asArguments(args) }))
  } catch (fault) {
    const what = `Exception calling "${name}" with "${args.length}" argument(s)`
    throw wrapped(fault, cx, what, 'ScriptMethodRuntimeException', 'Method')
  }
}

/** The exception that leaves a block which code outside of it called: what a preference stopped says so. */
export function stopping(fault: PSThrow): PSException {
  if (fault.inside) return refuse('a preference that stops a block called by code')
  const { record } = fault
  if (!fault.stopped) return record.exception
  const what =
    'The running command stopped because the preference variable "ErrorActionPreference" or common parameter is set to Stop: '
  const made = new PSException(
    'System.Management.Automation.ActionPreferenceStopException',
    what + record.message,
  )
  made.record = record
  return made
}

const RUNTIME = 'System.Management.Automation.RuntimeException'

/** An exception of .NET is wrapped before it leaves a block. */
const ofTheShell = (exception: PSException): PSException =>
  chainOf(exception.type).includes(RUNTIME)
    ? exception
    : new PSException(RUNTIME, exception.message, exception)

function wrapped(fault: unknown, cx: Context, what: string, id: string, kind: string): unknown {
  if (isFlow(fault)) return refuse('a script member that leaves a loop')
  if (!(fault instanceof PSThrow)) return fault
  const exception = stopping(fault)
  if (exception.type.includes('ParameterBinding')) refuse('an argument that a script member does not take')
  remember(cx, fault.record)
  return raise({
    message: `${what}: "${exception.message}"`,
    id,
    category: 'NotSpecified',
    type: `System.Management.Automation.${kind}InvocationException`,
    inner: ofTheShell(exception),
  })
}
