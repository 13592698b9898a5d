import type { Expression } from './ast'

/** Whether a value can be given to it: a variable, a property, an item, or several of them. */
export function assignable(target: Expression): boolean {
  if (target.kind === 'list') return target.items.every(assignable)
  if (target.kind === 'cast') return assignable(target.operand)
  if (target.kind === 'paren') {
    const { pipeline } = target
    if (pipeline.kind !== 'pipeline' || pipeline.elements.length !== 1) return false
    const [element] = pipeline.elements
    return element?.kind === 'expression' && assignable(element.expression)
  }
  return (
    (target.kind === 'variable' && !/^(true|false|null)$/i.test(target.name)) ||
    target.kind === 'variable' ||
    target.kind === 'member' ||
    target.kind === 'index'
  )
}
