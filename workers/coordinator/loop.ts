import { logger } from '../logger'

/** Runs a task again and again, never twice at once: at every wake-up, and after a pause without one. */
export class Loop {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | null = null
  private again = false
  private stopped = false
  private failures = 0

  constructor(
    private readonly name: string,
    private readonly pauseMs: number,
    private readonly task: () => Promise<void>,
  ) {}

  start(): void {
    this.wake()
  }

  wake(): void {
    if (this.stopped) return
    if (this.running) {
      this.again = true
      return
    }
    clearTimeout(this.timer)
    this.running = this.run()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.running
  }

  private async run(): Promise<void> {
    this.again = false
    try {
      await this.task()
      this.failures = 0
    } catch (error) {
      // One line for the first failure of a row: a database that restarts is no news every second.
      if (this.failures++ === 0)
        logger.warn(
          { loop: this.name, error: error instanceof Error ? error.message : String(error) },
          'A round failed; trying again',
        )
    }
    this.running = null
    if (this.stopped) return
    if (this.again && this.failures === 0) this.wake()
    else this.timer = setTimeout(() => this.wake(), this.pauseMs)
  }
}
