import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { withoutCredentials } from '@/server/env'
import { ended } from '../process-end'
import { commandLine, identify, isRunning, type ProcessIdentity } from '../process-identity'
import type { Account } from './account'
import type { Binaries } from './binaries'

export const DATABASE_USER = 'ferry'

/** Where a cluster lives and how it is run. `settings` are passed as `-c name=value`. */
export type ClusterPlace = {
  folder: string
  binaries: Binaries
  account: Account | undefined
  password: string
  logFile: string
  settings?: Record<string, string>
}

export type RunningCluster = { identity: ProcessIdentity; port: number; url: (database: string) => string }

/** Makes the database folder when it is not there yet. Answers true when it made one. */
export function initialise(place: ClusterPlace): boolean {
  if (existsSync(join(place.folder, 'PG_VERSION'))) return false
  // A first start that was cut off leaves a folder without PG_VERSION: it never held data.
  rmSync(place.folder, { recursive: true, force: true })
  mkdirSync(place.folder, { recursive: true, mode: 0o700 })
  const passwordFile = `${place.folder}.password`
  writeFileSync(passwordFile, `${place.password}\n`, { mode: 0o600 })
  if (place.account) {
    chownSync(place.folder, place.account.uid, place.account.gid)
    chownSync(passwordFile, place.account.uid, place.account.gid)
  }
  try {
    const made = spawnSync(
      place.binaries.initdb,
      [
        `--pgdata=${place.folder}`,
        `--username=${DATABASE_USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // One order of text on every platform, so that pages sorted by name do not depend on the machine.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { ...runAs(place.account), cwd: dirname(place.folder), encoding: 'utf8', windowsHide: true },
    )
    if (made.status !== 0) {
      rmSync(place.folder, { recursive: true, force: true })
      throw new Error(
        `The database could not be made in ${place.folder}. ${lastLines(made.stderr || String(made.error))}`,
      )
    }
  } finally {
    rmSync(passwordFile, { force: true })
  }
  return true
}

/**
 * Starts PostgreSQL on 127.0.0.1:`port` in a process group of its own and waits until it answers.
 * `onProcess` gets
 * the process as soon as there is one. Throws with the end of its log when it does not come up in 60 s or ends before.
 */
export async function start(
  place: ClusterPlace,
  port: number,
  onProcess: (identity: ProcessIdentity) => void = () => {},
): Promise<RunningCluster & { child?: ChildProcess }> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...place.settings,
  }
  const args = ['-D', place.folder, '-p', String(port)]
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  const url = (database: string) =>
    `postgresql://${DATABASE_USER}:${encodeURIComponent(place.password)}@127.0.0.1:${port}/${database}`
  const child = process.platform === 'win32' ? startOnWindows(place, args) : startDetached(place, args)
  const pid = child?.pid ?? postmasterPid(place.folder)
  const identity = pid === undefined ? undefined : identify(pid)
  if (!identity) throw new Error(`PostgreSQL did not start. ${endOfLog(place.logFile)}`)
  onProcess(identity)
  const deadline = performance.now() + 60_000
  while (!(await answers(url('postgres')))) {
    if (!isRunning(identity)) throw new Error(`PostgreSQL ended while starting. ${endOfLog(place.logFile)}`)
    if (performance.now() > deadline) {
      await stop({ identity, folder: place.folder, binaries: place.binaries }, 5_000)
      throw new Error(`PostgreSQL did not answer within 60 s. ${endOfLog(place.logFile)}`)
    }
    await pause(25)
  }
  return { identity, port, url, ...(child ? { child } : {}) }
}

/**
 * Stops a running cluster: connections are ended and everything committed is on disk ("fast" shutdown). After
 * `limit` ms without an end it is told to stop at once, which is safe too: the next start recovers from its log.
 */
export async function stop(
  running: { identity: ProcessIdentity; folder: string; binaries: Binaries },
  limit: number,
): Promise<void> {
  const { identity } = running
  tell(running, 'fast')
  if (await ended(identity, limit)) return
  tell(running, 'immediate')
  if (await ended(identity, 2_000)) return
  if (isRunning(identity)) process.kill(identity.pid, 'SIGKILL')
  await ended(identity, 1_000)
}

/** The PostgreSQL that still runs on `folder` from an earlier start, seen by its postmaster.pid and command line. */
export function findOrphan(folder: string): ProcessIdentity | undefined {
  const pid = postmasterPid(folder)
  if (pid === undefined) return undefined
  const identity = identify(pid)
  const command = identity && commandLine(pid)
  return command?.includes('postgres') && command.includes(folder) ? identity : undefined
}

function startDetached(place: ClusterPlace, args: string[]): ChildProcess {
  const log = openSync(place.logFile, 'a', 0o600)
  const child = spawn(place.binaries.postgres, args, {
    ...runAs(place.account),
    cwd: dirname(place.folder),
    env: withoutCredentials(process.env),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.on('error', () => {})
  return child
}

// On Windows postgres.exe refuses an administrator's rights; pg_ctl starts it without them.
function startOnWindows(place: ClusterPlace, args: string[]): undefined {
  const options = args
    .slice(2)
    .map(arg => (arg.endsWith('=') ? `${arg}''` : arg))
    .join(' ')
  spawnSync(place.binaries.pgCtl, ['start', '-w', '-D', place.folder, '-l', place.logFile, '-o', options], {
    windowsHide: true,
    stdio: 'ignore',
  })
}

function tell(
  running: { identity: ProcessIdentity; folder: string; binaries: Binaries },
  mode: 'fast' | 'immediate',
): void {
  if (!isRunning(running.identity)) return
  if (process.platform === 'win32') {
    spawnSync(running.binaries.pgCtl, ['stop', '-D', running.folder, '-m', mode, '-W'], { windowsHide: true })
  } else {
    process.kill(running.identity.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  }
}

function postmasterPid(folder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // A wrong password never becomes right by waiting.
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new Error(
        'PostgreSQL is up but refuses the stored password: the secrets file is not the one it was made with.',
      )
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function runAs(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

function endOfLog(file: string): string {
  return existsSync(file) ? `The end of ${file} reads: ${lastLines(readFileSync(file, 'utf8'))}` : ''
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ')
}
