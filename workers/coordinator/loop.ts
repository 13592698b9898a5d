import { logger } from '../logger'
import { isOutage } from '../outage'

/** Runs a task again and again, never twice at once: at every wake-up, and after a pause without one. */
export class Loop {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | null = null
  /** When the next round begins, in milliseconds of this process's clock. */
  private next = Number.POSITIVE_INFINITY
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

  /** Has a round begin within so many milliseconds; wake-ups that come until then share it. */
  wake(withinMs = 0): void {
    const at = performance.now() + withinMs
    if (this.stopped || at >= this.next) return
    this.next = at
    // Whoever is running sees to it afterwards.
    if (!this.running) this.schedule()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.running
  }

  private schedule(): void {
    clearTimeout(this.timer)
    const ms = this.next - performance.now()
    const begin = (): void => {
      this.running = this.run()
    }
    if (ms <= 0) begin()
    else this.timer = setTimeout(begin, ms)
  }

  private async run(): Promise<void> {
    this.next = Number.POSITIVE_INFINITY
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
    const paused = performance.now() + this.pauseMs
    this.next = failed ? paused : Math.min(this.next, paused)
    this.schedule()
  }
}
