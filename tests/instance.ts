import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readInstance } from '@/scripts/supervisor/instance-file'
import { FerryProcess, running } from './ferry-process'

const START_LIMIT = 240_000
const execute = promisify(execFile)

/**
 * A real Ferry, started as `npm start` does it, on free ports and in a data folder of its own.
 * `demo` puts the practice batch in. `env` adds variables (DATABASE_URL, FERRY_LAB_SCALE …). `dataDir` starts on a
 * folder that is there already; then `stop()` leaves it. Resolves once Ferry says that it is ready.
 */
export async function startInstance(
  options: { demo?: boolean; env?: Record<string, string>; dataDir?: string } = {},
): Promise<RealInstance> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'ferry-instance-'))
  const ferry = new RealInstance(dataDir, options.dataDir === undefined, options)
  try {
    // The first start in a fresh checkout builds first.
    await ferry.ready(START_LIMIT)
    return ferry
  } catch (error) {
    await ferry.cleanUp()
    throw error
  }
}

/** Address, keys and process ids are in `instance`, everything it printed (links, passwords) in `text`. */
export class RealInstance extends FerryProcess {
  readonly #temporary: boolean

  constructor(
    dataDir: string,
    temporary: boolean,
    options: { demo?: boolean | undefined; env?: Record<string, string> | undefined },
  ) {
    const args = ['scripts/start.mjs', ...(options.demo ? ['--demo'] : [])]
    super({ cwd: process.cwd(), args, dataDir, env: { ...surroundings(), ...options.env } })
    this.#temporary = temporary
  }

  get url(): string {
    return this.instance.url
  }

  get databaseUrl(): string {
    return this.instance.databaseUrl
  }

  /** The embedded database's own process. */
  get databasePid(): number {
    const pid = this.instance.processes['the database']?.pid
    if (pid === undefined) throw new Error('This instance runs no database of its own.')
    return pid
  }

  /** Runs the command line against this instance and answers what it printed; throws with everything when it fails. */
  async cli(args: string[], token?: string): Promise<string> {
    const env: NodeJS.ProcessEnv = { ...process.env, FERRY_DATA_DIR: this.dataDir, FERRY_TOKEN: token ?? '' }
    delete env.DATABASE_URL
    const { stdout } = await execute(process.execPath, ['scripts/ferry.mjs', ...args], {
      env: env as NodeJS.ProcessEnv,
    })
    return stdout
  }

  /** The one-time link of the first run, as it was printed. */
  get setupLink(): string {
    const link = /https?:\/\/\S+\/setup\?token=\S+/.exec(this.text)?.[0]
    if (!link) throw new Error(`No link was printed. It said:\n${this.text}`)
    return link
  }

  /** Ctrl-C, the end, and the removal of a temporary data folder. Throws when a process is left running. */
  async stop(): Promise<void> {
    const instance = readInstance(this.dataDir)
    try {
      if (this.process.exitCode === null && this.process.signalCode === null) this.ctrlC()
      await this.ended()
      const left = instance ? running(instance) : []
      if (left.length > 0) throw new Error(`Left running: ${left.join(', ')}. It said:\n${this.text}`)
    } finally {
      await this.cleanUp()
    }
  }

  /** Ends whatever is still there without ceremony, and removes a temporary data folder. */
  override async cleanUp(): Promise<void> {
    await super.cleanUp()
    if (this.#temporary) rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** The environment without what belongs to the test run or to an instance of the developer's own. */
function surroundings(): Record<string, string | undefined> {
  const own = /^(FERRY_|DATABASE_URL$|REDIS_URL$|HOST$|PORT$|NODE_ENV$|VITEST|npm_lifecycle_event$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}
