import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shellsUnderTest } from '../shells'
import { LabProcess, POOL, until } from './lab'
import { Shell } from './shell'

const SEAN = "sean.o'brien@contoso.example"
const valuesOf = (upn: string, Target = POOL) => ({ Identity: upn, SipAddress: `sip:${upn}`, Target })
const enableValues = (upn: string) => ({ Identity: upn, SipAddress: `sip:${upn}` })
const targetValues = (upn: string, Target = POOL) => ({ Identity: upn, Target })

describe.each(shellsUnderTest())('on $name', ({ executable }) => {
  let lab: LabProcess
  let shell: Shell
  beforeAll(async () => {
    lab = await LabProcess.start()
    shell = new Shell(executable, lab.environment)
  })
  afterAll(async () => {
    await shell?.end()
    await lab?.stop()
  })
  beforeEach(async () => {
    await lab.post('/reset', {})
  })

  const add = (...people: Record<string, unknown>[]) => lab.post('/people', { people })

  async function syncByScripts(): Promise<void> {
    expect(await shell.step('sync.probe')).toMatchObject({
      state: 'needed',
      facts: { busy: false, staging: false },
    })
    expect(await shell.step('sync.apply')).toMatchObject({ state: 'applied', facts: { result: 'Success' } })
    await until(async () => (await shell.step('sync.verify')).state === 'done')
  }

  describe('the step scripts', () => {
    it('carry one person across, and every verify sees it', async () => {
      await add({ userPrincipalName: SEAN, displayName: 'Sean O’Brien' })
      expect(await shell.step('readiness.probe', valuesOf(SEAN))).toMatchObject({
        state: 'needed',
        reason: 'ready: nothing is in the way',
        facts: { codes: 'special-character,born-online', DisplayName: 'Sean O’Brien', Enabled: null },
      })
      expect((await shell.step('enable.probe', enableValues(SEAN))).state).toBe('needed')
      expect((await shell.step('enable.verify', enableValues(SEAN))).state).toBe('needed')
      expect((await shell.step('enable.apply', enableValues(SEAN))).state).toBe('applied')
      expect(await shell.step('enable.verify', enableValues(SEAN))).toMatchObject({
        state: 'done',
        facts: {
          Enabled: true,
          HostingProvider: 'sipfed.online.lync.com',
          RegistrarPool: '',
          SipAddress: `sip:${SEAN}`,
        },
      })
      expect((await shell.step('move.probe', valuesOf(SEAN))).reason).toMatch(/^not-synced: /)
      await syncByScripts()
      expect(await shell.step('move.probe', valuesOf(SEAN))).toMatchObject({
        state: 'needed',
        facts: { OnlineHostingProvider: 'sipfed.online.lync.com' },
      })
      expect((await shell.step('move.verify', valuesOf(SEAN))).state).toBe('needed')
      expect((await shell.step('move.apply', targetValues(SEAN))).state).toBe('applied')
      expect(await shell.step('move.verify', valuesOf(SEAN))).toMatchObject({
        state: 'done',
        facts: { HostingProvider: 'SRV:', RegistrarPool: POOL, Enabled: true, SipAddress: `sip:${SEAN}` },
      })
      expect(await shell.step('move.probe', valuesOf(SEAN))).toMatchObject({
        state: 'done',
        reason: `already-there: homed on ${POOL}`,
      })
      expect((await shell.step('enable.probe', enableValues(SEAN))).reason).toMatch(/^already-on-premises: /)
      expect(await lab.get('/witness')).toMatchObject({
        people: { [SEAN]: { 'Enable-CsUser': { changes: 1 }, 'Move-CsUser': { changes: 1 } } },
        doubled: [],
      })
    })

    it.each([
      ['not-found', 'enable.probe', { userPrincipalName: 'a@contoso.example', inDirectory: false }],
      ['disabled', 'enable.probe', { userPrincipalName: 'a@contoso.example', standing: 'disabled' }],
      [
        'sip-mismatch',
        'enable.probe',
        { userPrincipalName: 'a@contoso.example', sipAddress: 'sip:b@contoso.example' },
      ],
      ['not-online', 'enable.probe', { userPrincipalName: 'a@contoso.example', inCloud: false }],
      ['not-enabled', 'move.probe', { userPrincipalName: 'a@contoso.example' }],
      [
        'other-pool',
        'move.probe',
        {
          userPrincipalName: 'a@contoso.example',
          standing: 'on-premises',
          registrarPool: 'pool02.contoso.example',
        },
      ],
      ['disabled', 'move.probe', { userPrincipalName: 'a@contoso.example', standing: 'disabled' }],
      ['not-found', 'readiness.probe', { userPrincipalName: 'a@contoso.example', inDirectory: false }],
      ['not-in-sync', 'readiness.probe', { userPrincipalName: 'a@contoso.example', inSyncScope: false }],
      [
        'sip-mismatch',
        'readiness.probe',
        { userPrincipalName: 'a@contoso.example', sipAddress: 'sip:b@contoso.example' },
      ],
      [
        'other-pool',
        'readiness.probe',
        {
          userPrincipalName: 'a@contoso.example',
          standing: 'on-premises',
          registrarPool: 'pool02.contoso.example',
        },
      ],
    ])('say %s in %s', async (code, step, person) => {
      await add(person)
      const values =
        step === 'enable.probe' ? enableValues('a@contoso.example') : valuesOf('a@contoso.example')
      expect(await shell.step(step, values)).toMatchObject({
        state: 'blocked',
        reason: expect.stringMatching(new RegExp(`^${code}: `)) as string,
      })
    })

    it('let Microsoft’s errors through', async () => {
      await add({ userPrincipalName: SEAN })
      await shell.step('enable.apply', enableValues(SEAN))
      const fault = await shell.failure('move.apply', targetValues(SEAN))
      expect(fault.message).toContain('HostedMigration fault: Error=(506)')
      expect(fault.type).toBe('Microsoft.Rtc.Management.AD.MoveUserException')
      expect(fault.id).toMatch(/^MoveError,Microsoft\.Rtc\.Management\.AD\.Cmdlets\.MoveOcsUserCmdlet/)
    })

    it('do not take a lost connection for an account that is not there', async () => {
      await add({ userPrincipalName: SEAN })
      await lab.post('/scenario', {
        latency: 'zero',
        faults: [{ command: 'Get-CsUser', fault: 'connection-lost' }],
      })
      expect((await shell.failure('enable.probe', enableValues(SEAN))).message).toContain(
        'I/O operation has been aborted',
      )
    })

    it('name a busy engine, staging mode and a suspended scheduler', async () => {
      await lab.post('/scenario', { latency: { read: 0, syncStart: 0, syncCycle: 2500 } })
      await lab.call('Start-ADSyncSyncCycle')
      expect((await shell.step('sync.probe')).reason).toMatch(/^busy: /)
      expect((await shell.step('sync.verify')).reason).toMatch(/^running: /)
      await lab.call('Stop-ADSyncSyncCycle')
      await lab.post('/scenario', { latency: 'zero', sync: { staging: true } })
      expect((await shell.step('sync.probe')).reason).toMatch(/^staging: /)
      await lab.post('/scenario', { latency: 'zero', sync: { suspended: true } })
      expect((await shell.step('sync.probe')).reason).toMatch(/^suspended: /)
    })
  })

  describe('a shell that the lab kills in the middle of a move', () => {
    it('is gone, and the move is carried out', async () => {
      await add({ userPrincipalName: SEAN, standing: 'represented' })
      await lab.post('/scenario', {
        latency: { read: 0, move: 300 },
        faults: [{ command: 'Move-CsUser', fault: 'kill-shell' }],
      })
      const doomed = new Shell(executable, lab.environment)
      expect((await doomed.step('move.apply', targetValues(SEAN))).state).toBe('the shell is gone')
      await until(async () => {
        const { ad } = await lab.get<{ ad: Record<string, unknown> }>(`/state?person=${SEAN}`)
        return ad['msRTCSIP-DeploymentLocator'] === 'SRV:'
      })
      await doomed.end()
    })
  })
})
