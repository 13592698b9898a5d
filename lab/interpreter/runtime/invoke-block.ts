import { NOTHING, type PSScriptBlock } from '../values/model'
import { plain } from './apply'
import type { CallOptions, Context } from './context'
import { ReturnFlow } from './errors'
import { evaluate } from './evaluate'
import { blockInvocation, functionStage } from './function-stage'
import type { Scope } from './scope'
import { typeless } from './written-numbers'

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
  const back = [
    ...(options.item ? [inPlaceOf(scope, '_', options.item.value)] : []),
    ...(options.args
      ? [
          inPlaceOf(
            scope,
            'args',
            options.args.map(a => typeless(a.value, '')),
          ),
        ]
      : []),
    ...(options.ownInvocation ? [inPlaceOf(scope, 'MyInvocation', blockInvocation(inner))] : []),
  ]
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
    for (const put of back) put()
  }
}

/** Sets a variable of a scope for a while. Answers what puts its old value back, or takes it away where there was none. */
function inPlaceOf(scope: Scope, name: string, value: unknown): () => void {
  const old = scope.own(name)
  const kept = old?.value
  scope.set(name, value)
  return () => {
    const now = scope.own(name)
    if (old && now) now.value = kept
    else scope.variables.delete(name.toLowerCase())
  }
}
