import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instance, readInstance } from '@/scripts/supervisor/instance-file'
import { identify, isRunning } from '@/scripts/supervisor/process-identity'
import { killStrays } from '@/scripts/supervisor/strays'

/** A supervisor started by a test, with all it said so far in `text`. */
export class FerryProcess {
  readonly dataDir: string
  readonly process: ChildProcess
  text = ''
  readonly #exit: Promise<number | null>

  constructor(options: {
    cwd: string
    args: string[]
    dataDir: string
    env: Record<string, string | undefined>
    account?: { uid?: number; gid?: number }
  }) {
    this.dataDir = options.dataDir
    this.process = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      env: { NODE_ENV: 'production', PORT: '0', ...options.env, FERRY_DATA_DIR: options.dataDir },
      ...options.account,
      // A group of its own, as in a terminal: Ctrl-C can then be sent to all of it.
      detached: true,
    })
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', chunk => {
        this.text += chunk
      })
    }
    this.#exit = new Promise(done => this.process.once('exit', code => done(code)))
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error('It did not start.')
    return this.process.pid
  }

  /** Its address, keys and processes right now. */
  get instance(): Instance {
    const instance = readInstance(this.dataDir)
    if (!instance) throw new Error(`There is no instance file. It said:\n${this.text}`)
    return instance
  }

  /** Waits until it has said something that fits. Throws with all it said when it ends or takes too long. */
  async says(pattern: RegExp | string, limit = 30_000): Promise<void> {
    const said = () => (typeof pattern === 'string' ? this.text.includes(pattern) : pattern.test(this.text))
    const over = () => this.process.exitCode !== null || this.process.signalCode !== null
    await until(
      () => said() || over(),
      limit,
      () => `Not said: ${pattern}. It said:\n${this.text}`,
    )
    if (!said()) throw new Error(`It ended without saying ${pattern}. It said:\n${this.text}`)
  }

  ready(limit = 30_000): Promise<void> {
    return this.says('Ferry is ready', limit)
  }

  /** Waits for its end and answers the exit code (null when it was killed) and how long that took, in ms. */
  async ended(limit = 30_000): Promise<{ code: number | null; ms: number }> {
    const began = performance.now()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`It did not end. It said:\n${this.text}`)), limit)
    })
    try {
      return { code: await Promise.race([this.#exit, late]), ms: performance.now() - began }
    } finally {
      clearTimeout(timer)
    }
  }

  /** As a terminal does it: to the whole process group. */
  ctrlC(): void {
    process.kill(-this.pid, 'SIGINT')
  }

  /** Ends whatever is still there without ceremony, for afterEach. */
  async cleanUp(): Promise<void> {
    const instance = readInstance(this.dataDir)
    if (identify(this.pid)) {
      this.process.kill('SIGKILL')
      await this.#exit
    }
    for (const identity of Object.values(instance?.processes ?? {})) {
      if (isRunning(identity)) process.kill(identity.pid, 'SIGKILL')
    }
    if (instance) await killStrays(instance.run)
  }
}

/** What of the instance's processes is still running, by name. */
export function running(instance: Instance): string[] {
  return Object.entries(instance.processes)
    .filter(([, identity]) => isRunning(identity))
    .map(([name]) => name)
}

/** A process's log: lab, web, lane, coordinator or database. */
export function readLog(dataDir: string, name: string): string {
  return readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8')
}

export async function until(condition: () => boolean, limit: number, explain: () => string): Promise<void> {
  const deadline = performance.now() + limit
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(explain())
    await new Promise(done => setTimeout(done, 25))
  }
}
