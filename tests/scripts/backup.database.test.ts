import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { create, extract } from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBackup } from '@/scripts/backup/open-backup'
import { restoreBackup } from '@/scripts/backup/restore-backup'
import { writeBackup } from '@/scripts/backup/write-backup'
import { migrate } from '@/scripts/migrate'
import { createDatabase } from '../database'

type Database = { url: string; drop: () => Promise<void> }
const FIRST = '20261124000000_first'

let folder: string
let databases: Database[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-backup-'))
  databases = []
})
afterEach(async () => {
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function database(): Promise<string> {
  const made = await createDatabase()
  databases.push(made)
  return made.url
}

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

/** A person, a batch half on its way with a text that COPY has to escape, a seat, a worker and a used sequence. */
async function somethingIn(url: string): Promise<void> {
  await query(
    url,
    `INSERT INTO "user" (id, name, email, roles) VALUES ('per_a', E'Zo\\u00eb\\tM\\u00fcller\\n\\\\', 'zoe@contoso.example', '{lead}');
     INSERT INTO estate (id, name, kind) VALUES ('west', 'West', 'lab');
     INSERT INTO credential (id, "estateId", name) VALUES ('crd', 'west', 'admin');
     INSERT INTO runbook_version (id, runbook, version, definition) VALUES ('rbk', 'sfb-return', '1', '{}');
     INSERT INTO batch (id, name, state, "estateId", "runbookVersionId", "createdById") VALUES ('bat', 'West', 'active', 'west', 'rbk', 'per_a');
     INSERT INTO wave (id, "batchId", position, name, state) VALUES ('wav', 'bat', 1, 'Pilot', 'running');
     INSERT INTO item (id, "batchId", "waveId", "estateId", position, identity, "displayName", "sipAddress", upn)
       SELECT 'itm' || n, 'bat', 'wav', 'west', n, 'sip:p' || n, 'Person ' || n, 'sip:p' || n, 'p' || n FROM generate_series(1, 500) n;
     INSERT INTO worker (id, name, kind, host, pid, version) VALUES ('wrk', 'w', 'lane', 'h', 1, '0');
     INSERT INTO seat (id, "credentialId", "workerId", host, lane, number, "fencingToken") VALUES ('set', 'crd', 'wrk', 'h', 'sfb', 1, nextval('fencing_token'));
     SELECT nextval('fencing_token') FROM generate_series(1, 41)`,
  )
}

/** A copy of the project's migrations up to `last`, as an earlier Ferry had them. */
function earlierFerry(last: string): string {
  const root = join(folder, 'earlier')
  for (const name of readdirSync('prisma/migrations').filter(one => one <= last))
    cpSync(join('prisma/migrations', name), join(root, 'prisma/migrations', name), { recursive: true })
  mkdirSync(join(root, 'node_modules/bullmq'), { recursive: true })
  cpSync('node_modules/bullmq/package.json', join(root, 'node_modules/bullmq/package.json'))
  return root
}

async function restoreInto(url: string, file: string) {
  const open = await openBackup(file)
  try {
    return await restoreBackup(open, 'backup.tar.gz', process.cwd(), url)
  } finally {
    await open.close()
  }
}

test('what is restored is what was saved, held until a person releases it', async () => {
  const [from, to] = [await database(), await database()]
  await somethingIn(from)
  const file = join(folder, 'backup.tar.gz')
  const saved = await writeBackup(file, '1.0.0', from)
  await query(
    to,
    `INSERT INTO worker (id, name, kind, host, pid, version) VALUES ('here', 'w', 'lane', 'h', 2, '0')`,
  )
  const restored = await restoreInto(to, file)
  expect(restored).toMatchObject({ rows: saved.rows, batches: 1, upgraded: [] })

  const again = await writeBackup(join(folder, 'again.tar.gz'), '1.0.0', to)
  const changed = new Set(['worker', 'seat', 'hold', 'chain', 'event'])
  const rows = (tables: typeof saved.manifest.tables) => tables.filter(({ name }) => !changed.has(name))
  expect(rows(again.manifest.tables)).toEqual(rows(saved.manifest.tables))
  expect(again.manifest.sequences).toEqual(saved.manifest.sequences)
  expect(await query(to, 'SELECT scope::text, "releasedAt" FROM hold')).toEqual([
    { scope: 'everything', releasedAt: null },
  ])
  expect(await query(to, 'SELECT state::text FROM seat')).toEqual([{ state: 'dead' }])
  const working = await query(to, 'SELECT id FROM worker WHERE "stoppedAt" IS NULL')
  expect(working).toEqual([{ id: 'here' }])
  expect(await query(to, `SELECT type FROM event WHERE chain = 'instance'`)).toEqual([
    { type: 'instance.restored' },
  ])
})

test('a backup of an earlier Ferry is brought up to date; a database with data in it as well', async () => {
  const root = earlierFerry(FIRST)
  const earlier = await database()
  await query(earlier, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await migrate(earlier, root)
  await somethingIn(earlier)
  const file = join(folder, 'earlier.tar.gz')
  await writeBackup(file, '0.1.0', earlier)
  const later = readdirSync('prisma/migrations').filter(name => /^\d/.test(name) && name > FIRST)
  const to = await database()
  expect((await restoreInto(to, file)).upgraded).toEqual(later)
  expect((await migrate(earlier, process.cwd())).applied).toEqual(later)
  for (const url of [to, earlier])
    expect(await query(url, 'SELECT count(*)::int AS people FROM item')).toEqual([{ people: 500 }])
  expect((await migrate(to, process.cwd())).applied).toEqual([])
})

test('an instance in use, a damaged archive and a newer one are refused, and nothing is changed', async () => {
  const from = await database()
  await somethingIn(from)
  const file = join(folder, 'backup.tar.gz')
  await writeBackup(file, '1.0.0', from)
  await expect(restoreInto(from, file)).rejects.toThrow(/in use: it has 1 people and 1 batches/)
  expect(await query(from, 'SELECT count(*)::int AS people FROM item')).toEqual([{ people: 500 }])
  await expect(writeBackup(file, '1.0.0', from)).rejects.toThrow(/is there already/)
  await expect(openBackup(join(folder, 'none'))).rejects.toThrow(/There is no file/)

  const inside = join(folder, 'inside')
  mkdirSync(inside)
  await extract({ cwd: inside, file })
  writeFileSync(join(inside, 'tables/item.copy'), 'less')
  const damaged = join(folder, 'damaged.tar.gz')
  await create({ cwd: inside, file: damaged, gzip: true }, ['manifest.json', 'tables'])
  await expect(openBackup(damaged)).rejects.toThrow(/damaged: its table item/)

  const newer = await openBackup(file)
  newer.manifest.migrations.push({ name: '99990101000000_later', checksum: '' })
  const to = await database()
  await expect(restoreBackup(newer, 'x', process.cwd(), to)).rejects.toThrow(/of a newer Ferry/)
  await newer.close()
  expect(existsSync(file)).toBe(true)
  expect(await query(to, 'SELECT count(*)::int AS people FROM item')).toEqual([{ people: 0 }])
})
