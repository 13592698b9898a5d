import { logger } from '../logger'
import { isOutage } from '../outage'

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
    /** Told of every round that failed because the database or the queue is away. */
    private readonly onOutage: (error: unknown) => void,
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
    let failed = true
    try {
      await this.task()
      this.failures = 0
      failed = false
    } catch (error) {
      // One line for the first failure of a row: the same again every second is no news.
      if (isOutage(error)) this.onOutage(error)
      else if (this.failures++ === 0)
        logger.warn(
          { loop: this.name, error: error instanceof Error ? error.message : String(error) },
          'A round failed; trying again',
        )
    }
    this.running = null
    if (this.stopped) return
    if (this.again && !failed) this.wake()
    else this.timer = setTimeout(() => this.wake(), this.pauseMs)
  }
}
