import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enableOf, LabProcess, moveOf, ONLINE, until } from './lab'

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

const providerOf = async (upn: string) =>
  (await lab.get<{ online: Record<string, unknown> }>(`/state?person=${upn}`)).online.onPremHostingProvider
const idle = () => until(async () => !(await lab.get<{ sync: { busy: boolean } }>('/state')).sync.busy)
const seen = (event: string) =>
  until(async () => (await lab.journal()).some(line => line.kind === 'sync' && line.event === event))

describe('the sync engine', () => {
  it('says Success at once, is busy for a while, and refuses a second start', async () => {
    await lab.post('/scenario', { latency: { read: 0, syncStart: 0, syncCycle: 600 } })
    expect((await lab.call('Start-ADSyncSyncCycle', { PolicyType: 'Delta' })).output).toEqual([
      { Result: 'Success' },
    ])
    expect((await lab.call('Get-ADSyncScheduler')).output).toMatchObject([{ SyncCycleInProgress: true }])
    expect((await lab.call('Get-ADSyncConnectorRunStatus')).output).toMatchObject([{ RunState: 'Busy' }])
    const second = await lab.call('Start-ADSyncSyncCycle', { PolicyType: 'Delta' })
    expect(second.errors[0]).toMatchObject({
      message: expect.stringMatching(/is busy|already running/) as string,
      category: 'WriteError',
    })
    await idle()
    expect((await lab.call('Get-ADSyncConnectorRunStatus')).output).toEqual([])
  })

  it('copies what it saw when it read: a change during the cycle waits for the next one', async () => {
    await lab.post('/scenario', { latency: { enable: 0, read: 0, syncStart: 0, syncCycle: 900 } })
    await lab.call('Enable-CsUser', enableOf(ADELE))
    const { seq } = await lab.get<{ seq: number }>('/health')
    await lab.call('Start-ADSyncSyncCycle', { PolicyType: 'Delta' })
    await until(async () =>
      (await lab.journal(seq)).some(line => line.kind === 'sync' && line.event === 'read'),
    )
    await lab.call('Enable-CsUser', enableOf(ALEX))
    await idle()
    expect(await providerOf(ADELE)).toBe(ONLINE)
    expect(await providerOf(ALEX)).toBeNull()
    await lab.sync()
    expect(await providerOf(ALEX)).toBe(ONLINE)
  })

  it('exports nothing in staging mode and does not start while suspended', async () => {
    await lab.post('/scenario', { latency: 'zero', sync: { staging: true } })
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await lab.sync()
    expect(await providerOf(ADELE)).toBeNull()
    await lab.post('/scenario', { latency: 'zero', sync: { suspended: true } })
    expect((await lab.call('Start-ADSyncSyncCycle')).errors).toHaveLength(1)
  })

  it('leaves accounts out of scope alone', async () => {
    const userPrincipalName = 'lee.gu@contoso.example'
    await lab.post('/people', { people: [{ userPrincipalName, inSyncScope: false }] })
    await lab.call('Enable-CsUser', enableOf(userPrincipalName))
    await lab.sync()
    expect(await providerOf(userPrincipalName)).toBeNull()
    expect((await lab.call('Move-CsUser', moveOf(userPrincipalName))).errors[0]?.message).toContain(
      'Error=(506)',
    )
  })

  it('can be stopped, and then has written nothing', async () => {
    await lab.post('/scenario', { latency: { enable: 0, read: 0, syncStart: 0, syncCycle: 900 } })
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await lab.call('Start-ADSyncSyncCycle', { PolicyType: 'Delta' })
    await lab.call('Stop-ADSyncSyncCycle')
    await seen('stopped')
    expect(await providerOf(ADELE)).toBeNull()
  })

  it('starts by itself when its time has come', async () => {
    await lab.post('/scenario', { latency: 'zero', sync: { everyMinutes: 0.01 } })
    await lab.call('Enable-CsUser', enableOf(ADELE))
    await until(async () => (await providerOf(ADELE)) === ONLINE)
  })
})
