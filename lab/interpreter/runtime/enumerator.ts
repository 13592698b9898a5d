import { refuse } from '../refusal'
import { NetObject, NOTHING, type PSList } from '../values/model'
import { toText } from '../values/text'

/** What GetEnumerator() gives: it is moved by hand, or gone through once from where it stands. */
function enumeratorOf(type: string, items: readonly unknown[]): NetObject {
  let at = -1
  const rest = () => items.slice(at + 1)
  return new NetObject(
    type,
    { current: () => (at in items ? items[at] : refuse('Current beyond the items')) },
    {
      '#items': () => {
        const left = rest()
        at = items.length
        return left
      },
      movenext: () => {
        if (at < items.length) at++
        return at < items.length
      },
      reset: () => {
        at = -1
        return NOTHING
      },
    },
    () => toText(rest()),
  )
}

export const arrayEnumerator = (items: unknown[]): NetObject => enumeratorOf('System.ArrayEnumerator', items)

export const textEnumerator = (characters: unknown[]): NetObject =>
  enumeratorOf('System.CharEnumerator', characters)

/** That of a list; a queue, a stack and a set are gone through as they are. */
export function listEnumerator(list: PSList): unknown {
  if (list.type === 'System.Collections.ArrayList')
    return enumeratorOf('System.Collections.ArrayList+ArrayListEnumeratorSimple', [...list.items])
  if (list.type.startsWith('System.Collections.Generic.List`1'))
    return enumeratorOf(`System.Collections.Generic.List\`1+Enumerator[[${list.element}]]`, [...list.items])
  return list.items
}
