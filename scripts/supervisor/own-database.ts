import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Service } from './keeper'
import { freePort } from './ports'
import { databaseAccount } from './postgres/account'
import { findBinaries, reachableBinaries } from './postgres/binaries'
import { type ClusterPlace, findOrphan, initialise, start, stop } from './postgres/cluster'
import { databaseHome } from './postgres/home'
import { isRunning } from './process-identity'
import { say } from './text'

export type OwnDatabase = { service: Service; url: string; prepare: () => Promise<void> }

/**
 * The embedded PostgreSQL as a service. It keeps its port over restarts within one run, so that every process's
 * DATABASE_URL stays right. An orphan that an earlier, killed Ferry left on the same files is stopped first.
 * `prepare()` makes the database in a fresh cluster; call it once after the first start.
 */
export async function ownDatabase(options: {
  root: string
  dataDir: string
  logs: string
  password: string
}): Promise<OwnDatabase> {
  const account = databaseAccount()
  const home = databaseHome(options.dataDir, account)
  if (home.elsewhere)
    say(`The account ${account?.name} cannot reach the data folder: the database is kept in ${home.base}.`)
  const binaries = reachableBinaries(findBinaries(options.root), account, home.base)
  mkdirSync(options.logs, { recursive: true, mode: 0o700 })
  const place: ClusterPlace = {
    folder: home.data,
    binaries,
    account,
    password: options.password,
    logFile: join(options.logs, 'database.log'),
  }
  const port = await freePort()
  const url = (database: string) => `postgresql://ferry:${options.password}@127.0.0.1:${port}/${database}`
  const service: Service = {
    name: 'the database',
    async start(onProcess) {
      const orphan = findOrphan(place.folder)
      if (orphan) await stop({ identity: orphan, folder: place.folder, binaries }, 5_000)
      if (initialise(place)) say('Made a database for this instance.')
      const running = await start(place, port, onProcess)
      return { identity: running.identity, ended: whenEnded(running) }
    },
    stop: (identity, manner, limit) =>
      stop({ identity, folder: place.folder, binaries }, manner === 'now' ? 500 : limit),
  }
  return { service, url: url('ferry'), prepare: () => makeDatabase(url('postgres')) }
}

async function whenEnded(running: Awaited<ReturnType<typeof start>>): Promise<string> {
  const { child, identity } = running
  if (child) {
    if (child.exitCode !== null || child.signalCode !== null) return 'it ended'
    return new Promise(resolve => {
      child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`))
    })
  }
  while (isRunning(identity)) await pause(500)
  return 'it ended'
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'ferry'`)
    if (rows.length === 0) await client.query('CREATE DATABASE ferry')
  } finally {
    await client.end()
  }
}
