import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MigrationRefused, migrate } from '@/scripts/migrate'
import { createDatabase } from '../database'

let database: { url: string; drop: () => Promise<void> }
let root: string

beforeEach(async () => {
  database = await createDatabase()
  root = mkdtempSync(join(tmpdir(), 'ferry-migrations-'))
  cpSync('node_modules/bullmq/package.json', join(root, 'node_modules/bullmq/package.json'))
  cpSync('prisma/migrations', join(root, 'prisma/migrations'), { recursive: true })
})

afterEach(async () => {
  await database.drop()
  rmSync(root, { recursive: true, force: true })
})

function addMigration(name: string, sql: string): void {
  mkdirSync(join(root, 'prisma/migrations', name))
  writeFileSync(join(root, 'prisma/migrations', name, 'migration.sql'), sql)
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a migrated database has nothing left to do, however many ask at once', async () => {
  const reports = await Promise.all([migrate(database.url, root), migrate(database.url, root)])
  expect(reports.map(report => report.applied)).toEqual([[], []])
  expect(reports[0].before).toBeGreaterThan(0)
})

test('two that start at once apply a new change only once', async () => {
  addMigration('99990101000000_new_table', 'CREATE TABLE new_table (id int)')
  const reports = await Promise.all([migrate(database.url, root), migrate(database.url, root)])
  expect(reports.flatMap(report => report.applied)).toEqual(['99990101000000_new_table'])
})

test('a change that fails is taken back whole and is tried again next time', async () => {
  addMigration('99990101000000_broken', 'CREATE TABLE half_done (id int); SELECT 1/0;')
  await expect(migrate(database.url, root)).rejects.toThrow(/99990101000000_broken failed and was taken back/)
  expect(await query(`SELECT 1 FROM pg_tables WHERE tablename = 'half_done'`)).toEqual([])
  writeFileSync(
    join(root, 'prisma/migrations/99990101000000_broken/migration.sql'),
    'CREATE TABLE half_done (id int)',
  )
  expect((await migrate(database.url, root)).applied).toEqual(['99990101000000_broken'])
})

test('a database newer than the code is refused and left alone', async () => {
  addMigration('99990101000000_from_tomorrow', 'CREATE TABLE from_tomorrow (id int)')
  await migrate(database.url, root)
  await expect(migrate(database.url, process.cwd())).rejects.toThrow(MigrationRefused)
  await expect(migrate(database.url, process.cwd())).rejects.toThrow(/newer than this Ferry.*from_tomorrow/s)
})

test('a change whose text differs from the applied one is refused, another line end is not', async () => {
  addMigration('99990101000000_text', 'SELECT 1;\nSELECT 2;\n')
  await migrate(database.url, root)
  const file = join(root, 'prisma/migrations/99990101000000_text/migration.sql')
  writeFileSync(file, 'SELECT 1;\r\nSELECT 2;\r\n')
  expect((await migrate(database.url, root)).applied).toEqual([])
  writeFileSync(file, 'SELECT 3;\n')
  await expect(migrate(database.url, root)).rejects.toThrow(/applied with another text/)
})

test('the queue’s own tables are there too', async () => {
  const tables = await query(`SELECT 1 FROM information_schema.tables WHERE table_schema = 'bullmq'`)
  expect(tables.length).toBeGreaterThan(0)
})

test('another version of the queue brings its tables up to date again', async () => {
  await query('DROP SCHEMA bullmq CASCADE')
  await migrate(database.url, root)
  expect(await query(`SELECT to_regclass('bullmq.job')::text AS job`)).toEqual([{ job: 'bullmq.job' }])
  await query(`COMMENT ON SCHEMA bullmq IS 'BullMQ 0.0.1'`)
  await migrate(database.url, root)
  const [row] = await query(`SELECT obj_description('bullmq'::regnamespace, 'pg_namespace') AS mark`)
  expect(row).not.toEqual({ mark: 'BullMQ 0.0.1' })
})
