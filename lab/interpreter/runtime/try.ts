import type { Statement } from '../language/ast'
import { refuse } from '../refusal'
import { isNull, PSErrorRecord, PSException } from '../values/model'
import { toText } from '../values/text'
import { chainOf } from '../values/type-names'
import { plain } from './apply'
import type { Context } from './context'
import { PSThrow } from './errors'
import { handlerOf } from './handlers'
import { invocationAt, remember } from './reporting'
import { asThrow } from './thrown'

export async function runThrow(s: Extract<Statement, { kind: 'throw' }>, cx: Context): Promise<void> {
  throw Object.assign(await thrownBy(s, cx), { byThrow: true })
}

async function thrownBy(s: Extract<Statement, { kind: 'throw' }>, cx: Context): Promise<PSThrow> {
  const value = s.value ? plain(await cx.session.value(s.value, cx)) : null
  if (s.value === null || isNull(value)) {
    const current = cx.scope.find('_')?.value
    if (s.value === null && current instanceof PSErrorRecord) return againOf(current)
    const record = new PSErrorRecord(
      new PSException('System.Management.Automation.RuntimeException', 'ScriptHalted'),
      'ScriptHalted',
      'OperationStopped',
    )
    record.thrown = true
    return new PSThrow(record, true)
  }
  if (value instanceof PSErrorRecord) {
    value.thrown = true
    value.rethrown = true
    return new PSThrow(value, true)
  }
  const exception =
    value instanceof PSException
      ? value
      : new PSException('System.Management.Automation.RuntimeException', toText(value))
  const carried = value instanceof PSException ? carriedRecord(value) : null
  const record =
    carried ??
    new PSErrorRecord(
      exception,
      exception.message,
      'OperationStopped',
      value instanceof PSException ? null : value,
    )
  record.thrown = true
  record.invocation = invocationAt(cx, s)
  return new PSThrow(record, true)
}

/** The error of a catch clause, thrown once more as it was: what a preference had stopped still is. */
function againOf(current: PSErrorRecord): PSThrow {
  const record = current.origin ?? current
  const again = new PSThrow(record, true)
  again.stopped = current.stopped
  record.exception.byThrow = true
  return again
}

/** The shell's own exceptions carry a record, which is the one that is thrown: that of the error they came with, or their type's. */
function carriedRecord(exception: PSException): PSErrorRecord | null {
  const chain = chainOf(exception.type).map(name => name.replace(SHELL, ''))
  if (!chain.includes('RuntimeException')) return null
  const { record: known } = exception
  const [id, category, target] =
    known && !known.thrown
      ? [known.id.replace(/,.*$/, ''), known.category, known.target]
      : chain.includes('SessionStateException')
        ? ['SessionStateException', 'InvalidArgument', '']
        : chain.includes('CommandNotFoundException')
          ? ['CommandNotFoundException', 'ObjectNotFound', '']
          : chain.includes('MetadataException')
            ? ['RuntimeException', 'MetadataError', null]
            : PLAIN.test(chain[0] ?? '')
              ? ['RuntimeException', 'NotSpecified', null]
              : refuse(`the record of a ${exception.type}`)
  const record = new PSErrorRecord(exception, id, category, target)
  record.carried = true
  return record
}

const SHELL = 'System.Management.Automation.'
const PLAIN =
  /^(RuntimeException|ParameterBinding\w*|Method\w*Exception|[GS]etValue\w*|ExtendedTypeSystemException)$/

/** What a catch clause sees of an error is a record of its own: what is changed on it does not change `$Error`. */
const seen = ({ record, stopped }: PSThrow): PSErrorRecord =>
  Object.assign(record.copy(), { origin: record.origin ?? record, stopped })

/**
 * Runs a try statement. An error in the body leaves it for a catch clause, and one in a catch clause ends the whole statement; in `finally`
 * it is as if there were no try.
 */
export async function runTry(s: Extract<Statement, { kind: 'try' }>, cx: Context): Promise<void> {
  const { session } = cx
  const tries = session.tries
  try {
    try {
      session.tries = tries + 1
      await session.block(s.body, cx)
    } catch (fault) {
      const thrown = asThrow(fault, cx, s.body)
      const handler = thrown && handlerOf(s.catches, thrown)
      // An error that passes by is on $Error before `finally` runs.
      if (thrown && !handler && s.finallyBody) remember(cx, thrown.record)
      if (!thrown || !handler) throw fault
      remember(cx, thrown.record)
      const old = cx.scope.own('_')
      const kept = old?.value
      cx.scope.set('_', handler.record === thrown.record ? seen(thrown) : handler.record)
      try {
        await session.block(handler.clause.body, cx)
      } catch (again) {
        const next = s.finallyBody ? asThrow(again, cx, handler.clause.body) : null
        if (next) remember(cx, next.record)
        throw again
      } finally {
        if (old) old.value = kept
        else cx.scope.variables.delete('_')
      }
    }
  } finally {
    session.tries = tries
    if (s.finallyBody) await session.block(s.finallyBody, cx)
  }
}
