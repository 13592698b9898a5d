import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { create, extract } from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemActor } from '@/domain/people/actor'
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

/** Every row of every table as text, in the columns that `of` has: `{ item: [...] }`. */
async function contents(url: string, of: Record<string, string[]>): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const [table, columns] of Object.entries(of)) {
    const list = columns.map(column => `"${column}"`).join(', ')
    const rows = await query<{ line: string }>(
      url,
      `SELECT jsonb_build_array(${list})::text AS line FROM "${table}" ORDER BY 1`,
    )
    all[table] = rows.map(({ line }) => line)
  }
  return all
}

async function columnsOf(url: string): Promise<Record<string, string[]>> {
  const rows = await query<{ table: string; columns: string[] }>(
    url,
    `SELECT table_name AS table, array_agg(column_name::text ORDER BY column_name) AS columns FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' GROUP BY 1`,
  )
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))
}

/** One row's values in some of its columns. */
function only(line: string, columns: readonly string[], wanted: readonly string[]): string {
  const values: unknown[] = JSON.parse(line)
  return JSON.stringify(values.filter((_, n) => wanted.includes(columns[n] ?? '')))
}

/** Changes of the database that came after one. */
const laterThan = (name: string): string[] =>
  readdirSync('prisma/migrations').filter(one => /^\d/.test(one) && one > name)

/** What an instance has after some weeks: an import with a judged row, approvals, attempts, a hold, a ledger. */
const historyIn = (url: string) =>
  query(
    url,
    `INSERT INTO import_file (id, "estateId", runbook, name, state, "rowsRead", ready, "createdById") VALUES ('imp', 'west', 'sfb-return', 'a.csv', 'used', 1, 1, 'per_a');
     INSERT INTO import_row ("importId", row, verdict, identity, cells) VALUES ('imp', 1, 'ready', 'sip:p1', '["p1"]');
     INSERT INTO script (hash, name, text) VALUES ('abc', 'enable.probe', 'param()');
     INSERT INTO outbox (topic, payload) VALUES ('wave', '{"waveId":"wav"}');
     INSERT INTO lane (id, "estateId", name, "credentialId") VALUES ('lan', 'west', 'sfb', 'crd');
     UPDATE wave SET "cutOffAt" = '2026-12-01T00:00:00Z' WHERE id = 'wav';
     UPDATE item SET state = 'unknown', "readinessCodes" = '{online}', "lastAppliedAt" = now() WHERE id = 'itm1';
     INSERT INTO item_step ("itemId", "stepKey", state) VALUES ('itm1', 'enable', 'unknown');
     INSERT INTO attempt (id, "batchId", "waveId", "itemId", "stepKey", number, state, "fencingToken", "leaseUntil", "workerId", "seatId")
       VALUES ('att', 'bat', 'wav', 'itm1', 'enable', 1, 'unknown', 7, now(), 'wrk', 'set');
     INSERT INTO attempt_phase ("attemptId", phase, position, "scriptHash", "values", result, "startedAt")
       VALUES ('att', 'probe', 0, 'abc', '{"Identity":"p1"}', '{"state":"needed"}', now());
     INSERT INTO snapshot ("itemId", moment, facts, "attemptId") VALUES ('itm1', 'before', '{"HostingProvider":"sipfed"}', 'att');
     INSERT INTO plan (id, "waveId", segment, hash, canonical, people) VALUES ('pln', 'wav', 0, 'h', '{}', 500);
     INSERT INTO approval (id, "batchId", "waveId", segment, "planId", "planHash", people, state, "requestedById", "endsAt")
       VALUES ('apr', 'bat', 'wav', 0, 'pln', 'h', 500, 'spent', 'per_a', now());
     INSERT INTO carve_out ("approvalId", "itemId", reason, "byId") VALUES ('apr', 'itm9', 'On leave', 'per_a');
     INSERT INTO hold (id, scope, "targetId", reason, "heldById") VALUES ('hld', 'wave', 'wav', 'A look', 'per_a');
     INSERT INTO sync_run (id, "estateId", state) VALUES ('syn', 'west', 'wanted');
     INSERT INTO credential (id, "estateId", name, "maxSessions") VALUES ('crd2', 'west', 'second', 9);
     INSERT INTO chain (id, seq, head) VALUES ('bat', 1, 'aa');
     INSERT INTO event (chain, seq, type, version, at, "actorKind", "actorName", via, data, canonical, "previousHash", hash)
       VALUES ('bat', 1, 'batch.edited', 1, now(), 'system', 'Ferry', 'system', '{}', '{}', '', 'aa')`,
  )

test('a database of an earlier Ferry with data in it is brought up to date, and every row stays as it was', async () => {
  const earlier = await database()
  await query(earlier, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await migrate(earlier, earlierFerry(FIRST))
  await somethingIn(earlier)
  await historyIn(earlier)
  const old = await columnsOf(earlier)
  const empty = ['session', 'account', 'verification', 'rate_limit', 'api_token', 'one_time_link', 'setting']
  const filled = await contents(earlier, old)
  const without = Object.keys(filled).filter(table => filled[table]?.length === 0)
  expect(without.filter(table => !empty.includes(table))).toEqual([])

  expect((await migrate(earlier, process.cwd())).applied).toEqual(laterThan(FIRST))
  // Two columns that nothing ever wrote gave way to the window's own; all others are still there.
  const now = await columnsOf(earlier)
  const gone = Object.entries(old).flatMap(([table, columns]) =>
    columns.filter(column => !now[table]?.includes(column)).map(column => `${table}.${column}`),
  )
  expect(gone.sort()).toEqual(['wave.windowEnd', 'wave.windowStart'])
  const kept = Object.fromEntries(
    Object.entries(old).map(([table, columns]) => [table, columns.filter(one => now[table]?.includes(one))]),
  )
  const asBefore = Object.entries(filled).map(([table, lines]) => [
    table,
    lines.map(line => only(line, old[table] ?? [], kept[table] ?? [])).sort(),
  ])
  const after = Object.entries(await contents(earlier, kept)).map(([table, lines]) => [
    table,
    lines.map(line => only(line, kept[table] ?? [], kept[table] ?? [])).sort(),
  ])
  expect(Object.fromEntries(after)).toEqual(Object.fromEntries(asBefore))

  // What is new begins as it has to: nobody is harmed, and a tenant allows what its credentials held.
  expect(await query(earlier, 'SELECT "maxSessions", "harmedCap" FROM estate')).toEqual([
    { maxSessions: 12, harmedCap: 10 },
  ])
  expect(await query(earlier, `SELECT "signIn"::text AS kind FROM credential WHERE id = 'crd'`)).toEqual([
    { kind: 'none' },
  ])
  process.env.DATABASE_URL = earlier
  const [{ statusOf }, { closeDatabase }] = await Promise.all([
    import('@/server/queries/status'),
    import('@/server/store/client'),
  ])
  try {
    const [batch] = await statusOf(systemActor)
    expect(batch?.waves[0]?.counts).toMatchObject({ total: 500, unknown: 1, not_started: 499 })
  } finally {
    await closeDatabase()
  }
})

test('a backup of an earlier Ferry is put back and then brought up to date', async () => {
  const earlier = await database()
  await query(earlier, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await migrate(earlier, earlierFerry(FIRST))
  await somethingIn(earlier)
  const file = join(folder, 'earlier.tar.gz')
  await writeBackup(file, '0.1.0', earlier)
  const to = await database()
  expect((await restoreInto(to, file)).upgraded).toEqual(laterThan(FIRST))
  expect(await query(to, 'SELECT count(*)::int AS people FROM item')).toEqual([{ people: 500 }])
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
