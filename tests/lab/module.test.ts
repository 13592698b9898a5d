import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { labModules } from '@/lab/commands/module'
import type { CommandError } from '@/lab/interpreter/extension'
import { LabProcess, moveOf, POOL } from './lab'

const ADELE = 'adele.vance@contoso.example'
let lab: LabProcess
beforeAll(async () => {
  lab = await LabProcess.start()
})
afterAll(() => lab?.stop())
beforeEach(async () => {
  vi.stubEnv('FERRY_LAB_URL', lab.url)
  vi.stubEnv('FERRY_LAB_KEY', lab.key)
  await lab.post('/reset', {})
  await lab.post('/people', { people: [{ userPrincipalName: ADELE, standing: 'represented' }] })
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** Runs a command as the interpreter does, and collects what it says. */
async function run(name: string, bound: Record<string, unknown>, should = true) {
  const command = labModules.flatMap(module => module.commands).find(({ spec }) => spec.name === name)
  if (!command) throw new Error(`There is no ${name}.`)
  const said = {
    output: [] as unknown[],
    warnings: [] as string[],
    errors: [] as CommandError[],
    asked: [] as string[],
  }
  await command.invoke(bound, {
    output: value => said.output.push(value),
    warning: text => said.warnings.push(text),
    verbose: () => {},
    error: error => said.errors.push(error),
    shouldProcess: (target, action) => {
      said.asked.push(`${action} on ${target}`)
      return should
    },
  })
  return said
}

describe('the commands for the stand-in', () => {
  it('carry parameters exactly, whatever is in them', async () => {
    const { seq } = await lab.get<{ seq: number }>('/health')
    const values = [
      "O'Brien ’‘‚“”„",
      '$(Get-Date) `n; | & "x"',
      'line\nbreak\t\u0000',
      '\ud800 lone',
      '\u202e right to left',
      '佐藤',
    ]
    for (const Identity of values) await run('Get-CsUser', { Identity })
    const calls = (await lab.journal(seq)).filter(line => line.kind === 'call')
    expect(calls.map(line => line.parameters.Identity)).toEqual(values)
  })

  it('ask before a change, and change nothing when told not to', async () => {
    const { seq } = await lab.get<{ seq: number }>('/health')
    const { asked } = await run('Move-CsUser', moveOf(ADELE), false)
    expect(asked).toEqual([`Move-CsUser on ${ADELE}`])
    expect(await lab.journal(seq)).toEqual([])
  })

  it('take an object from the pipeline by what names it', async () => {
    const [user] = (await run('Get-CsUser', { Identity: ADELE })).output
    const moved = await run('Move-CsUser', { Identity: user, Target: POOL, PassThru: true })
    expect(moved.output).toMatchObject([{ RegistrarPool: POOL }])
  })

  it('read a user list and write a report', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-lab-files-'))
    const [list, report] = [join(folder, 'users.txt'), join(folder, 'report.csv')]
    writeFileSync(list, `"sip:${ADELE}","sip:nobody@contoso.example"`)
    const { errors } = await run('Move-CsUser', { UserList: list, Target: POOL, Report: report })
    expect(errors[0]?.message).toContain('Cannot find user in Active Directory')
    expect(readFileSync(report, 'utf8').split('\r\n')[0]).toBe('"User","Target","Result"')
    expect((await run('Get-CsUser', { Identity: ADELE })).output).toMatchObject([{ HostingProvider: 'SRV:' }])
    rmSync(folder, { recursive: true })
  })

  it('answer a cut connection with the error of a lost session, and send nothing twice', async () => {
    await lab.post('/scenario', {
      latency: { read: 0, move: 100 },
      faults: [{ command: 'Move-CsUser', fault: 'drop' }],
    })
    await run('Get-CsUser', { Identity: ADELE })
    const { seq } = await lab.get<{ seq: number }>('/health')
    const { errors } = await run('Move-CsUser', moveOf(ADELE))
    expect(errors[0]).toMatchObject({
      exception: 'System.Management.Automation.Remoting.PSRemotingTransportException',
      terminating: true,
    })
    await lab.call('Get-CsUser', { Identity: ADELE })
    expect((await lab.journal(seq)).filter(line => line.kind === 'begin')).toHaveLength(1)
  })

  it('survive a restart of the service between two calls', async () => {
    await run('Get-CsUser', { Identity: ADELE })
    await lab.killAndRestart()
    expect((await run('Get-CsUser', { Identity: ADELE })).errors).toEqual([])
  })

  it('say what is missing when nobody told them where the lab is', async () => {
    vi.stubEnv('FERRY_LAB_KEY', '')
    expect((await run('Get-CsUser', { Identity: ADELE })).errors[0]?.message).toMatch(
      /^FERRY_LAB_KEY is not set/,
    )
    vi.stubEnv('FERRY_LAB_KEY', 'wrong')
    expect((await run('Get-CsUser', { Identity: ADELE })).errors[0]?.message).toContain(
      'key is missing or wrong',
    )
    vi.stubEnv('FERRY_LAB_URL', 'http://127.0.0.1:9')
    expect((await run('Get-CsUser', { Identity: ADELE })).errors[0]?.message).toContain('does not answer')
  })

  it('cost little beyond the lab’s own latency', async () => {
    await run('Get-CsUser', { Identity: ADELE })
    const began = performance.now()
    for (let n = 0; n < 200; n += 1) await run('Get-CsUser', { Identity: ADELE })
    expect((performance.now() - began) / 200).toBeLessThan(10)
  })
})
