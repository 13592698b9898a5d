import { refuse } from '../refusal'
import type { Invocation } from '../values/model'
import type { Context } from './context'
import { PSThrow } from './errors'
import { remember } from './reporting'

/** The command that an error leaves; `id` is what stands behind the comma of the error's id. */
type Left = { name: string; id: string; invocation: Invocation | null }

/**
 * What an error is once it has left a cmdlet or a function that binds as one: the first such command puts its name and its place on it
 * (the real shell's CmdletInvocationException). What `throw` or a preference of the command inside it ended keeps what it is. `$Error` has
 * the error as it was inside.
 */
export function leftCommand(fault: unknown, command: Left, cx: Context): unknown {
  if (!(fault instanceof PSThrow) || fault.stopped || fault.record.wrapped) return fault
  const inside = fault.inside ?? fault.record
  if (fault.hard && !fault.inside) return fault
  if (inside.id === 'CallDepthOverflow') refuse('an error of the call depth in a command')
  remember(cx, inside)
  const record = inside.copy()
  record.id = [inside.ownId, command.id].filter(part => part !== '').join(',')
  record.activity = command.name
  record.invocation = command.invocation
  record.wrapped = 'inside'
  return Object.assign(new PSThrow(record), { ended: fault.ended })
}
