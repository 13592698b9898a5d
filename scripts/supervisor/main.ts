import { mkdirSync } from 'node:fs'
import { EnvironmentError, parseEnvironment } from '@/server/env'
import { hasNoPeople, runTask } from './first-run'
import { takeInstance } from './instance-lock'
import type { StopManner } from './keeper'
import { Run } from './run'
import { killAll, stopInOrder } from './stopping'
import { plainCause, say, seconds } from './text'

const USAGE = `npm start            runs Ferry until Ctrl-C
npm start -- --demo  also makes a lab estate, three people and a practice batch, once`

/** Runs Ferry until it is told to stop; sets the exit code. The working folder is Ferry's own. */
export async function main(args: string[]): Promise<void> {
  const began = performance.now()
  if (args.includes('--help')) return say(USAGE)
  const unknown = args.find(arg => arg !== '--demo')
  if (unknown) return fail(`npm start does not know ${unknown}.\n${USAGE}`)
  const stopping = new AbortController()
  let run: Run | undefined
  let release: (() => void) | undefined
  const stop = once(async (manner: StopManner) => {
    stopping.abort()
    run?.markStopping()
    if (run) await stopInOrder(run.keepers, run.mark, manner)
    run?.finish()
    release?.()
    process.exit()
  })
  listen(stop, () => run)
  try {
    const env = parseEnvironment(process.env)
    mkdirSync(env.FERRY_DATA_DIR, { recursive: true, mode: 0o700 })
    say(`Ferry starts. Its data is in ${env.FERRY_DATA_DIR}.`)
    release = await takeInstance(env.FERRY_DATA_DIR)
    run = new Run(env, process.cwd(), stopping.signal)
    const around = await run.start(Boolean(process.env.PORT?.trim()))
    if (args.includes('--demo')) await runTask(around, 'demo')
    else if (await hasNoPeople(around.environment.DATABASE_URL ?? '')) await runTask(around, 'setup-link')
    if (stopping.signal.aborted) return
    say(`Ferry is ready after ${seconds(performance.now() - began)}: ${around.url}`)
    say('Ctrl-C stops it.')
  } catch (error) {
    if (stopping.signal.aborted) return
    const cause = error instanceof EnvironmentError ? error.message : plainCause(error)
    fail(cause ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)))
    await stop('interrupt')
  }
}

function listen(stop: (manner: StopManner) => Promise<void>, run: () => Run | undefined): void {
  let asked = 0
  const ask = (manner: StopManner) => {
    asked++
    if (asked === 1) void stop(manner)
    else if (asked === 2) {
      say('Stopping at once.')
      killAll(run()?.keepers ?? [])
    }
  }
  process.on('SIGINT', () => ask('interrupt'))
  process.on('SIGHUP', () => ask('interrupt'))
  process.on('SIGTERM', () => ask('drain'))
  process.on('uncaughtException', error => {
    fail(error.stack ?? error.message)
    ask('interrupt')
  })
  // npm, killed, does not take us along: without the one who asked for us we end in order.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event === 'start') {
    setInterval(() => {
      if (process.ppid !== parent && asked === 0) ask('interrupt')
    }, 1_000).unref()
  }
}

function fail(message: string): void {
  process.exitCode = 1
  process.stderr.write(`\n${message}\n`)
}

function once(work: (manner: StopManner) => Promise<void>): (manner: StopManner) => Promise<void> {
  let running: Promise<void> | undefined
  return manner => {
    running ??= work(manner)
    return running
  }
}
