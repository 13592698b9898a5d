import { refuse } from '../refusal'
import { WrittenNumber } from '../values/model'
import { toText } from '../values/text'
import { enumerate, isSequence } from './enumerate'

/** Whether a number was written otherwise than it reads: `1.50`, `0x10`, `5d`. */
export const isOdd = (v: unknown): boolean => v instanceof WrittenNumber && v.text !== toText(v.value)

/**
 * What a parameter that takes anything gets. The real shell keeps the text beside the number from there on, and takes now the one and now
 * the other; here that is known of Write-Host alone, which writes the text.
 */
export function typeless(v: unknown, command: string): unknown {
  if (isSequence(v))
    return enumerate(v).some(one => one instanceof WrittenNumber)
      ? enumerate(v).map(one => typeless(one, command))
      : v
  if (!(v instanceof WrittenNumber)) return v
  if (!isOdd(v)) return v.value
  return command === 'Write-Host' ? v.text : refuse(`the number ${v.text} where no type is asked for`)
}
