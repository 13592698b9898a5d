import { spawn } from 'node:child_process'
import pg from 'pg'
import { withoutCredentials } from '@/server/env'
import type { Surroundings } from './processes'
import { Refusal } from './text'

/** True while nobody has an account on this instance. */
export async function hasNoPeople(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query('SELECT 1 FROM "user" LIMIT 1')
    return rows.length === 0
  } finally {
    await client.end()
  }
}

/**
 * Runs one of the bundled one-time programs with the instance's environment and shows what it prints. They are programs
 * of their own because server code reads its environment once, and the supervisor's is not the instance's.
 */
export async function runTask(around: Surroundings, task: 'setup-link' | 'demo'): Promise<void> {
  const child = spawn(process.execPath, ['--enable-source-maps', `dist/${task}.mjs`], {
    cwd: around.root,
    env: withoutCredentials({ ...process.env, ...around.environment, NODE_ENV: 'production' }),
    stdio: ['ignore', 'inherit', 'inherit'],
    windowsHide: true,
  })
  const code = await new Promise<number | string>(resolve => {
    child.once('exit', (exit, signal) => resolve(exit ?? signal ?? 1))
    child.once('error', error => resolve(error.message))
  })
  if (code === 0) return
  const what =
    task === 'demo' ? 'The demo could not be put in' : 'The link for the first run could not be made'
  throw new Refusal(`${what} (it ended with ${code}); the lines above say why.`)
}
