import type { Expression } from '../language/ast'
import type { Context } from './context'

type Evaluate = (e: Expression, cx: Context) => Promise<unknown>

/** What is read and then written: the object and the index that it names are looked up once. */
export async function settled(e: Expression, cx: Context, evaluate: Evaluate): Promise<Expression> {
  const { start, end } = e
  const fixed = async (one: Expression): Promise<Expression> =>
    one.kind === 'constant' || one.kind === 'string'
      ? one
      : { kind: 'constant', value: await evaluate(one, cx), start, end }
  if (e.kind === 'member' && !e.isStatic)
    return { ...e, target: await fixed(e.target), name: await fixed(e.name) }
  if (e.kind !== 'index') return e
  const target = await fixed(e.target)
  if (e.index.kind !== 'list') return { ...e, target, index: await fixed(e.index) }
  const items: Expression[] = []
  for (const item of e.index.items) items.push(await fixed(item))
  return { ...e, target, index: { ...e.index, items } }
}
