import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { create } from 'tar'
import { withBulkConnection } from '@/server/store/bulk-connection'
import { fileOfTable, MANIFEST, type Manifest } from './manifest'
import { quoted, tablesInOrder } from './tables'

export type Backup = {
  file: string
  rows: number
  tables: number
  bytes: number
  digest: string
  manifest: Manifest
}

/** The archive cannot be written or used; the message names cause and remedy. */
export class BackupRefused extends Error {}

/**
 * Copies every table, as one moment has them, into a compressed archive that only its owner may read: it holds password
 * hashes. Ferry goes on meanwhile. Nothing stands under the name `file` until the archive is whole.
 * Throws BackupRefused where the file is there already or its folder is not.
 */
export async function writeBackup(file: string, ferry: string, databaseUrl?: string): Promise<Backup> {
  if (existsSync(file)) throw new BackupRefused(`${file} is there already. Choose another name.`)
  const folder = await mkdtemp(join(dirname(file), '.ferry-backup-')).catch(error => {
    throw new BackupRefused(`${dirname(file)} cannot be written to (${error.code}). Choose another folder.`)
  })
  try {
    await mkdir(join(folder, 'tables'))
    const manifest = await withBulkConnection(connection => copyAll(connection, folder, ferry), databaseUrl)
    await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    const archive = join(folder, 'archive')
    const entries = [MANIFEST, ...manifest.tables.map(({ name }) => fileOfTable(name))]
    await create({ cwd: folder, file: archive, gzip: true, portable: true }, entries)
    await chmod(archive, 0o600)
    const { sha256: digest, bytes } = await digestOf(archive)
    await rename(archive, file)
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    return { file: basename(file), rows, tables: manifest.tables.length, bytes, digest, manifest }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** One snapshot for all tables: what is committed meanwhile is in none of them. */
async function copyAll(connection: pg.Client, folder: string, ferry: string): Promise<Manifest> {
  await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const { rows: moment } = await connection.query<{ at: Date }>('SELECT clock_timestamp() AS at')
  const { rows: migrations } = await connection.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name',
  )
  const tables: Manifest['tables'] = []
  for (const { name, columns } of await tablesInOrder(connection)) {
    const copy = connection.query(
      copyTo(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) TO STDOUT`),
    )
    const sha = createHash('sha256')
    const counted = new Transform({
      transform(chunk, _encoding, done) {
        sha.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(copy, counted, createWriteStream(join(folder, fileOfTable(name)), { mode: 0o600 }))
    tables.push({ name, columns, rows: copy.rowCount ?? 0, sha256: sha.digest('hex') })
  }
  const { rows: heads } = await connection.query<{ chain: string; seq: string; head: string }>(
    'SELECT id AS chain, seq::text, head FROM chain ORDER BY id',
  )
  // A sequence stands outside of snapshots: read last, it is at least as far as every row that uses it.
  const { rows: sequences } = await connection.query<{ name: string; last: string }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
  )
  await connection.query('COMMIT')
  const takenAt = (moment[0]?.at ?? new Date(0)).toISOString()
  return { format: 'ferry-backup-1', ferry, takenAt, migrations, tables, sequences, heads }
}

/** SHA-256 and length of a file, read in pieces. */
export async function digestOf(file: string): Promise<{ sha256: string; bytes: number }> {
  const sha = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    sha.update(chunk)
    bytes += chunk.length
  }
  return { sha256: sha.digest('hex'), bytes }
}
