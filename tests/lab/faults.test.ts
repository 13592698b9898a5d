import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LabProcess, moveOf, until } from './lab'

const ADELE = 'adele.vance@contoso.example'
let lab: LabProcess
let start = 0
beforeAll(async () => {
  lab = await LabProcess.start()
})
afterAll(() => lab?.stop())
beforeEach(async () => {
  await lab.post('/reset', {})
  start = (await lab.get<{ seq: number }>('/health')).seq
  await lab.post('/people', { people: [{ userPrincipalName: ADELE, standing: 'represented' }] })
})

const homeOf = async (upn: string) =>
  (await lab.get<{ ad: Record<string, unknown> }>(`/state?person=${upn}`)).ad['msRTCSIP-DeploymentLocator']

describe('faults from a scenario', () => {
  it('strike the call they name and no other', async () => {
    await lab.post('/scenario', {
      faults: [{ command: 'Move-CsUser', identity: ADELE, nth: 1, fault: 'not-provisioned' }],
    })
    const first = await lab.call('Move-CsUser', moveOf(ADELE))
    expect(first.errors[0]).toMatchObject({
      message: 'SetMoveResourceData failed because the user is not provisioned.',
      id: 'MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet',
      category: 'InvalidOperation',
    })
    expect(await homeOf(ADELE)).toBe('sipfed.online.lync.com')
    expect((await lab.call('Move-CsUser', moveOf(ADELE))).errors).toEqual([])
    expect(await homeOf(ADELE)).toBe('SRV:')
  })

  it('of a probability strike the same calls for the same seed, and others for another', async () => {
    const struck = async (seed: number) => {
      await lab.post('/scenario', {
        seed,
        faults: [{ command: 'Get-CsUser', probability: 0.4, fault: 'connection-lost' }],
      })
      const answers = []
      for (let n = 0; n < 30; n += 1)
        answers.push((await lab.call('Get-CsUser', { Identity: ADELE })).errors.length)
      return answers.join('')
    }
    const first = await struck(7)
    expect(await struck(7)).toBe(first)
    expect(await struck(8)).not.toBe(first)
    expect(first).toContain('1')
    expect(first).toContain('0')
  })

  it('that nobody knows are refused with the list of those there are', async () => {
    await expect(lab.post('/scenario', { faults: [{ command: '*', fault: 'fault-9' }] })).rejects.toThrow(
      /no fault "fault-9".*fault-506/,
    )
  })

  it('can claim success and change nothing', async () => {
    await lab.post('/scenario', { faults: [{ command: 'Move-CsUser', fault: 'no-effect' }] })
    expect((await lab.call('Move-CsUser', moveOf(ADELE))).errors).toEqual([])
    expect(await homeOf(ADELE)).toBe('sipfed.online.lync.com')
  })

  it('can delay with a warning', async () => {
    await lab.post('/scenario', { faults: [{ command: 'Get-CsUser', fault: 'micro-delay', ms: 80 }] })
    const began = Date.now()
    const { warnings } = await lab.call('Get-CsUser', { Identity: ADELE })
    expect(Date.now() - began).toBeGreaterThanOrEqual(75)
    expect(warnings[0]).toMatch(/^Micro delay applied\. Actual delayed: 80 msecs/)
  })

  it('can cut the connection while the move is still carried out', async () => {
    await lab.post('/scenario', {
      latency: { move: 200 },
      faults: [{ command: 'Move-CsUser', fault: 'drop' }],
    })
    await expect(lab.call('Move-CsUser', moveOf(ADELE))).rejects.toThrow()
    expect(await homeOf(ADELE)).toBe('sipfed.online.lync.com')
    await until(async () => (await homeOf(ADELE)) === 'SRV:')
    const call = (await lab.journal(start)).find(line => line.kind === 'call' && line.mutating)
    expect(call).toMatchObject({ command: 'Move-CsUser', fault: 'drop', outcome: 'fault', answered: false })
  })
})

describe('a client that dies in the middle', () => {
  it('does not stop its move', async () => {
    await lab.post('/scenario', { latency: { move: 300, jitter: 0 } })
    const dying = new AbortController()
    const init = { method: 'POST', headers: { 'x-lab-key': lab.key }, signal: dying.signal }
    const body = JSON.stringify({ command: 'Move-CsUser', parameters: moveOf(ADELE), session: 'dying' })
    const call = fetch(`${lab.url}/call`, { ...init, body })
    await until(async () => (await lab.get<{ running: unknown[] }>('/state')).running.length === 1)
    dying.abort()
    await expect(call).rejects.toThrow()
    expect(await homeOf(ADELE)).toBe('sipfed.online.lync.com')
    await until(async () => (await homeOf(ADELE)) === 'SRV:')
    await until(async () => (await lab.journal(start)).some(line => line.kind === 'call' && !line.answered))
  })

  it('may send the same call again without having it run twice', async () => {
    const request = { command: 'Move-CsUser', parameters: moveOf(ADELE), session: 'again', call: 'call-1' }
    expect((await lab.fetch('/call', request)).status).toBe(200)
    expect((await lab.fetch('/call', request)).status).toBe(409)
    expect((await lab.journal(start)).filter(line => line.kind === 'begin')).toHaveLength(1)
  })
})

describe('sessions', () => {
  const look = (session: string, more: Record<string, unknown> = {}) =>
    lab.call('Get-CsUser', { Identity: ADELE }, { session, ...more })

  it('are three for an administrator; the fourth is refused until one says goodbye', async () => {
    for (const name of ['a', 'b', 'c']) expect((await look(name)).errors).toEqual([])
    expect((await look('d')).errors[0]).toMatchObject({
      message: expect.stringContaining('maximum number of concurrent shells for this user') as string,
      terminating: true,
    })
    expect((await look('a')).errors).toEqual([])
    expect((await look('e', { credential: 'second@contoso.example' })).errors).toEqual([])
    await lab.post('/goodbye', { session: 'b' })
    expect((await look('d')).errors).toEqual([])
  })

  it('are free again once the shell is seen dead', async () => {
    const shell = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await lab.post('/scenario', { limits: { perAdmin: 1 } })
    await look('held', { pid: shell.pid, host: hostname() })
    expect((await look('waiting')).errors).toHaveLength(1)
    const gone = once(shell, 'exit')
    shell.kill('SIGKILL')
    await gone
    expect((await look('waiting')).errors).toEqual([])
  })

  it('do not count for the sync server', async () => {
    await lab.post('/scenario', { limits: { perAdmin: 1 } })
    await look('only')
    expect((await lab.call('Get-ADSyncScheduler', {}, { session: 'another' })).errors).toEqual([])
  })
})
