import { PSErrorRecord, PSException } from '../values/model'
import { chainOf } from '../values/type-names'
import type { PSThrow } from './errors'

const A = 'System.Management.Automation.'

/**
 * The error that ended a script, as who started the script sees it: an exception of the shell that no command wrapped and no record came
 * with is told of by the record it makes itself, whose exception only stands for it.
 */
export function seenOutside({ record, byThrow, stopped }: PSThrow): PSErrorRecord {
  const { exception, id, wrapped, carried, thrown } = record
  const bound = exception.type.startsWith(`${A}ParameterBinding`)
  const again =
    byThrow && !thrown && !stopped && !wrapped && (bound || !id.includes(',')) && isRuntime(exception)
  return again || carried || (bound && !id.includes(',')) ? standingFor(record) : record
}

/** The record that an exception of the shell makes of itself; another exception's is its own. */
export function standingFor(record: PSErrorRecord): PSErrorRecord {
  if (!isRuntime(record.exception)) return record
  const outer = new PSException(`${A}ParentContainsErrorRecordException`, record.exception.message)
  const made = new PSErrorRecord(outer, record.id, record.category, record.target)
  made.invocation = record.invocation
  return made
}

/** What `$Error` of a console has beside the record of an error by which a preference ended what ran; null for all others. */
export function stoppedBy({ record, stopped, inside, hard, byThrow }: PSThrow): PSException | null {
  if (byThrow) return null
  if (stopped)
    return traced(
      'ActionPreferenceStopException',
      `The running command stopped because the preference variable "ErrorActionPreference" or common parameter is set to Stop: ${record.message}`,
      record,
    )
  if (inside) return inside.exception
  return hard && record.wrapped ? invoked(record) : null
}

/** What a variable of -ErrorVariable gets of an error that ended its command: of a command's own, the exception around it. */
export const leftAs = (record: PSErrorRecord): PSErrorRecord | PSException =>
  record.wrapped ? invoked(record) : record

const invoked = (record: PSErrorRecord): PSException =>
  traced('CmdletInvocationException', record.message, record)

function traced(name: string, message: string, record: PSErrorRecord): PSException {
  const made = new PSException(A + name, message)
  return Object.assign(made, { traced: true, record })
}

const isRuntime = ({ type }: PSException): boolean => chainOf(type).includes(`${A}RuntimeException`)
