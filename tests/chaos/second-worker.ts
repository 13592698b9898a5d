import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { RUN_VARIABLE } from '@/scripts/supervisor/strays'
import type { RealInstance } from '../instance'

/** A lane worker beside the instance's own, as on a second machine, started again whenever it ends. */
export class SecondWorker {
  #child: ChildProcess | undefined
  #over = false
  readonly #done: Promise<void>

  constructor(
    private readonly ferry: RealInstance,
    private readonly env: Record<string, string>,
  ) {
    this.#done = this.#keep()
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async stop(): Promise<void> {
    this.#over = true
    this.#child?.kill('SIGCONT')
    this.#child?.kill('SIGTERM')
    const slow = setTimeout(() => this.#child?.kill('SIGKILL'), 12_000)
    await this.#done
    clearTimeout(slow)
  }

  async #keep(): Promise<void> {
    const log = createWriteStream(join(this.ferry.dataDir, 'logs', 'second-lane.log'), { flags: 'a' })
    while (!this.#over) {
      const instance = this.ferry.instance
      const child = spawn(process.execPath, ['--enable-source-maps', 'dist/lane.mjs'], {
        env: {
          ...process.env,
          ...instance.environment,
          ...this.env,
          [RUN_VARIABLE]: instance.run,
          FERRY_WORKER_NAME: 'second-worker',
          NODE_ENV: 'production',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      this.#child = child
      child.stdout.pipe(log, { end: false })
      child.stderr.pipe(log, { end: false })
      await new Promise<void>(resolve => child.once('exit', () => resolve()))
      await new Promise(resolve => setTimeout(resolve, 1_000))
    }
    log.end()
  }
}
