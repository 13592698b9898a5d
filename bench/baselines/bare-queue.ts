import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openQueueBackend } from '@/server/queue/backend'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, scriptHash } from '@/workers/powershell/script-store'
import type { Engine } from '../engine'
import { POOL } from '../one-wave'

const STEPS = join('runbooks', 'sfb-return', 'steps')
const PHASES = ['probe', 'apply', 'verify'] as const
const PARAMETERS: Record<string, string[]> = {
  'enable.probe': ['Identity', 'SipAddress'],
  'enable.apply': ['Identity', 'SipAddress'],
  'enable.verify': ['Identity', 'SipAddress'],
  'move.probe': ['Identity', 'SipAddress', 'Target'],
  'move.apply': ['Identity', 'Target'],
  'move.verify': ['Identity', 'SipAddress', 'Target'],
}

type Step = { step: 'enable' | 'move'; upn: string }

/**
 * The least that takes people across with a queue: a job for each step, a shell for each job that runs at once, the same
 * scripts, one row for each job. No lease, no plan, no approval, no ledger. Answers how long the jobs of both steps took,
 * in ms, without the sync between them and without opening the shells.
 */
export async function bareQueue(engine: Engine, upns: readonly string[], sessions: number): Promise<number> {
  const databaseUrl = engine.environment.DATABASE_URL ?? ''
  const database = new pg.Pool({ connectionString: databaseUrl, max: sessions })
  await database.query(
    'CREATE TABLE bare_step (upn text, step text, state text, at timestamptz DEFAULT now())',
  )
  const run = await scriptsOnShells(engine, sessions)
  const onError = (error: Error): void => console.error(error.message)
  const backend = openQueueBackend({ databaseUrl, redisUrl: engine.environment.REDIS_URL, onError })
  let left = 0
  let over = (): void => undefined
  const worker = backend.worker<Step>(
    'bare',
    async ({ step, upn }) => {
      const state = await run(step, upn)
      await database.query('INSERT INTO bare_step (upn, step, state) VALUES ($1, $2, $3)', [upn, step, state])
      left--
      if (left === 0) over()
    },
    { concurrency: sessions, onError },
  )
  const queue = backend.queue<Step>('bare')
  const through = async (step: Step['step']): Promise<number> => {
    const began = performance.now()
    const ended = new Promise<void>(resolve => {
      over = resolve
    })
    left = upns.length
    await queue.addMany(upns.map(upn => ({ name: step, data: { step, upn } })))
    await ended
    return performance.now() - began
  }
  try {
    const enabled = await through('enable')
    await engine.lab.sync()
    const moved = await through('move')
    const { rows } = await database.query("SELECT count(*)::int AS n FROM bare_step WHERE state = 'done'")
    if (rows[0]?.n !== upns.length * 2)
      throw new Error(`Of ${upns.length * 2} jobs, ${rows[0]?.n} came to an end.`)
    return enabled + moved
  } finally {
    await worker.close()
    await queue.close()
    await backend.close()
    await run.end()
    await database.end()
  }
}

/** Opens the shells; what it answers runs one step of one person on a free one and says what was read at the end. */
async function scriptsOnShells(engine: Engine, sessions: number) {
  const root = process.cwd()
  const store = createScriptStore({
    directory: join(engine.folder, 'bare'),
    harnessText: readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8'),
  })
  const paths = new Map<string, string>()
  for (const name of Object.keys(PARAMETERS)) {
    const text = readFileSync(join(root, STEPS, `${name}.ps1`), 'utf8')
    paths.set(name, await store.prepare(scriptHash(text), text))
  }
  const options = {
    executable: join(root, 'lab', 'bin', 'pwsh'),
    environment: { ...shellEnvironmentOf('lab', root, process.env), ...engine.lab.environment },
    harnessPath: await store.harness(),
    cmdlets: ['Get-CsUser'],
  }
  const free = await Promise.all(Array.from({ length: sessions }, () => openSession(options)))
  const all = [...free]
  const run = async (step: Step['step'], upn: string): Promise<string> => {
    const session = free.pop()
    if (!session) throw new Error('More jobs run than there are shells.')
    const values: Record<string, string> = { Identity: upn, SipAddress: `sip:${upn}`, Target: POOL }
    try {
      let state = ''
      for (const phase of PHASES) {
        const name = `${step}.${phase}`
        const wanted = Object.fromEntries((PARAMETERS[name] ?? []).map(one => [one, values[one] ?? '']))
        const outcome = await session.run({
          scriptPath: paths.get(name) ?? '',
          values: wanted,
          deadlineMs: 60_000,
        })
        if (outcome.kind === 'lost') throw new Error(outcome.loss.message)
        state = outcome.answer.result?.state ?? 'failed'
      }
      return state
    } finally {
      free.push(session)
    }
  }
  return Object.assign(run, { end: () => Promise.all(all.map(session => session.dispose())) })
}
