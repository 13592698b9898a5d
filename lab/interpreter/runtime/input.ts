import { NetObject } from '../values/model'
import { toText } from '../values/text'

/** What `$input` is: it gives each of its items once, and all of them again after Reset. `items` is read as it grows. */
export function inputOf(items: unknown[]): NetObject {
  let at = -1
  const rest = () => {
    const left = items.slice(at + 1)
    at = items.length
    return left
  }
  return new NetObject(
    'System.Collections.ArrayList+ArrayListEnumeratorSimple',
    { current: () => (at >= 0 && at < items.length ? items[at] : null) },
    {
      '#items': rest,
      movenext: () => {
        if (at < items.length) at++
        return at < items.length
      },
      reset: () => {
        at = -1
        return undefined
      },
    },
    () => toText(rest()),
  )
}
