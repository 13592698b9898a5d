import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShellHealth } from '@/workers/powershell/seats'
import { type RealInstance, startInstance } from '../instance'
import { shellsUnderTest } from '../shells'

type Witness = { people: Record<string, Record<string, { changes: number }>>; doubled: unknown[] }

const pool = 'pool01.contoso.example'
const upns = ['adele.vance', "sean.o'brien", 'lee.gu', 'megan.bowen'].map(name => `${name}@contoso.example`)

/** A whole small batch, from the file to the proof, on an estate that names the shell under test. */
describe.each(shellsUnderTest())('a whole batch on $name', ({ executable, real }) => {
  let ferry: RealInstance
  let tokens: { lead: string; operator: string }

  beforeAll(async () => {
    ferry = await startInstance({ env: { FERRY_LAB_PROFILE: 'zero' } })
    const program = ['--import', 'tsx', 'tests/end-to-end/estate-on-shell.ts', executable]
    const env = { ...process.env, DATABASE_URL: ferry.databaseUrl, FERRY_DATA_DIR: ferry.dataDir }
    tokens = JSON.parse(execFileSync(process.execPath, program, { env, encoding: 'utf8' }))
  })
  afterAll(() => ferry?.stop())

  const lab = async <T>(path: string, body?: unknown): Promise<T> => {
    const { labUrl, labKey } = ferry.instance
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${labUrl}${path}`, { ...init, headers: { 'x-lab-key': labKey } })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as T
  }

  it('takes four people across, each once, and its sessions ran on that shell', async () => {
    await lab('/people', { people: upns.map(userPrincipalName => ({ userPrincipalName })) })
    const file = join(ferry.dataDir, 'people.csv')
    const rows = upns.map(upn => `sip:${upn},${upn.split('@')[0]},${upn}`)
    writeFileSync(file, ['SipAddress,DisplayName,UserPrincipalName', ...rows, ''].join('\n'))
    const imported = await ferry.cli(
      [
        ...['import', file, '--runbook', 'sfb-return', '--estate', 'shell', '--target-pool', pool],
        ...['--pilot', '1', '--wave-size', '10', '--accept-flagged', 'An apostrophe in the name is as it is'],
      ],
      tokens.lead,
    )
    const waves = [...imported.matchAll(/^Wave (\S+) /gm)].map(match => match[1] ?? '')
    expect(waves).toHaveLength(2)
    for (const wave of waves) await ferry.cli(['request-approval', '--wave', wave], tokens.lead)
    await untilDone()
    const { people, doubled } = await lab<Witness>('/witness')
    expect(doubled).toEqual([])
    for (const upn of upns) expect(people[upn]).toMatchObject({ 'Move-CsUser': { changes: 1 } })
    const seats = await shellsOfSeats()
    expect(seats.length).toBeGreaterThan(0)
    for (const shell of seats) expect(shell).toMatchObject({ executable, languageMode: 'FullLanguage' })
    expect(seats.flatMap(shell => Object.keys(shell.modules))).toContain(
      real ? 'FerryLab' : 'SkypeForBusiness',
    )
    expect(await ferry.cli(['audit', 'verify'])).toMatch(/\d/)
  })

  it('wrote a line for every attempt, with the ids that find it again', async () => {
    const lines = readFileSync(join(ferry.dataDir, 'logs', 'lane.log'), 'utf8')
      .split('\n')
      .flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
      .filter(line => line.msg === 'An attempt is over')
    const logged = lines.map(({ attemptId, batchId, itemId = null }) => ({ attemptId, batchId, itemId }))
    const attempts = await rows<{ attemptId: string; batchId: string; itemId: string | null }>(
      `SELECT id AS "attemptId", "batchId", "itemId" FROM attempt ORDER BY id`,
    )
    expect(attempts.length).toBeGreaterThan(8)
    expect(logged.sort((a, b) => (String(a.attemptId) < String(b.attemptId) ? -1 : 1))).toEqual(attempts)
  })

  /** Approves whatever waits, wave by wave, until the batch is done. */
  async function untilDone(): Promise<void> {
    const end = Date.now() + 180_000
    for (;;) {
      const waves = await rows<{ id: string; state: string }>(
        `SELECT id, state FROM wave WHERE state <> 'done'`,
      )
      if (waves.length === 0) return
      for (const wave of waves)
        if (wave.state === 'awaiting_approval')
          await ferry.cli(['approve', '--wave', wave.id], tokens.operator)
      if (Date.now() > end) throw new Error(`The batch did not end: ${JSON.stringify(waves)}\n${ferry.text}`)
      await sleep(500)
    }
  }

  async function shellsOfSeats(): Promise<ShellHealth[]> {
    const seats = await rows<{ shell: ShellHealth }>('SELECT shell FROM seat WHERE shell IS NOT NULL')
    return seats.map(seat => seat.shell)
  }

  async function rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
    const database = new pg.Client({ connectionString: ferry.databaseUrl })
    await database.connect()
    try {
      return (await database.query<T>(sql)).rows
    } finally {
      await database.end()
    }
  }
})
