import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enableOf, LabProcess, moveOf, ONLINE, POOL } from './lab'

const ADELE = 'adele.vance@contoso.example'
const ALEX = 'alex.wilber@contoso.example'

let lab: LabProcess
beforeAll(async () => {
  lab = await LabProcess.start()
})
afterAll(() => lab?.stop())
beforeEach(async () => {
  await lab.post('/reset', {})
  await lab.post('/people', { people: [ADELE, ALEX].map(userPrincipalName => ({ userPrincipalName })) })
})

const messageOf = (answer: { errors: { message: string }[] }) => answer.errors[0]?.message

describe('the door', () => {
  it('opens only with the key', async () => {
    expect((await lab.fetch('/state', undefined, 'wrong')).status).toBe(401)
    expect((await lab.fetch('/state')).status).toBe(200)
  })

  it('names a command it does not have', async () => {
    const { errors } = await lab.call('New-CsRgsQueue')
    expect(errors[0]).toMatchObject({
      message: 'The lab does not have the command New-CsRgsQueue yet.',
      terminating: true,
    })
  })
})

describe('the way back on-premises', () => {
  it('goes enable, sync, move, and the cloud learns of it with the next sync', async () => {
    expect(messageOf(await lab.call('Get-CsUser', { Identity: ADELE }))).toContain(
      'Management object not found',
    )
    expect((await lab.call('Get-CsAdUser', { Identity: ADELE })).output).toMatchObject([{ Enabled: null }])
    expect((await lab.call('Enable-CsUser', enableOf(ADELE))).errors).toEqual([])
    expect((await lab.call('Get-CsUser', { Identity: ADELE })).output).toMatchObject([
      { Enabled: true, HostingProvider: ONLINE, RegistrarPool: null, SipAddress: `sip:${ADELE}` },
    ])
    expect(messageOf(await lab.call('Move-CsUser', moveOf(ADELE)))).toContain(
      'HostedMigration fault: Error=(506)',
    )
    await lab.sync()
    expect((await lab.call('Get-CsOnlineUser', { Identity: ADELE })).output).toMatchObject([
      { OnPremHostingProvider: ONLINE, AccountType: 'User' },
    ])
    expect((await lab.call('Move-CsUser', moveOf(ADELE))).errors).toEqual([])
    expect((await lab.call('Get-CsUser', { Identity: ADELE })).output).toMatchObject([
      { HostingProvider: 'SRV:', RegistrarPool: POOL, Enabled: true },
    ])
    await lab.sync()
    expect((await lab.call('Get-CsOnlineUser', { Identity: ADELE })).output).toMatchObject([
      {
        OnPremHostingProvider: 'SRV:',
        AccountType: 'SfBOnPremUser',
        InterpretedUserType: 'HybridOnpremSfBUser',
      },
    ])
  })

  it('refuses a second Enable-CsUser by a warning only, and records it as already there', async () => {
    const { seq } = await lab.get<{ seq: number }>('/health')
    await lab.call('Enable-CsUser', enableOf(ADELE))
    const second = await lab.call('Enable-CsUser', enableOf(ADELE))
    expect(second.errors).toEqual([])
    expect(second.warnings[0]).toMatch(/^Object with identity "CN=.*" was not changed\.$/)
    const lines = await lab.journal(seq)
    expect(lines.filter(line => line.kind === 'change')).toHaveLength(1)
    const calls = lines.filter(line => line.kind === 'call')
    expect(calls.map(line => line.alreadyThere ?? false)).toEqual([false, true])
    expect(await lab.get('/witness')).toMatchObject({
      doubled: [{ person: ADELE, command: 'Enable-CsUser', changes: 1, alreadyThere: 1 }],
    })
  })

  it('records a second move to the same pool as a call and not as a change', async () => {
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await lab.sync()
    await lab.call('Move-CsUser', moveOf(ADELE))
    const { seq } = await lab.get<{ seq: number }>('/health')
    expect((await lab.call('Move-CsUser', moveOf(ADELE))).errors).toEqual([])
    const lines = await lab.journal(seq)
    expect(lines.map(line => line.kind)).toEqual(['begin', 'call'])
    expect(lines[1]).toMatchObject({ alreadyThere: true, people: [ADELE] })
  })

  it('knows neither unknown pools nor unknown people, and refuses a SIP address that somebody has', async () => {
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await lab.sync()
    expect(messageOf(await lab.call('Move-CsUser', moveOf(ADELE, 'nowhere.contoso.example')))).toContain(
      'Cannot find',
    )
    expect(messageOf(await lab.call('Move-CsUser', moveOf('nobody@contoso.example')))).toContain('not found')
    const stolen = await lab.call('Enable-CsUser', { ...enableOf(ALEX), SipAddress: `sip:${ADELE}` })
    expect(messageOf(stolen)).toContain('is not unique')
  })

  it('writes what changed, before and after, with who', async () => {
    await lab.call('Enable-CsUser', enableOf(ADELE), { credential: 'ops@contoso.example' })
    const [change] = (await lab.journal()).filter(line => line.kind === 'change').slice(-1)
    expect(change).toMatchObject({
      key: ADELE,
      store: 'ad',
      command: 'Enable-CsUser',
      who: { session: 'test', credential: 'ops@contoso.example' },
      before: { 'msRTCSIP-UserEnabled': null, 'msRTCSIP-DeploymentLocator': null },
      after: { 'msRTCSIP-UserEnabled': true, 'msRTCSIP-DeploymentLocator': ONLINE },
    })
  })

  it('lets a wildcard address many, as the real one does', async () => {
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await lab.call('Enable-CsUser', enableOf(ALEX))
    expect((await lab.call('Get-CsUser', { Identity: 'a*' })).output).toHaveLength(2)
    expect(
      (
        await lab.call('Get-CsUser', {
          Filter: `{HostingProvider -eq '${ONLINE}' -and DisplayName -like 'al*'}`,
        })
      ).output,
    ).toHaveLength(1)
    expect(messageOf(await lab.call('Get-CsUser', { Filter: 'Hosting Provider -eq 1' }))).toContain(
      'not understood',
    )
  })
})

describe('protected accounts and tenant settings', () => {
  it('refuses to write to a protected account', async () => {
    const userPrincipalName = 'megan.bowen@contoso.example'
    await lab.post('/people', { people: [{ userPrincipalName, isProtected: true }] })
    const answer = await lab.call('Enable-CsUser', enableOf(userPrincipalName))
    expect(messageOf(answer)).toContain('Insufficient access rights')
    expect((await lab.get<{ ad: object }>(`/state?person=${userPrincipalName}`)).ad).toMatchObject({
      'msRTCSIP-UserEnabled': null,
    })
  })

  it('moves nobody while the tenant has no shared SIP address space', async () => {
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await lab.sync()
    await lab.post('/scenario', { tenant: { sharedSipAddressSpace: false } })
    expect(messageOf(await lab.call('Move-CsUser', moveOf(ADELE)))).toContain('Error=(510)')
  })
})
