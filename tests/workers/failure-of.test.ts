import { expect, it } from 'vitest'
import { failureOf } from '@/workers/lane/failure-of'
import { nothingDropped, type ShellAnswer, type ShellErrorRecord } from '@/workers/powershell/answer'

function ended(error: Partial<ShellErrorRecord>): ShellAnswer {
  const record: ShellErrorRecord = {
    message: '',
    details: '',
    id: 'Some.Error,Some.Cmdlet',
    category: 'NotSpecified',
    reason: '',
    activity: '',
    target: '',
    command: '',
    line: 1,
    position: '',
    exceptions: [],
    terminating: true,
    ...error,
  }
  return {
    began: true,
    result: null,
    output: [],
    errors: [record],
    warnings: [],
    verbose: [],
    information: [],
    dropped: nothingDropped,
    durationMs: 1,
  }
}

it.each([
  ['HostedMigration fault: Error=(506)', 59, 61],
  ['HostedMigration fault: Error=(507)', 29, 31],
  ['Management object not found for identity "adele".', 14, 16],
])(
  '%s passes by itself right after a write of Ferry’s own, and needs a person later',
  (message, soon, late) => {
    const of = (minutesSinceWrite: number | null) =>
      failureOf(ended({ message }), 'apply', { minutesSinceWrite, sessionWorkedBefore: true })
    expect(of(soon)?.class).toBe('TRANSIENT')
    expect(of(soon)?.delaysSeconds.length).toBeGreaterThan(0)
    expect(of(late)?.class).toBe('PRECONDITION')
    expect(of(null)?.class).toBe('PRECONDITION')
  },
)

it('a cmdlet that is gone from a session that worked is a lost session; from a new one a missing module', () => {
  const answer = ended({ id: 'CommandNotFoundException', message: 'Get-CsUser is not recognized.' })
  expect(failureOf(answer, 'probe', { sessionWorkedBefore: true })?.class).toBe('SESSION_LOST')
  expect(failureOf(answer, 'probe', { sessionWorkedBefore: false })?.class).toBe('FATAL')
})
