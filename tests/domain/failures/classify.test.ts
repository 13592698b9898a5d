import { describe, expect, it } from 'vitest'
import { catalogue } from '@/domain/failures/catalogue'
import { behaviours, failureClasses } from '@/domain/failures/classes'
import { classify } from '@/domain/failures/classify'
import type { ErrorEvidence, FailureEvidence } from '@/domain/failures/evidence'
import type { Signature } from '@/domain/failures/signature'
import { examples } from './examples'

const error = (change: Partial<ErrorEvidence>): ErrorEvidence => ({
  message: '',
  id: 'RuntimeException',
  category: 'OperationStopped',
  exceptions: [],
  terminating: true,
  ...change,
})
const evidence = (change: Partial<FailureEvidence>): FailureEvidence => ({
  phase: 'apply',
  errors: [],
  ...change,
})
const timeout = { kind: 'timeout', began: true, message: 'It took too long.' } as const

describe('the catalogue', () => {
  it('has one example for each signature, and no id twice', () => {
    expect(Object.keys(examples).sort()).toEqual(catalogue.map(({ id }) => id).sort())
  })

  it.each(catalogue)('knows $id by its example', ({ id }) => {
    const example = examples[id]
    if (!example) throw new Error('no example')
    const failure = classify(
      evidence({
        phase: 'probe',
        errors: example.error ? [error(example.error)] : [],
        warnings: example.warning ? [example.warning] : [],
      }),
    )
    expect(failure).toMatchObject({ signature: id, class: example.class, scope: example.scope })
  })

  it.each(catalogue)('says in plain sentences what $id is and what to do', ({ title, cause, remedy }) => {
    for (const text of [cause, remedy]) expect(text).toMatch(/^[A-Z].*\.$/s)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(`${title} ${cause} ${remedy}`).not.toMatch(/please|successfully|!/i)
  })

  it('never lets one item stop a lane for lack of rights on that item', () => {
    const failure = classify(evidence({ errors: [error(examples['protected-account']?.error ?? {})] }))
    expect(failure).toMatchObject({ class: 'AUTH', scope: 'item' })
  })

  it('describes every class', () => {
    for (const kind of failureClasses) expect(behaviours[kind].sentence).toMatch(/\.$/)
  })
})

describe('the order of decision', () => {
  it('is the probe before everything', () => {
    const failure = classify(evidence({ probeSaid: 'done', loss: timeout, errors: [error({})] }))
    expect(failure).toMatchObject({ class: 'ALREADY_DONE', decidedBy: 'probe' })
  })

  it('is a number before an id and before words', () => {
    const failure = classify(
      evidence({
        errors: [
          error({
            id: 'CommandNotFoundException',
            message: 'Management object not found. HostedMigration fault: Error=(510)',
          }),
        ],
      }),
    )
    expect(failure).toMatchObject({ signature: 'hms-510', decidedBy: 'number' })
  })

  it('is an id before words', () => {
    const failure = classify(
      evidence({ errors: [error({ id: 'ThrottlingError', message: 'Sync is already running' })] }),
    )
    expect(failure).toMatchObject({ signature: 'exo-throttling', decidedBy: 'record' })
  })

  it('is the error that ended the script before those it outlived', () => {
    const failure = classify(
      evidence({
        errors: [
          error({ message: 'HostedMigration fault: Error=(510)', terminating: false }),
          error({ message: 'HostedMigration fault: Error=(507)' }),
        ],
      }),
    )
    expect(failure.signature).toBe('hms-507')
  })

  it('finds a number in an inner exception and in error details', () => {
    const inner = { type: 'System.Exception', message: 'AADSTS50126: …' }
    expect(classify(evidence({ errors: [error({ exceptions: [inner] })] })).signature).toBe('aadsts-password')
    expect(classify(evidence({ errors: [error({ details: 'AADSTS50126: …' })] })).signature).toBe(
      'aadsts-password',
    )
  })

  it('needs a person for what nobody described', () => {
    const failure = classify(evidence({ errors: [error({ message: 'Something quite new' })] }))
    expect(failure).toMatchObject({
      class: 'NEEDS_PERSON',
      scope: 'item',
      signature: 'unknown',
      decidedBy: 'nothing',
    })
    expect(classify(evidence({}))).toMatchObject({ class: 'NEEDS_PERSON', owner: 'runbook-author' })
  })

  it('does not take "access denied" of anything but a connection for a refused credential', () => {
    const denied = error({ id: 'AccessDenied,Microsoft.Rtc.Management.AD.Cmdlets.EnableOcsUserCmdlet' })
    expect(classify(evidence({ errors: [denied] })).class).toBe('NEEDS_PERSON')
  })

  it("asks operators' signatures where Ferry's own say no more than that a person is needed, and only there", () => {
    const own: Signature = {
      id: 'own',
      match: { by: 'number', family: 'hms', is: [521] },
      class: 'TRANSIENT',
      scope: 'item',
      title: 'Known here',
      cause: 'It passes.',
      remedy: 'Nothing to do.',
      owner: 'operator',
    }
    const errors = [error({ message: 'HostedMigration fault: Error=(521)' })]
    expect(classify(evidence({ errors }), [own])).toMatchObject({ signature: 'own', class: 'TRANSIENT' })
    const greedy: Signature = { ...own, id: 'greedy', match: { by: 'record', id: ['RuntimeException'] } }
    const bad = [error({ message: 'Logon failed for the user' })]
    expect(classify(evidence({ errors: bad }), [greedy])).toMatchObject({ signature: 'logon-failed' })
    expect(classify(evidence({ errors: [error({ message: 'New' })] }), [greedy]).signature).toBe('greedy')
  })
})

