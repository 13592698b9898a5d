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
/** Signatures whose text is one word that nothing else is called. */
const codes = [
  'temporarily-unavailable',
  'oauth-prompt',
  'remote-shell-gone',
  'sync-no-operator',
  'sync-deletion-threshold',
  'sync-no-connection',
  'online-session-null',
]
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

  it.each(catalogue.filter(({ match }) => match.by === 'text' || (match.by === 'record' && match.has)))(
    'knows $id by its text and not by the same words strewn about',
    ({ id }) => {
      const example = examples[id]?.error ?? { message: examples[id]?.warning ?? '' }
      const strewn = error({ ...example, message: (example.message ?? '').split(' ').reverse().join(' ') })
      // A code has no order of words: it is certain by itself.
      if (codes.includes(id)) return
      expect(classify(evidence({ phase: 'probe', errors: [strewn] })).signature).not.toBe(id)
    },
  )

  it.each([
    'The account carole.poland@contoso.example does not have a mailbox.',
    'The pool is gone. Do not have roles: 3.',
    'The user MicrosoftTeams-Test was not found by this version.',
    'There are multiple names for Edge pool admins.',
    'The members of "universal mail-enabled group" can only be read.',
  ])('takes names and loose words for nothing that it knows: %s', message => {
    const failure = classify(evidence({ errors: [error({ message, id: 'MoveError,X' })] }))
    expect(failure).toMatchObject({ class: 'NEEDS_PERSON', scope: 'item', signature: 'move-error' })
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
      evidence({ errors: [error({ id: 'CommandNotFoundException', message: 'Sync is already running' })] }),
    )
    expect(failure).toMatchObject({ signature: 'command-unknown', decidedBy: 'record' })
  })

  it('is the class of a reason, where remoting has replaced the exception, before words', () => {
    const replaced = error({
      reason: 'ProxyAddressExistsException',
      message: 'Sync is already running',
      exceptions: [{ type: 'System.Management.Automation.RemoteException', message: '' }],
    })
    expect(classify(evidence({ errors: [replaced] }))).toMatchObject({
      signature: 'proxy-address-taken-class',
      decidedBy: 'record',
    })
  })

  it('is a number that nobody has described before ids and words that say something else', () => {
    for (const change of [
      {
        message: 'HostedMigration fault: Error=(533), Description=(Management object not found for identity)',
      },
      { message: 'HostedMigration fault: Error=(533), Description=(Logon failed for the user)' },
      { message: 'HostedMigration fault: Error=(533)', id: 'CommandNotFoundException' },
      { ...examples['move-role-missing']?.error, details: 'HostedMigration fault: Error=(533)' },
    ])
      expect(classify(evidence({ errors: [error(change)] }))).toMatchObject({
        signature: 'hms-other',
        class: 'NEEDS_PERSON',
        scope: 'item',
        decidedBy: 'number',
      })
  })

  it('is a described number of whatever family before one that nobody has described', () => {
    const message = 'HostedMigration fault: Error=(533), Description=(AADSTS50126: Anmeldung nicht möglich)'
    expect(classify(evidence({ errors: [error({ message })] })).signature).toBe('aadsts-password')
  })

  it('asks the families of numbers in their order', () => {
    const both = error({ id: 'AccessDenied,PSSessionOpenFailed', message: 'AADSTS50087: x' })
    expect(classify(evidence({ errors: [both] })).signature).toBe('wsman-refused')
    const three = { ...both, message: 'HostedMigration fault: Error=(507), Description=(AADSTS50126: x)' }
    expect(classify(evidence({ errors: [three] })).signature).toBe('hms-507')
  })

  it('does not let an error that was outlived speak for the number that ended the script, nor against its words', () => {
    const ended = error({ message: 'HostedMigration fault: Error=(533)' })
    const outlived = error({ message: 'Management object not found for identity "x".', terminating: false })
    expect(classify(evidence({ errors: [outlived, ended] })).signature).toBe('hms-other')
    const words = error({ message: 'Logon failed for the user' })
    expect(classify(evidence({ errors: [{ ...ended, terminating: false }, words] })).signature).toBe(
      'logon-failed',
    )
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
    const byWords: Signature = { ...own, id: 'words', match: { by: 'text', has: ['HostedMigration fault'] } }
    expect(classify(evidence({ errors }), [byWords]).signature).toBe('hms-other')
    expect(classify(evidence({ errors }), [byWords, own]).signature).toBe('own')
    const described = [
      error({ message: 'HostedMigration fault: Error=(521), Description=(Logon failed for the user)' }),
    ]
    expect(classify(evidence({ errors: described }), [own]).signature).toBe('own')
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
