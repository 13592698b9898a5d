import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { genesisHash, instanceChain } from '@/domain/ledger/chain'
import { systemActor } from '@/domain/people/actor'
import { carryOut, type Migration, makeMigrationTable, readMigrations } from '@/scripts/migrate'
import { withBulkConnection } from '@/server/store/bulk-connection'
import { newId } from '@/server/store/ids'
import { linkEvents } from '@/server/store/ledger'
import type { Manifest } from './manifest'
import type { OpenBackup } from './open-backup'
import { quoted } from './tables'
import { BackupRefused } from './write-backup'

export type Restored = { rows: number; batches: number; holdId: string; upgraded: string[] }

/**
 * Puts a backup into a fresh instance, all of it or nothing: the database as its migrations made it then, every row,
 * and after that the migrations that came later. Everything is held in the same transaction, since the world may have
 * moved on since: a person looks, then releases. Throws BackupRefused when the instance is in use or too old.
 */
export async function restoreBackup(
  backup: OpenBackup,
  file: string,
  root: string,
  databaseUrl?: string,
): Promise<Restored> {
  const { manifest } = backup
  const known = readMigrations(root)
  const before = manifest.migrations.map(one => migrationOf(one, known))
  return withBulkConnection(async connection => {
    await connection.query("BEGIN; SET LOCAL lock_timeout = '20s'")
    await refuseUnlessFresh(connection)
    // Processes that run have registered themselves; they go on by these rows.
    const { rows: workers } = await connection.query<{ row: object }>(
      'SELECT to_jsonb(w) AS row FROM worker w WHERE "stoppedAt" IS NULL',
    )
    await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    await makeMigrationTable(connection)
    for (const migration of before) await carryOut(connection, migration)
    await fill(connection, backup)
    const upgraded = known.slice(before.length)
    for (const migration of upgraded) await carryOut(connection, migration)
    await connection.query(
      `INSERT INTO worker SELECT * FROM jsonb_populate_recordset(NULL::worker, $1) ON CONFLICT DO NOTHING`,
      [JSON.stringify(workers.map(({ row }) => row))],
    )
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const holdId = await holdEverything(connection, { file, takenAt: manifest.takenAt, rows })
    const { rows: batches } = await connection.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM batch',
    )
    await connection.query('COMMIT')
    return { rows, batches: batches[0]?.count ?? 0, holdId, upgraded: upgraded.map(({ name }) => name) }
  }, databaseUrl)
}

function migrationOf(one: { name: string; checksum: string }, known: readonly Migration[]): Migration {
  const migration = known.find(({ name }) => name === one.name)
  if (!migration)
    throw new BackupRefused(
      `This backup is of a newer Ferry: its database has the change ${one.name}. Restore it with that Ferry.`,
    )
  if (migration.checksum !== one.checksum)
    throw new BackupRefused(
      `The change ${one.name} had another text when this backup was made. Restore it with the Ferry that made it.`,
    )
  return migration
}

async function refuseUnlessFresh(connection: pg.Client): Promise<void> {
  const { rows } = await connection.query<{ people: number; batches: number }>(
    'SELECT (SELECT count(*)::int FROM "user") AS people, (SELECT count(*)::int FROM batch) AS batches',
  )
  const { people = 0, batches = 0 } = rows[0] ?? {}
  if (people === 0 && batches === 0) return
  throw new BackupRefused(
    `This Ferry is in use: it has ${people} people and ${batches} batches, and a restore would replace them. ` +
      'Start a fresh one with FERRY_DATA_DIR set to a new folder, and restore into that.',
  )
}

async function fill(connection: pg.Client, { manifest, pathOf }: OpenBackup): Promise<void> {
  for (const { name, columns, rows } of manifest.tables) {
    const list = columns.map(quoted).join(', ')
    const copy = connection.query(copyFrom(`COPY ${quoted(name)} (${list}) FROM STDIN`))
    await pipeline(createReadStream(pathOf(name)), copy)
    if (copy.rowCount !== rows)
      throw new BackupRefused(
        `The table ${name} took ${copy.rowCount} of its ${rows} rows. Nothing was kept.`,
      )
  }
  await checkHeads(connection, manifest)
  for (const { name, last } of manifest.sequences)
    await connection.query('SELECT setval($1::regclass, $2::bigint)', [`public.${quoted(name)}`, last])
  // The shells and workers of back then are not there any more.
  await connection.query(`UPDATE seat SET state = 'dead', "deadAt" = clock_timestamp(), "deadWhy" = 'Restored from a backup.'
    WHERE state <> 'dead'`)
  await connection.query(`UPDATE worker SET "stoppedAt" = clock_timestamp(), "stoppedWhy" = 'Restored from a backup.'
    WHERE "stoppedAt" IS NULL`)
}

async function checkHeads(connection: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await connection.query<{ chain: string; head: string }>(
    'SELECT id AS chain, head FROM chain',
  )
  const heads = new Map(rows.map(({ chain, head }) => [chain, head]))
  const other = manifest.heads.find(({ chain, head }) => heads.get(chain) !== head)
  if (other)
    throw new BackupRefused(`The chain ${other.chain} does not end as the backup says. Nothing was kept.`)
}

/** Sets the hold and tells the ledger, as the command for people does it, by this transaction's connection. */
async function holdEverything(
  connection: pg.Client,
  told: { file: string; takenAt: string; rows: number },
): Promise<string> {
  const holdId = newId('hold')
  await connection.query(
    `INSERT INTO hold (id, scope, "targetId", reason, "heldById", "heldAt")
     VALUES ($1, 'everything', '', $2, 'ferry', clock_timestamp()) ON CONFLICT DO NOTHING`,
    [holdId, `Restored from the backup of ${told.takenAt}: compare with the systems before anything starts.`],
  )
  const { rows } = await connection.query<{ seq: string; head: string; at: Date }>(
    `INSERT INTO chain (id, seq, head) VALUES ($1, 1, $2)
     ON CONFLICT (id) DO UPDATE SET seq = chain.seq + 1
     RETURNING seq::text, head, date_trunc('milliseconds', clock_timestamp()) AS at`,
    [instanceChain, genesisHash],
  )
  const reserved = rows[0]
  if (!reserved) throw new Error('The chain of the instance could not be locked.')
  const { stored, head } = linkEvents(
    instanceChain,
    { seq: BigInt(reserved.seq), head: reserved.head, at: reserved.at },
    systemActor,
    [{ type: 'instance.restored', data: { ...told, holdId } }],
  )
  await connection.query('INSERT INTO event SELECT * FROM jsonb_populate_recordset(NULL::event, $1)', [
    JSON.stringify(stored),
  ])
  await connection.query('UPDATE chain SET head = $1 WHERE id = $2', [head, instanceChain])
  return holdId
}