describe('time and circumstances', () => {
  const of506 = (minutesSinceWrite: number | null) =>
    classify(
      evidence({ errors: [error({ message: 'HostedMigration fault: Error=(506)' })], minutesSinceWrite }),
    ).class

  it('makes 506 a passing fault for an hour after something was written', () => {
    expect([of506(5), of506(60), of506(61), of506(null)]).toEqual([
      'TRANSIENT',
      'TRANSIENT',
      'PRECONDITION',
      'PRECONDITION',
    ])
  })

  it('knows which errors leave open whether the change was made, and does not repeat it', () => {
    const ofPhase = (id: string, phase: 'probe' | 'apply') =>
      classify(evidence({ phase, errors: [error(examples[id]?.error ?? {})] }))
    for (const { id, leavesOpen } of catalogue.filter(
      ({ match }) => match.by !== 'text' || match.on !== 'warning',
    )) {
      const inApply = ofPhase(id, 'apply').class
      if (leavesOpen) expect({ id, inApply }).toEqual({ id, inApply: 'UNKNOWN_OUTCOME' })
      else expect({ id, inApply }).toEqual({ id, inApply: ofPhase(id, 'probe').class })
    }
    expect(catalogue.filter(({ leavesOpen }) => leavesOpen).map(({ id }) => id)).toContain(
      'wsman-session-gone',
    )
  })

  it('takes a cmdlet that was there before for a lost session', () => {
    const errors = [error({ id: 'CommandNotFoundException' })]
    expect(classify(evidence({ errors, sessionWorkedBefore: true }))).toMatchObject({
      class: 'SESSION_LOST',
      scope: 'item',
    })
  })

  it('waits as long as the server asks, and a second more', () => {
    const quota = error(examples['user-load-quota']?.error ?? {})
    expect(classify(evidence({ errors: [quota] })).delaysSeconds[0]).toBe(75)
  })

  it.each(['timeout', 'died', 'protocol'] as const)('knows what a shell lost by %s may have done', kind => {
    const lost = (phase: 'probe' | 'apply' | 'verify', began: boolean) =>
      classify(evidence({ phase, loss: { kind, began, message: 'Lost.' } })).class
    expect(lost('apply', true)).toBe('UNKNOWN_OUTCOME')
    expect(lost('apply', false)).toBe('SESSION_LOST')
    expect(lost('probe', true)).toBe('SESSION_LOST')
    expect(lost('verify', true)).toBe('SESSION_LOST')
  })

  it.each(['refused', 'constrained', 'missing'] as const)('stops for a shell that is %s', kind => {
    const failure = classify(evidence({ loss: { kind, began: false, message: 'No.' } }))
    expect(failure).toMatchObject({ class: 'FATAL', scope: 'estate' })
  })
})
