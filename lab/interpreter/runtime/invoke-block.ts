import { NOTHING, type PSScriptBlock } from '../values/model'
import { plain } from './apply'
import type { CallOptions, Context } from './context'
import { ReturnFlow } from './errors'
import { evaluate } from './evaluate'
import { functionStage } from './function-stage'
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
  const old = scope.own('_')
  const kept = old?.value
  const oldArgs = scope.own('args')
  const keptArgs = oldArgs?.value
  if (options.item) scope.set('_', options.item.value)
  if (options.args)
    scope.set(
      'args',
      options.args.map(a => typeless(a.value, '')),
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
