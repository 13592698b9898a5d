import { type ChildProcess, fork } from 'node:child_process'
import type { Actual } from './cases'
import { HUNG, PATIENCE_MS, surroundings } from './workplace'

/** Runs scripts inside the engine in a process that is kept, and replaced when a script hangs or ends it. */
export class EngineLane {
  private child: ChildProcess | null = null

  /** `program` is the built `engine-process.ts`. */
  constructor(private readonly program: string) {}

  run(script: string, folder: string): Promise<Actual> {
    this.child ??= fork(this.program, [], {
      cwd: '/',
      env: surroundings(folder),
      execArgv: ['--max-old-space-size=1024'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const { child } = this
    return new Promise(resolve => {
      const settle = (actual: Actual) => {
        clearTimeout(watch)
        child.removeAllListeners()
        resolve(actual)
      }
      const watch = setTimeout(() => {
        this.close()
        settle(HUNG)
      }, PATIENCE_MS)
      child.once('message', message => settle(message as Actual))
      child.once('exit', (code, signal) => {
        this.child = null
        settle({ lost: `the process ended with ${signal ?? code}` })
      })
      child.send({ script, folder })
    })
  }

  close(): void {
    this.child?.removeAllListeners()
    this.child?.kill('SIGKILL')
    this.child = null
  }
}
