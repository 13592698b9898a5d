import { Refusal } from '../refusal'
import { PSErrorRecord, PSException } from '../values/model'
import type { Context } from './context'
import { CastFault, NetFault, PSThrow } from './errors'
import { invocationAt } from './reporting'

/** What was thrown as an error of the language, with its place; null for flow and refusals. */
export function asThrow(fault: unknown, cx: Context, place: { start: number; end: number }): PSThrow | null {
  let thrown: PSThrow | null = null
  if (fault instanceof PSThrow) thrown = fault
  else if (fault instanceof NetFault) {
    const inner = fault.exception()
    thrown = new PSThrow(new PSErrorRecord(inner, fault.type, 'OperationStopped'))
  } else if (fault instanceof CastFault) {
    thrown = new PSThrow(
      new PSErrorRecord(
        new PSException('System.Management.Automation.PSInvalidCastException', fault.text),
        fault.id,
        'InvalidArgument',
      ),
    )
  } else if (fault instanceof RangeError && /call stack/i.test(fault.message)) {
    thrown = depthError()
  }
  if (!thrown) {
    if (fault instanceof Refusal) {
      const at = cx.source.place(place.start)
      fault.at(at.line, at.column)
    }
    return null
  }
  thrown.record.invocation ??= invocationAt(cx, place)
  thrown.record.exception.record ??= thrown.record
  return thrown
}

const depthError = (): PSThrow =>
  new PSThrow(
    new PSErrorRecord(
      new PSException(
        'System.Management.Automation.ScriptCallDepthException',
        'The script failed due to call depth overflow.',
      ),
      'CallDepthOverflow',
      'InvalidOperation',
      0,
    ),
  )
