import { instanceChain } from '@/domain/ledger/chain'
import type { Actor } from '@/domain/people/actor'
import { chainsToFollow, type LiveEvent } from '@/server/queries/live'
import { listenForEvents, type Wake } from './event-feed'
import { type Positions, readPositions, writePositions } from './positions'
import { sharedReadings } from './shared-reading'

/** A comment this often keeps proxies from closing an idle line, and is when an ended session is noticed at the latest. */
const HEARTBEAT_MS = 20_000

/** A busy batch wakes its readers many times a second; the session is not asked for more often than this. */
const ALLOWED_MS = 2_000

const EVENTS_A_READ = 500

export type LiveStreamOptions = {
  actor: Actor
  /** One chain, with which the instance's is followed; or null for the Overview's: the instance's and every open batch's. */
  chain: string | null
  /** The id of the last message seen, from Last-Event-ID or the page. */
  lastEventId: string | null
  /** Ends the stream: the browser went away, or the server stops. */
  signal: AbortSignal
  /** Whether the session still stands; asked with every heartbeat and before events are sent. */
  stillAllowed: () => Promise<boolean>
  heartbeatMs?: number
}

/**
 * A live stream as server-sent events, one message an event: its id says where to go on, its data names the chain, the
 * sequence, the type, the wave and the person. Nothing is lost over a broken line: the stream listens first, then reads the ledger from the
 * last id on, and reads again each time it is woken, together with everybody who stands where it does. It never asks by the clock. It ends when the signal aborts, when the
 * session does, and when the ledger cannot be read (the browser then connects anew and resumes).
 */
export function liveStream(options: LiveStreamOptions): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      let open = true
      let unlisten = () => {}
      let timer: ReturnType<typeof setInterval> | undefined
      end = () => {
        if (!open) return
        open = false
        clearInterval(timer)
        options.signal.removeEventListener('abort', end)
        unlisten()
        try {
          controller.close()
        } catch {
          // The reader has cancelled it already.
        }
      }
      options.signal.addEventListener('abort', end)
      const send = (chunk: string) => {
        if (open) controller.enqueue(text.encode(chunk))
      }
      const reader = new Reader(options, event => send(event))
      try {
        unlisten = await listenForEvents(wake => {
          if (reader.concerns(wake)) reader.readOn().catch(end)
        })
        if (!open || options.signal.aborted) {
          unlisten()
          end()
          return
        }
        await reader.begin()
        // From here on nothing is missed; said at once, so that what stands between does not hold the answer back.
        send('retry: 1000\n: open\n\n')
        await reader.readOn()
        timer = setInterval(() => {
          options.stillAllowed().then(allowed => (allowed ? send(': still here\n\n') : end()), end)
        }, heartbeatMs)
      } catch {
        end()
      }
    },
    cancel() {
      end()
    },
  })
}

/** Reads a stream's chains from where it stands, one reading at a time; a wake-up during one leads to another. */
class Reader {
  private positions: Positions | null = null
  /** First sequences of chains woken before it is known where to begin. */
  private readonly early = new Map<string, number>()
  /** What has to be read: up to which sequence by chain, or everything, where nobody knows what there is. */
  private due: Map<string, number> | 'everything' = 'everything'
  private reading: Promise<void> | null = null
  private again = false
  private askedAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly options: LiveStreamOptions,
    private readonly send: (message: string) => void,
  ) {}

  /** Where to begin: after the last id, or, without one, at what is in the ledger now. */
  async begin(): Promise<void> {
    const { actor, chain, lastEventId } = this.options
    const heads = await chainsToFollow(actor, chain)
    const seen = readPositions(lastEventId, chain)
    // A chain that the Overview's id does not name began after it was written, so all of it is new.
    const unnamed = chain === null ? Object.fromEntries(Object.keys(heads).map(id => [id, 0])) : heads
    const positions = seen ? { ...unnamed, ...seen } : heads
    for (const [id, seq] of this.early) positions[id] ??= seq - 1
    this.positions = positions
  }

  concerns(wake: Wake): boolean {
    if (wake === 'lost') {
      this.due = 'everything'
      return this.positions !== null
    }
    const { chain } = this.options
    if (chain !== null && wake.chain !== chain && wake.chain !== instanceChain) return false
    if (this.positions === null) {
      if (!this.early.has(wake.chain)) this.early.set(wake.chain, wake.seq)
      return false
    }
    // A chain that is not known yet: a batch made since, or one that had ended before. Wake-ups come in order.
    this.positions[wake.chain] ??= wake.seq - 1
    if (wake.seq <= (this.positions[wake.chain] ?? 0)) return false
    if (this.due !== 'everything') this.due.set(wake.chain, wake.seq)
    return true
  }

  readOn(): Promise<void> {
    this.again = true
    this.reading ??= this.readAll().finally(() => {
      this.reading = null
    })
    return this.reading
  }

  private async readAll(): Promise<void> {
    while (this.again) {
      this.again = false
      await this.askAgain()
      const { due } = this
      this.due = new Map()
      if (due !== 'everything') for (const [chain, upTo] of due) await this.readChain(chain, upTo)
      else for (const chain of Object.keys(this.positions ?? {})) await this.readChain(chain, null)
    }
  }

  private async askAgain(): Promise<void> {
    if (performance.now() - this.askedAt < ALLOWED_MS) return
    if (!(await this.options.stillAllowed())) throw new Error('The session has ended.')
    this.askedAt = performance.now()
  }

  private async readChain(chain: string, upTo: number | null): Promise<void> {
    const positions = this.positions ?? {}
    for (;;) {
      const events = await sharedReadings.eventsAfter(
        this.options.actor,
        { chain, after: positions[chain] ?? 0, limit: EVENTS_A_READ },
        upTo,
      )
      for (const event of events) {
        positions[chain] = event.seq
        this.send(message(event, writePositions(positions)))
      }
      if (events.length < EVENTS_A_READ) return
    }
  }
}

const message = (event: LiveEvent, id: string): string =>
  `id: ${id}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`
