import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/scripts/migrate'
import { freePort } from '@/scripts/supervisor/ports'
import { databaseAccount } from '@/scripts/supervisor/postgres/account'
import { findBinaries, reachableBinaries } from '@/scripts/supervisor/postgres/binaries'
import { type ClusterPlace, findOrphan, initialise, start, stop } from '@/scripts/supervisor/postgres/cluster'
import { identify, isRunning, type ProcessIdentity } from '@/scripts/supervisor/process-identity'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string
  }
}

const TEMPLATE = 'ferry_template'
const PREFIX = 'ferry-tests-'
const ROOT = process.cwd()

/**
 * A migrated database of one's own, cloned from a template in some 50 ms.
 * `url` goes where DATABASE_URL goes. `drop()` ends it and throws when connections to it were left open: call it in
 * `afterAll` after everything that uses the database is closed. A database that is never dropped fails the run.
 */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = inject('databaseServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdministrator(server, client => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`))
  const drop = () =>
    asAdministrator(server, async client => {
      const open = await openConnections(client, name)
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
      if (open.length > 0) {
        throw new Error(
          `${open.length} connections to the test's database were left open: ${open.join(' | ')}`,
        )
      }
    })
  return { url: databaseUrl(server, name), drop }
}

/** Vitest's global set-up for the projects that need a database: one throw-away PostgreSQL for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearLeftovers()
  const base = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(base, 0o711)
  const owner = identify(process.pid)
  if (owner) writeFileSync(join(base, 'owner.json'), JSON.stringify(owner))
  const account = databaseAccount()
  const binaries = reachableBinaries(findBinaries(ROOT), account, base)
  const place: ClusterPlace = {
    folder: join(base, 'data'),
    binaries,
    account,
    password: randomBytes(12).toString('hex'),
    logFile: join(base, 'postgres.log'),
    // Nothing here outlives the run: speed before safety.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  }
  initialise(place)
  const running = await start(place, await freePort())
  const server = running.url('postgres')
  const end = async () => {
    await stop({ identity: running.identity, folder: place.folder, binaries }, 5_000)
    rmSync(base, { recursive: true, force: true })
  }
  try {
    await asAdministrator(server, client => client.query(`CREATE DATABASE ${TEMPLATE}`))
    await migrate(databaseUrl(server, TEMPLATE), ROOT)
  } catch (error) {
    await end()
    throw error
  }
  project.provide('databaseServer', server)
  return async () => {
    const left = await asAdministrator(server, async client => {
      const { rows } = await client.query<{ datname: string }>(
        `SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'`,
      )
      return rows.length
    })
    await end()
    if (left > 0) throw new Error(`${left} test databases were never dropped: a test does not clean up.`)
  }
}

async function openConnections(client: pg.Client, database: string): Promise<string[]> {
  const deadline = performance.now() + 1_000
  for (;;) {
    const { rows } = await client.query<{ query: string }>(
      `SELECT left(query, 120) AS query FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [database],
    )
    // A connection that was just closed shows for a moment longer.
    if (rows.length === 0 || performance.now() > deadline) return rows.map(row => row.query)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

async function asAdministrator<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

/** Ends clusters of earlier runs that were killed before they could clean up. */
async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter(entry => entry.startsWith(PREFIX))) {
    const base = join(tmpdir(), name)
    try {
      const owner = JSON.parse(readFileSync(join(base, 'owner.json'), 'utf8')) as ProcessIdentity
      if (isRunning(owner)) continue
    } catch {
      continue
    }
    const orphan = findOrphan(join(base, 'data'))
    if (orphan)
      await stop({ identity: orphan, folder: join(base, 'data'), binaries: findBinaries(ROOT) }, 2_000)
    rmSync(base, { recursive: true, force: true })
  }
}
