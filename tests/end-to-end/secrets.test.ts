import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RealInstance, startInstance } from '../instance'
import { type RecordedRedis, recordedRedis } from '../recorded-redis'
import { shellsUnderTest } from '../shells'

/** One secret in each place of a worker's store. The account of the one in the vault has another password. */
const planted = {
  environment: 'Tulip-41-in-the-environment',
  file: 'Heron-73-in-a-file',
  vault: 'Cedar-29-in-a-vault',
}
const user = 'svc-ferry@contoso.example'
const syncUser = 'svc-sync@contoso.example'

const upn = 'adele.vance@contoso.example'
const [{ executable }] = shellsUnderTest()
let folder: string
let ferry: RealInstance
let redis: RecordedRedis | null
let tokens: { lead: string; operator: string }

async function lab(path: string, body?: unknown): Promise<string> {
  const { labUrl, labKey } = ferry.instance
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(`${labUrl}${path}`, { ...init, headers: { 'x-lab-key': labKey } })
  if (!response.ok) throw new Error(await response.text())
  return response.text()
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; !(await holds()); await sleep(500))
    if (Date.now() > end) throw new Error(`What was waited for did not come about.\n${ferry.text}`)
}

async function query<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const database = new pg.Client({ connectionString: ferry.databaseUrl })
  await database.connect()
  try {
    return (await database.query<T>(text)).rows
  } finally {
    await database.end()
  }
}

/** Every row of every table of Ferry and of its queue, as text. */
async function tables(): Promise<string> {
  const names = await query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS "name" FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  )
  const all = names.map(({ name }) => name).join()
  expect(all).toContain('public.event')
  if (!redis) expect(all).toContain('bullmq.')
  const found: string[] = []
  for (const { name } of names)
    for (const { row } of await query<{ row: string }>(`SELECT t::text AS "row" FROM ${name} t`))
      found.push(row)
  return found.join('\n')
}

/** Whatever is in the files of the data folder, with the database's own and the lab's. */
function files(): string {
  return readdirSync(ferry.dataDir, { recursive: true, encoding: 'utf8' })
    .map(name => join(ferry.dataDir, name))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map(path => readFileSync(path, 'latin1'))
    .join('\n')
}

/** The planted secrets that stand in a text: as they are, in Base64 of UTF-8 and of UTF-16, and in UTF-16. */
function secretsIn(text: string): string[] {
  const forms = (secret: string) => {
    const base64 = ['utf8', 'utf16le'].flatMap(code =>
      // Where it begins in a longer text shifts its Base64.
      [0, 1, 2].map(shift => {
        const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret, code as 'utf8')])
        return bytes.toString('base64').slice(shift === 0 ? 0 : 4, -4)
      }),
    )
    return [secret, Buffer.from(secret, 'utf16le').toString('latin1'), ...base64]
  }
  return Object.values(planted).filter(secret => forms(secret).some(form => text.includes(form)))
}

