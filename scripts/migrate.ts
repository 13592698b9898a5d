import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** What a migration run did: names applied now, and how many were there before. */
export type MigrationReport = { applied: string[]; before: number }

/** A refusal that a person can act on; the message names cause and remedy. */
export class MigrationRefused extends Error {}

/** One change of the database; the checksum is SHA-256 over its text with LF. */
export type Migration = { name: string; sql: string; checksum: string }

// The same lock that Prisma's own tool takes, so that the two never run at once.
const LOCK = 72_707_369

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

/**
 * Brings the database at `url` to the state of `<root>/prisma/migrations`, then the queue's own tables. Each migration
 * is one transaction with its row in `_prisma_migrations`, so a failure leaves the database as it was. Several may run
 * this at once: one works, the others wait and find nothing to do.
 * Throws MigrationRefused when the database is newer than this code or was changed in another way.
 */
export async function migrate(url: string, root: string): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const report = await applyPending(client, readMigrations(root))
    await migrateQueue(client, root)
    return report
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * The queue's tables belong to BullMQ, which brings them up to date itself. Loading it takes a third of a second, so the
 * version that was last here is noted on its schema, and a start that finds its own version there is done.
 */
async function migrateQueue(client: pg.Client, root: string): Promise<void> {
  const file = join(root, 'node_modules', 'bullmq', 'package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  const mark = `BullMQ ${version}`
  const { rows } = await client.query<{ mark: string | null }>(
    `SELECT obj_description(to_regnamespace('bullmq'), 'pg_namespace') AS mark`,
  )
  if (rows[0]?.mark === mark) return
  const { runMigrations } = await import('bullmq')
  await runMigrations(client)
  await client.query(`COMMENT ON SCHEMA bullmq IS ${pg.escapeLiteral(mark)}`)
}

async function applyPending(client: pg.Client, migrations: Migration[]): Promise<MigrationReport> {
  await makeMigrationTable(client)
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  )
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const row of rows) {
    const migration = known.get(row.migration_name)
    if (!migration) {
      throw new MigrationRefused(
        `The database is newer than this Ferry: it has the change ${row.migration_name}, which this copy does not know. ` +
          'Start the newer Ferry, or restore a backup made before the upgrade. Nothing was changed.',
      )
    }
    if (!row.finished_at) {
      throw new MigrationRefused(
        `The change ${row.migration_name} was begun by another tool and never finished. ` +
          'Restore a backup made before it, or repair it with prisma migrate resolve. Nothing was changed.',
      )
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationRefused(
        `The change ${row.migration_name} was applied with another text than this copy of Ferry has. ` +
          'Start the Ferry that the database belongs to. Nothing was changed.',
      )
    }
  }
  const done = new Set(rows.map(row => row.migration_name))
  const applied: string[] = []
  for (const migration of migrations) {
    if (done.has(migration.name)) continue
    await applyOne(client, migration)
    applied.push(migration.name)
  }
  return { applied, before: done.size }
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await carryOut(client, migration)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The database change ${migration.name} failed and was taken back: ${reason}`, {
      cause: error,
    })
  }
}

/** Makes the table that notes which migrations a database has, where it is missing. */
export async function makeMigrationTable(client: pg.Client): Promise<void> {
  await client.query(TABLE)
}

/** Applies one migration and notes it, inside the caller's transaction. */
export async function carryOut(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(migration.sql)
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ($1, $2, clock_timestamp(), $3, 1)`,
    [randomUUID(), migration.checksum, migration.name],
  )
}

/** Every change that this copy of Ferry knows, in its order. Throws MigrationRefused when there is none. */
export function readMigrations(root: string): Migration[] {
  const folder = join(root, 'prisma', 'migrations')
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter(entry => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
        .map(entry => entry.name)
        .sort()
    : []
  if (names.length === 0)
    throw new MigrationRefused(
      `There are no database changes in ${folder}: this copy of Ferry is incomplete.`,
    )
  return names.map(name => {
    // A checkout on Windows may have turned line ends: the checksum is taken over LF.
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}
