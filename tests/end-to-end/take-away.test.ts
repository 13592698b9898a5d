import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { type RealInstance, startInstance } from '../instance'
import { shellsUnderTest } from '../shells'

type Witness = { people: Record<string, Record<string, { changes: number }>>; doubled: unknown[] }

const pool = 'pool01.contoso.example'
const upns = ['adele.vance', "sean.o'brien", 'lee.gu'].map(name => `${name}@contoso.example`)
const [{ executable }] = shellsUnderTest()

/** A wave downloaded from a running Ferry and run by hand beside it, on the same estate. */
let ferry: RealInstance
let lead = ''

beforeAll(async () => {
  ferry = await startInstance({ env: { FERRY_LAB_PROFILE: 'zero' } })
  const program = ['--import', 'tsx', 'tests/end-to-end/estate-on-shell.ts', executable]
  const env = { ...process.env, DATABASE_URL: ferry.databaseUrl, FERRY_DATA_DIR: ferry.dataDir }
  lead = JSON.parse(execFileSync(process.execPath, program, { env, encoding: 'utf8' })).lead
})
afterAll(() => ferry?.stop())

const lab = async <T>(path: string, body?: unknown): Promise<T> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const { labUrl, labKey } = ferry.instance
  const response = await fetch(`${labUrl}${path}`, { ...init, headers: { 'x-lab-key': labKey } })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

const download = (wave: string, token: string) =>
  fetch(`${ferry.url}/api/waves/${wave}/script`, { headers: { authorization: `Bearer ${token}` } })

it('takes everybody of a wave across, each once, with the script as it was downloaded', async () => {
  await lab('/people', { people: upns.map(userPrincipalName => ({ userPrincipalName })) })
  const file = join(ferry.dataDir, 'people.csv')
  const rows = upns.map(upn => `sip:${upn},${upn.split('@')[0]},${upn}`)
  writeFileSync(file, ['SipAddress,DisplayName,UserPrincipalName', ...rows, ''].join('\n'))
  const imported = await ferry.cli(
    [
      ...['import', file, '--runbook', 'sfb-return', '--estate', 'shell', '--target-pool', pool],
      ...['--pilot', '3', '--accept-flagged', 'An apostrophe in the name is as it is'],
    ],
    lead,
  )
  const wave = /^Wave (\S+) /m.exec(imported)?.[1] ?? ''
  expect((await download(wave, 'nobody')).status).toBeGreaterThanOrEqual(400)
  const response = await download(wave, lead)
  expect(response.headers.get('content-type')).toBe('application/zip')
  const folder = join(ferry.dataDir, 'by-hand')
  let script = ''
  for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
    if (name.endsWith('.ps1')) script = join(folder, name)
  }
  const { labUrl, labKey } = ferry.instance
  const address = { FERRY_LAB_URL: labUrl ?? '', FERRY_LAB_KEY: labKey ?? '' }
  const ran = spawnSync(
    executable,
    ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', script, '-LookSeconds', '1'],
    { env: shellEnvironmentOf('lab', process.cwd(), { ...process.env, ...address }), encoding: 'utf8' },
  )
  expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('All 3 are through.') })
  const { people, doubled } = await lab<Witness>('/witness')
  expect(doubled).toEqual([])
  for (const upn of upns) expect(people[upn]).toMatchObject({ 'Move-CsUser': { changes: 1 } })
  expect(await taken()).toEqual([{ waveId: wave, rows: 3 }])
})

/** What the ledger says about scripts that were taken. */
async function taken(): Promise<{ waveId: string; rows: number }[]> {
  const database = new pg.Client({ connectionString: ferry.databaseUrl })
  await database.connect()
  try {
    const { rows } = await database.query<{ waveId: string; data: { rows: number } }>(
      `SELECT "waveId", data FROM event WHERE type = 'export.taken' AND data->>'what' LIKE 'the script of %'`,
    )
    return rows.map(row => ({ waveId: row.waveId, rows: row.data.rows }))
  } finally {
    await database.end()
  }
}