describe.each(['postgres', 'redis'] as const)('with the queue on %s', backend => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-secrets-'))
    redis = backend === 'redis' ? await recordedRedis() : null
    writeFileSync(join(folder, 'sfb-admin.json'), JSON.stringify({ user, password: planted.file }), {
      mode: 0o600,
    })
    ferry = await startInstance({
      env: {
        ...(redis ? { REDIS_URL: redis.url } : {}),
        FERRY_LAB_PROFILE: 'zero',
        FERRY_LOG_LEVEL: 'trace',
        FERRY_CREDENTIAL_SYNC_OPERATOR_USER: syncUser,
        FERRY_CREDENTIAL_SYNC_OPERATOR_PASSWORD: planted.environment,
        FERRY_CREDENTIALS_DIR: folder,
        FERRY_CREDENTIAL_VAULT: 'Ferry',
      },
    })
    const program = ['--import', 'tsx', 'tests/end-to-end/estate-on-shell.ts', executable, 'teams']
    const env = { ...process.env, DATABASE_URL: ferry.databaseUrl, FERRY_DATA_DIR: ferry.dataDir }
    tokens = JSON.parse(execFileSync(process.execPath, program, { env, encoding: 'utf8' }))
  })
  afterAll(async () => {
    await ferry?.stop()
    await redis?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('works with planted secrets of all three places and writes none of them anywhere', async () => {
    const account = (name: string, password: string) => ({
      user: name,
      passwordSha256: createHash('sha256').update(password).digest('hex'),
    })
    const accounts = [account(user, planted.file), account(syncUser, planted.environment)]
    await lab('/scenario', { tenant: { requireConnect: true, accounts } })
    const sync = ['--estate', 'shell', '--credential', 'sync-operator', '--kind', 'teams']
    await ferry.cli(['credentials', 'set', ...sync, '--reason', 'It signs in as well'], tokens.lead)
    await lab('/vault', { name: 'Ferry', secrets: [{ name: 'sfb-admin', user, password: planted.vault }] })
    await lab('/people', { people: [{ userPrincipalName: upn }] })
    const csv = join(ferry.dataDir, 'people.csv')
    writeFileSync(csv, `SipAddress,DisplayName,UserPrincipalName\nsip:${upn},Adele Vance,${upn}\n`)
    const target = ['--runbook', 'sfb-return', '--estate', 'shell', '--target-pool', 'pool01.contoso.example']
    const imported = await ferry.cli(['import', csv, ...target, '--pilot', '1'], tokens.lead)
    const wave = /^Wave (\S+) /m.exec(imported)?.[1] ?? ''

    // The secrets of file and environment are right: the person is read, moved, and synced, each after a sign-in.
    await ferry.cli(['request-approval', '--wave', wave], tokens.lead)
    await until(async () => {
      const waves = await query<{ id: string }>(`SELECT id FROM wave WHERE state = 'awaiting_approval'`)
      for (const { id } of waves) await ferry.cli(['approve', '--wave', id], tokens.operator)
      return (await query(`SELECT 1 FROM batch WHERE state <> 'done'`)).length === 0
    })

    // Then the file gives way to the vault, whose secret is not the account's: a failing sign-in that stops the lane.
    rmSync(join(folder, 'sfb-admin.json'))
    const shells = await query<{ pid: number }>(
      `SELECT pid FROM seat WHERE state <> 'dead' AND pid IS NOT NULL`,
    )
    for (const { pid } of shells) process.kill(pid, 'SIGKILL')
    await lab('/people', { people: [{ userPrincipalName: `lee.${upn}` }] })
    writeFileSync(csv, `SipAddress,DisplayName,UserPrincipalName\nsip:lee.${upn},Lee Gu,lee.${upn}\n`)
    await ferry.cli(['import', csv, ...target, '--pilot', '1'], tokens.lead)
    await until(
      async () =>
        (await query(`SELECT 1 FROM lane WHERE "stoppedWhy" LIKE 'The sign-in with sfb-admin failed%'`))
          .length === 1,
    )
    expect((await lab('/journal')).match(/AuthenticationFailed/g)).toHaveLength(1)

    // Where it is now looked for is said with the next beat.
    await until(async () => (await ferry.cli(['credentials'])).includes('in a vault'))
    const [first] = await query<{ id: string }>('SELECT id FROM batch ORDER BY id')
    const batchId = first?.id ?? ''
    const archive = join(folder, 'backup.tar.gz')
    await ferry.cli(['backup', archive])
    const api = await Promise.all(
      ['/api/health', '/api/metrics'].map(async path => {
        const headers = { authorization: `Bearer ${tokens.operator}` }
        return (await fetch(`${ferry.url}${path}`, { headers })).text()
      }),
    )
    const kept = {
      tables: await tables(),
      files: files(),
      printed: ferry.text,
      journal: await lab('/journal'),
      state: await lab('/state'),
      backup: gunzipSync(readFileSync(archive)).toString('latin1'),
      credentials: await ferry.cli(['credentials', '--json']),
      export: await ferry.cli(['export', '--batch', batchId, '--format', 'csv'], tokens.operator),
      api: api.join('\n'),
      queue: redis ? await redis.record() : '',
    }
    for (const [where, text] of Object.entries(kept)) expect([where, secretsIn(text)]).toEqual([where, []])

    if (redis) expect(kept.queue).toMatch(/EVALSHA.*itm_/i)

    // The search can find: what is put into a row on purpose is seen there, and in the file behind it.
    const base64 = Buffer.from(`x ${planted.file} y`, 'utf16le').toString('base64')
    await query(`UPDATE lane SET "stoppedWhy" = '${planted.vault} ${base64}' WHERE "stoppedWhy" IS NOT NULL`)
    expect(secretsIn(await tables())).toEqual([planted.file, planted.vault])
    if (!redis) return
    await redis.write('a-job', [planted.vault, base64])
    expect(secretsIn(await redis.record())).toEqual([planted.file, planted.vault])
  })
})
