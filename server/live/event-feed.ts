import pg from 'pg'
import { required } from '@/server/env'

/** Something was committed to a chain, up to this sequence; or `lost`: anything may have been, look for yourself. */
export type Wake = { chain: string; seq: number } | 'lost'
type Listener = (wake: Wake) => void

const RETRY_MS = [250, 1_000, 3_000, 10_000]

/**
 * Wake-ups for live screens: one connection of this process listens on `ferry_event` and tells everybody who listens here.
 * It carries no events, only that there are some; who is woken reads the ledger, so that nothing depends on a
 * notification having arrived. While the connection is down nobody is woken; when it is up again everybody is told
 * `lost` and reads on from what they last saw. It opens with the first listener and closes with the last.
 */
class EventFeed {
  private readonly listeners = new Set<Listener>()
  private client: pg.Client | null = null
  private opening: Promise<void> | null = null
  private tries = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  /** Resolves once wake-ups reach this listener, so that what is read afterwards misses nothing. */
  async listen(listener: Listener): Promise<() => void> {
    this.listeners.add(listener)
    try {
      await this.open()
    } catch (error) {
      this.drop(listener)
      throw error
    }
    return () => this.drop(listener)
  }

  private drop(listener: Listener): void {
    this.listeners.delete(listener)
    if (this.listeners.size > 0) return
    clearTimeout(this.timer)
    const { client } = this
    this.client = null
    client?.end().catch(() => {})
  }

  private open(): Promise<void> {
    if (this.client) return Promise.resolve()
    this.opening ??= this.connect().finally(() => {
      this.opening = null
    })
    return this.opening
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: required('DATABASE_URL'),
      application_name: 'ferry live',
      keepAlive: true,
    })
    client.on('error', () => this.broken(client))
    client.on('end', () => this.broken(client))
    client.on('notification', message => this.tell(readWake(message.payload)))
    try {
      await client.connect()
      await client.query('LISTEN ferry_event')
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
    if (this.listeners.size === 0) {
      await client.end()
      return
    }
    this.client = client
    this.tries = 0
  }

  private broken(client: pg.Client): void {
    if (this.client !== client) return
    this.client = null
    this.retry()
  }

  private retry(): void {
    if (this.listeners.size === 0) return
    const wait = RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)]
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.open().then(
        () => this.tell('lost'),
        () => this.retry(),
      )
    }, wait)
  }

  private tell(wake: Wake): void {
    for (const listener of this.listeners) listener(wake)
  }
}

function readWake(payload: string | undefined): Wake {
  try {
    const { chain, seq } = JSON.parse(payload ?? '') as { chain?: unknown; seq?: unknown }
    return typeof chain === 'string' && Number.isSafeInteger(Number(seq))
      ? { chain, seq: Number(seq) }
      : 'lost'
  } catch {
    // Not ours to understand: everybody looks for themselves.
    return 'lost'
  }
}

// A development server loads this module anew after every edit; the connection outlives that on globalThis.
const place = globalThis as typeof globalThis & { ferryEventFeed?: EventFeed }

/** This process's one feed. */
export function eventFeed(): EventFeed {
  place.ferryEventFeed ??= new EventFeed()
  return place.ferryEventFeed
}
