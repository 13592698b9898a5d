import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../database'

let database: { url: string; drop: () => Promise<void> }
let folder: string

beforeEach(async () => {
  database = await createDatabase()
  folder = mkdtempSync(join(tmpdir(), 'ferry-worker-'))
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Starts `npm run worker` as another machine would; `until` ends it with SIGTERM once it was said. */
async function worker(args: string[], env: Record<string, string> = {}, until?: RegExp) {
  const { FERRY_RUN: _run, REDIS_URL: _redis, FERRY_TOKEN: _token, ...rest } = process.env
  const child = spawn(process.execPath, ['scripts/worker.mjs', ...args], {
    env: { ...rest, FERRY_DATA_DIR: folder, FERRY_LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let asked = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      text += chunk
      if (!asked && until?.test(text)) asked = child.kill('SIGTERM')
    })
  const code = await new Promise<number | null>(resolve => child.once('exit', resolve))
  return { code, text }
}

const coordinator = (version: string) =>
  query(`INSERT INTO worker (id, name, kind, host, pid, version, "lastSeenAt")
    VALUES ('wrk_c', 'coordinator', 'coordinator', 'elsewhere', 1, '${version}', clock_timestamp())`)

test('a worker from elsewhere registers itself with the lanes it was given, and drains when told to end', async () => {
  await query(`INSERT INTO estate (id, name, kind) VALUES ('west', 'West', 'lab');
    INSERT INTO credential (id, "estateId", name) VALUES ('crd', 'west', 'admin');
    INSERT INTO lane (id, "estateId", name, "credentialId") VALUES ('l1', 'west', 'sfb', 'crd'), ('l2', 'west', 'sync', 'crd')`)
  const args = ['--lanes', 'sfb,exchange', '--estates', 'West', '--name', 'host7']
  const { code, text } = await worker(args, { DATABASE_URL: database.url }, /Lane worker ready/)
  expect(text).toMatch(/exchange.*No estate has a lane by this name/s)
  expect(code).toBe(0)
  expect(await query('SELECT name, lanes, "stoppedWhy" FROM worker')).toEqual([
    { name: 'host7', lanes: ['west.sfb'], stoppedWhy: 'Stopped by SIGTERM.' },
  ])
})

test('a worker whose instance was upgraded meanwhile takes nothing more, ends by itself and says why', async () => {
  await coordinator(process.env.npm_package_version ?? '0.1.0')
  const running = worker(['--name', 'host7'], { DATABASE_URL: database.url })
  await expect
    .poll(() => query(`SELECT 1 FROM worker WHERE kind = 'lane'`), { timeout: 45_000 })
    .toHaveLength(1)
  await query(`INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name)
    VALUES ('x', '', now(), '99990101000000_later')`)
  expect(await running).toMatchObject({
    code: 3,
    text: expect.stringMatching(/older than the instance.*99990101000000_later/),
  })
  expect(await query(`SELECT "stoppedWhy" FROM worker WHERE kind = 'lane'`)).toEqual([
    { stoppedWhy: expect.stringMatching(/older than the instance/) },
  ])
})

test('another version, another database and another queue are refused with what to change', async () => {
  const own = { DATABASE_URL: database.url }
  expect((await worker([])).text).toMatch(/DATABASE_URL is not set/)
  expect((await worker(['--lane', 'sfb'], own)).text).toMatch(/Unknown option '--lane'/)

  await coordinator('9.9.9')
  const other = await worker([], own)
  expect(other).toMatchObject({ code: 3, text: expect.stringMatching(/the instance is Ferry 9\.9\.9/) })

  await query(`UPDATE worker SET version = '${process.env.npm_package_version ?? '0.1.0'}';
    INSERT INTO setting (key, value) VALUES ('queue', '"redis"')`)
  expect((await worker([], own)).text).toMatch(/keeps its queue in Redis, and this worker has no REDIS_URL/)

  await query(`INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name)
    VALUES ('x', '', now(), '99990101000000_later')`)
  expect((await worker([], own)).text).toMatch(/older than the instance.*99990101000000_later/)
  expect(await query(`SELECT 1 FROM worker WHERE kind = 'lane'`)).toEqual([])
})
