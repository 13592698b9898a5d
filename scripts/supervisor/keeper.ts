import { setTimeout as pause } from 'node:timers/promises'
import { isRunning, type ProcessIdentity } from './process-identity'
import { isDiskFull, say, seconds } from './text'

/** `interrupt`: a person waits for the end. `drain`: let what runs end by itself. `now`: at once. */
export type StopManner = 'interrupt' | 'drain' | 'now'

export type RunningService = {
  identity: ProcessIdentity
  /** Settles when the process ended, with how: `exit code 1`, `killed by SIGKILL`. */
  ended: Promise<string>
}

/** Something that is kept running: one process, named as people read it ("the web console"). */
export type Service = {
  name: string
  /** Starts it and answers once it works. `onProcess` gets the process as soon as there is one. */
  start(onProcess: (identity: ProcessIdentity) => void): Promise<RunningService>
  /** Ends it; what is still there after `limit` ms is killed. */
  stop(identity: ProcessIdentity, manner: StopManner, limit: number): Promise<void>
}

const FIRST_WAIT = 250
const LONGEST_WAIT = 30_000
/** A process that ran this long does not end at each start: it starts anew without the wait that earlier ends added up to. */
const STEADY = 10_000

/** Keeps one service running: starts it, starts it again with growing waits when it ends, and stops it for good. */
export class Keeper {
  readonly #service: Service
  readonly #onChange: (name: string, identity: ProcessIdentity | undefined) => void
  readonly #stopping = new AbortController()
  #identity: ProcessIdentity | undefined
  #watch: Promise<void> = Promise.resolve()

  constructor(service: Service, onChange: (name: string, identity: ProcessIdentity | undefined) => void) {
    this.#service = service
    this.#onChange = onChange
  }

  get name(): string {
    return this.#service.name
  }

  /** The process as it runs now; undefined before the first start and after the stop. */
  get identity(): ProcessIdentity | undefined {
    return this.#identity
  }

  /** The first start; an error here is an error of the whole start. From then on it is kept running. */
  async start(): Promise<void> {
    const running = await this.#service.start(identity => this.#became(identity))
    this.#watch = this.#keep(running)
  }

  async stop(manner: StopManner, limit: number): Promise<void> {
    this.#stopping.abort()
    const identity = this.#identity
    if (identity) await this.#service.stop(identity, manner, limit)
    await this.#watch
    this.#became(undefined)
  }

  async #keep(first: RunningService): Promise<void> {
    let running = first
    let wait = FIRST_WAIT
    for (let since = performance.now(); ; since = performance.now()) {
      const how = await running.ended
      if (this.#stopping.signal.aborted) return
      if (performance.now() - since > STEADY) wait = FIRST_WAIT
      say(`${capital(this.name)} ended (${how}). Ferry starts it again in ${seconds(wait)}.`)
      const again = await this.#restart(wait)
      if (!again) return
      wait = Math.min(wait * 2, LONGEST_WAIT)
      running = again
    }
  }

  async #restart(firstWait: number): Promise<RunningService | undefined> {
    const began = performance.now()
    for (let wait = firstWait; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      await pause(wait, undefined, { signal: this.#stopping.signal }).catch(() => {})
      if (this.#stopping.signal.aborted) return undefined
      try {
        const running = await this.#service.start(identity => this.#became(identity))
        say(`${capital(this.name)} works again after ${seconds(performance.now() - began)}.`)
        return running
      } catch (error) {
        if (this.#stopping.signal.aborted) return undefined
        const reason = isDiskFull(error)
          ? 'the disk is full. Make room; nothing stored is lost.'
          : error instanceof Error
            ? error.message
            : String(error)
        await this.#clear()
        say(
          `${capital(this.name)} did not start: ${reason} Ferry tries again in ${seconds(Math.min(wait * 2, LONGEST_WAIT))}.`,
        )
      }
    }
  }

  /** A start that failed may have left its process behind. */
  async #clear(): Promise<void> {
    const identity = this.#identity
    if (identity && isRunning(identity)) await this.#service.stop(identity, 'now', 2_000)
  }

  #became(identity: ProcessIdentity | undefined): void {
    this.#identity = identity
    this.#onChange(this.name, identity)
  }
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
