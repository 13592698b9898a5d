import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment as ownEnvironment, parseEnvironment } from '@/server/env'
import { closeDatabase, db } from '@/server/store/client'
import { LabProcess } from '@/tests/lab/lab'
import { startRedis } from '@/tests/redis'
import { throwAwayDatabase } from './throw-away-database'

export type Backend = 'postgres' | 'redis'

/** The lab's times in a figure: its field profile ten times as fast, or none at all. */
export const FIELD = { latency: 'field', scale: 0.1 } as const
export const ZERO = { latency: 'zero' } as const

/** The parts of Ferry that move people, as `npm start` runs them, without the web console: nobody looks at a screen here. */
export type Engine = {
  lab: LabProcess
  environment: Record<string, string>
  folder: string
  /** Most memory that the lane worker itself held so far, in megabytes; NaN where the system does not say. */
  workerPeak(): number
  end(): Promise<void>
}

/**
 * Starts database, lab, coordinator and one lane worker, allowed `sessions` sessions on every side that limits them. The
 * process that calls it works on the same database.
 */
export async function startEngine(options: {
  sessions: number
  times: typeof FIELD | typeof ZERO
  backend?: Backend
}): Promise<Engine> {
  const ends: (() => Promise<unknown>)[] = []
  const end = async (): Promise<void> => {
    for (const one of ends.toReversed()) await one()
  }
  try {
    const database = await throwAwayDatabase()
    ends.push(database.end)
    const redis = options.backend === 'redis' ? await startRedis() : undefined
    if (redis) ends.push(redis.stop)
    const lab = await LabProcess.start()
    ends.push(() => lab.stop())
    const limits = { perAdmin: options.sessions, perTenant: options.sessions + 1 }
    await lab.post('/scenario', { ...options.times, limits, sync: { automatic: false } })
    const environment = {
      ...lab.environment,
      DATABASE_URL: database.url,
      FERRY_DATA_DIR: database.folder,
      FERRY_LAB_SHELL: 'built-in',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    }
    Object.assign(process.env, environment)
    // A process parses its environment once; this one goes from one engine's database to the next one's.
    Object.assign(ownEnvironment(), parseEnvironment(process.env))
    ends.push(closeDatabase)
    ends.push(stopOf(await startProgram('coordinator', 'Coordinator ready', environment)))
    await allow(options.sessions)
    const lane = await startProgram('lane', 'Lane worker ready', environment)
    ends.push(stopOf(lane))
    return { lab, environment, folder: database.folder, workerPeak: () => peakOf(lane.pid), end }
  } catch (error) {
    await end()
    throw error
  }
}

async function allow(sessions: number): Promise<void> {
  await db().estate.updateMany({ data: { maxSessions: sessions + 1 } })
  const lane = await db().lane.findFirstOrThrow({ where: { name: 'sfb' } })
  await db().credential.update({ where: { id: lane.credentialId }, data: { maxSessions: sessions } })
  await db().lane.update({ where: { id: lane.id }, data: { concurrency: sessions } })
}

async function startProgram(
  name: string,
  ready: string,
  environment: Record<string, string>,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join('dist', `${name}.mjs`)], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      // What is said later is read and let go, so that the pipe never fills.
      if (said.includes(ready)) return
      said += chunk.toString()
      if (said.includes(ready)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', code => reject(new Error(`${name} ended with ${code} before it was ready:\n${said}`)))
  })
  return child
}

const stopOf = (child: ChildProcess) => async (): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGINT')
  await gone
}

/** Linux keeps the high-water mark of each process. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
