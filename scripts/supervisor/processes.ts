import { hostname } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { withoutCredentials } from '@/server/env'
import { type ChildSpec, childService } from './child'
import type { Service } from './keeper'
import { RUN_VARIABLE } from './strays'

/** What all of Ferry's processes share. */
export type Surroundings = { root: string; logs: string; environment: Record<string, string>; mark: string }

/** The simulated estate. */
export function labService(around: Surroundings): Service {
  const url = around.environment.FERRY_LAB_URL ?? ''
  return child(around, 'the lab', 'lab', ['dist/lab.mjs'], () => answersHttp(url))
}

/** The web console, on HOST and PORT. */
export function webService(around: Surroundings, host: string, port: number): Service {
  const next = join('node_modules', 'next', 'dist', 'bin', 'next')
  const reach =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
  const url = `http://${reach}:${port}/api/health`
  return child(around, 'the web console', 'web', [next, 'start', '-H', host, '-p', String(port)], () =>
    answersHttp(url),
  )
}

/** The worker that runs steps in PowerShell sessions. */
export function laneService(around: Surroundings): Service {
  return child(around, 'the lane worker', 'lane', ['dist/lane.mjs'], ({ pid }) =>
    reportsToDatabase(around, pid),
  )
}

/** The worker that hands out what is due: outbox, lost work, progress of waves. */
export function coordinatorService(around: Surroundings): Service {
  return child(around, 'the coordinator', 'coordinator', ['dist/coordinator.mjs'], ({ pid }) =>
    reportsToDatabase(around, pid),
  )
}

function child(
  around: Surroundings,
  name: string,
  log: string,
  args: string[],
  ready: ChildSpec['ready'],
): Service {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...around.environment,
    NODE_ENV: 'production',
    [RUN_VARIABLE]: around.mark,
  }
  // A person's token is for that person's commands, not for the processes.
  delete env.FERRY_TOKEN
  return childService({
    name,
    log,
    logs: around.logs,
    args: ['--enable-source-maps', ...args],
    cwd: around.root,
    env: log === 'lane' ? env : withoutCredentials(env),
    ready,
    interruptible: name === 'the lane worker' || name === 'the coordinator',
  })
}

async function answersHttp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' })
    await response.body?.cancel()
    return response.status < 500
  } catch {
    return false
  }
}

/** A worker works once it has written itself into the list of workers. */
async function reportsToDatabase(around: Surroundings, pid: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: around.environment.DATABASE_URL,
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      'SELECT 1 FROM worker WHERE pid = $1 AND host = $2 AND "stoppedAt" IS NULL LIMIT 1',
      [pid, hostname()],
    )
    return rows.length > 0
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
