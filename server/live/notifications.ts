import pg from 'pg'
import { required } from '@/server/env'

const channels = ['ferry_event', 'ferry_import'] as const
export type Channel = (typeof channels)[number]

/** What was notified, or `lost`: anything may have been said meanwhile, look for yourself. */
type Listener = (payload: string | 'lost') => void

const RETRY_MS = [250, 1_000, 3_000, 10_000]

/**
 * Wake-ups for live screens: one connection of this process listens on every channel and tells everybody who listens here,
 * however many screens are open. While the connection is down nobody is woken; when it is up again everybody is told
 * `lost` and looks anew. It opens with the first listener and closes with the last.
 */
class Notifications {
  private readonly listeners = new Map<Listener, Channel>()
  private client: pg.Client | null = null
  private opening: Promise<void> | null = null
  private tries = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  /** Resolves once wake-ups reach this listener, so that what is read afterwards misses nothing. */
  async listen(channel: Channel, listener: Listener): Promise<() => void> {
    this.listeners.set(listener, channel)
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
    client.on('notification', message => {
      for (const [listener, channel] of this.listeners)
        if (channel === message.channel) listener(message.payload ?? '')
    })
    try {
      await client.connect()
      for (const channel of channels) await client.query(`LISTEN ${channel}`)
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
        () => {
          for (const listener of this.listeners.keys()) listener('lost')
        },
        () => this.retry(),
      )
    }, wait)
  }
}

// A development server loads this module anew after every edit; the connection outlives that on globalThis.
const place = globalThis as typeof globalThis & { ferryNotifications?: Notifications }

/** This process's one connection for wake-ups. */
export function notifications(): Notifications {
  place.ferryNotifications ??= new Notifications()
  return place.ferryNotifications
}
