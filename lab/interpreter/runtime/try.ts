import type { CatchNode, Statement } from '../language/ast'
import { isNull, PSErrorRecord, PSException } from '../values/model'
import { toText } from '../values/text'
import { chainOf, resolveType } from '../values/type-names'
import { plain } from './apply'
import type { Context } from './context'
import { PSThrow } from './errors'
import { typeNamed } from './named-types'
import { invocationAt, remember } from './reporting'
import { asThrow } from './thrown'

export async function runThrow(s: Extract<Statement, { kind: 'throw' }>, cx: Context): Promise<void> {
  const value = s.value ? plain(await cx.session.value(s.value, cx)) : null
  if (s.value === null || isNull(value)) {
    const current = cx.scope.find('_')?.value
    if (s.value === null && current instanceof PSErrorRecord) throw new PSThrow(current, true)
    const record = new PSErrorRecord(
      new PSException('System.Management.Automation.RuntimeException', 'ScriptHalted'),
      'ScriptHalted',
      'OperationStopped',
    )
    record.thrown = true
    throw new PSThrow(record, true)
  }
  if (value instanceof PSErrorRecord) {
    value.thrown = true
    throw new PSThrow(value, true)
  }
  const exception =
    value instanceof PSException
      ? value
      : new PSException('System.Management.Automation.RuntimeException', toText(value))
  const record = new PSErrorRecord(
    exception,
    exception.message,
    'OperationStopped',
    value instanceof PSException ? null : value,
  )
  record.thrown = true
  record.invocation = invocationAt(cx, s)
  throw new PSThrow(record, true)
}

export async function runTry(s: Extract<Statement, { kind: 'try' }>, cx: Context): Promise<void> {
  const { session } = cx
  const tries = session.tries
  try {
    try {
      session.tries = tries + 1
      await session.block(s.body, cx)
    } catch (fault) {
      session.tries = tries
      const thrown = asThrow(fault, cx, s.body)
      const handler = thrown && s.catches.find(one => catches(one, thrown))
      if (!thrown || !handler) throw fault
      remember(cx, thrown.record)
      const old = cx.scope.own('_')
      const kept = old?.value
      cx.scope.set('_', thrown.record)
      try {
        await session.block(handler.body, cx)
      } finally {
        if (old) old.value = kept
        else cx.scope.variables.delete('_')
      }
    }
  } finally {
    session.tries = tries
    if (s.finallyBody) {
      session.tries = 0
      try {
        await session.block(s.finallyBody, cx)
      } finally {
        session.tries = tries
      }
    }
  }
}

function catches(clause: CatchNode, thrown: PSThrow): boolean {
  if (clause.types.length === 0) return true
  for (let exception: PSException | null = thrown.record.exception; exception; exception = exception.inner) {
    const chain = chainOf(exception.type)
    for (const type of clause.types) {
      const full = resolveType(type) ?? typeNamed(type)
      if (chain.includes(full) || exception.type.toLowerCase() === full.toLowerCase()) return true
    }
    // Only an error that wraps another one is looked into.
    if (
      !/MethodInvocationException|RuntimeException|ProviderInvocationException|GetValueInvocationException|SetValueInvocationException|CmdletInvocationException|ParentContains/.test(
        exception.type,
      )
    )
      break
  }
  return false
}
