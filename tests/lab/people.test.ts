import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import cmdlets from '@/lab/commands/cmdlets.json' with { type: 'json' }
import { type DocumentedCommand, specsByModule } from '@/lab/commands/specs'
import specs from '@/lab/commands/specs.json' with { type: 'json' }
import { functionText } from '@/lab/module/function-text'
import { exportCsv, readPeople } from '@/lab/people/csv'
import { allPeople, awkwardPeople, demoPeople, sampleUsers } from '@/lab/people/people'
import { commandNames } from '@/lab/service/calls/commands'
import { LabProcess } from './lab'

describe('the people of the lab', () => {
  it('are 60, 40 and 10, all different, three of the 60 enabled on-premises', () => {
    expect([demoPeople(), sampleUsers(), awkwardPeople()].map(people => people.length)).toEqual([60, 40, 10])
    const names = allPeople().map(person => person.userPrincipalName.toLowerCase())
    expect(new Set(names).size).toBe(110)
    expect(demoPeople().filter(person => person.standing === 'represented')).toHaveLength(3)
  })

  it('are the ones in the sample files, and come back from them', () => {
    for (const [file, people] of [
      ['public/sample-users.csv', sampleUsers()],
      ['lab/people/demo-batch.csv', demoPeople()],
    ] as const) {
      const bytes = readFileSync(file)
      expect(bytes.toString()).toBe(exportCsv(people))
      const read = readPeople(bytes)
      expect(read.leftOut).toBe(0)
      expect(read.people.map(person => person.sipAddress)).toEqual(people.map(person => person.sipAddress))
    }
  })

  it('are read from what administrators bring, without the rows that are nobody', () => {
    const text =
      '#TYPE Selected.User\r\n"DISPLAYNAME";"SipAddress"\r\n"Star";"sip:*@contoso.example"\r\n"Gone";"sip:4d5c0bd1-7c9e-4a35-9a0b-0f6fb0d7f3a1@contoso.example"\r\n"None";\r\n"Zoë";"sip:zoe@contoso.example"\r\n'
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    expect(readPeople(utf16)).toEqual({
      people: [
        {
          userPrincipalName: 'zoe@contoso.example',
          sipAddress: 'sip:zoe@contoso.example',
          displayName: 'Zoë',
          standing: 'born-online',
        },
      ],
      leftOut: 3,
    })
    expect(() => readPeople(Buffer.from('Mail\na@contoso.example\n'))).toThrow(/neither a SipAddress/)
  })
})

describe('what is generated', () => {
  it('is up to date with cmdlets.json', () => {
    const documented = specsByModule(cmdlets as unknown as Record<string, DocumentedCommand>)
    expect(specs).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(documented))))
    const text = readFileSync('lab/module/FerryLab/FerryLab.psm1', 'utf8')
    for (const command of [...documented.values()].flat()) expect(text).toContain(functionText(command))
  })

  it('has a signature for every command that the service has', () => {
    const known = Object.values(specs).flatMap(commands => commands.map(command => command.name))
    expect(commandNames.filter(name => !known.includes(name))).toEqual([])
  })
})

describe('npm run lab', () => {
  let lab: LabProcess
  const program = join(tmpdir(), `ferry-lab-cli-${process.pid}.mjs`)
  beforeAll(async () => {
    lab = await LabProcess.start()
    const entryPoints = ['lab/cli/main.ts']
    buildSync({
      entryPoints,
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    })
  })
  afterAll(() => lab?.stop())
  const run = (...args: string[]) => {
    const env = { ...process.env, FERRY_LAB_URL: '', FERRY_LAB_KEY: '', FERRY_LAB_DIR: lab.directory }
    return execFileSync(process.execPath, [program, ...args], { env, encoding: 'utf8' })
  }

  it('adds people once, lists them, sets a scenario, shows the journal, empties the lab', async () => {
    expect(run('add', 'public/sample-users.csv')).toBe(
      '40 people added, 0 were there already, 0 rows are nobody.\n',
    )
    expect(run('add', 'public/sample-users.csv')).toContain('0 people added, 40 were there already')
    expect(run('people', 'pilar')).toMatch(
      /pilar\.walters@contoso\.example\tborn online\tcloud shows nothing/,
    )
    expect(run('scenario', 'lab/scenarios/rough-day.json')).toContain('with 8 faults')
    const identity = 'pilar.walters@contoso.example'
    await lab.post('/scenario', { latency: 'zero' })
    await lab.call('Enable-CsUser', {
      Identity: identity,
      SipAddress: `sip:${identity}`,
      HostingProviderProxyFqdn: 'sipfed.online.lync.com',
    })
    expect(run('journal', '--changes')).toMatch(
      /Enable-CsUser changes pilar\.walters@contoso\.example \(ad\): .*empty → true/,
    )
    expect(run('witness')).toContain('1 people touched, 0 doubled')
    expect(run('reset')).toBe('The lab is empty.\n')
    expect(run('people')).toBe('0 of 0 people.\n')
  })
})
