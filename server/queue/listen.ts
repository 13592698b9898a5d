import pg from 'pg'

/**
 * Follows NOTIFY channels on one connection of its own and reconnects for as long as it takes. `onWake` is also called
 * after each (re)connection, since what was said meanwhile was not heard.
 */
export function listen(options: {
  databaseUrl: string
  channels: readonly string[]
  onWake: (channel: string, payload: string) => void
  onError: (error: Error) => void
}): { close(): Promise<void> } {
  let client: pg.Client | null = null
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: options.databaseUrl, keepAlive: true })
    next.on('error', error => {
      options.onError(error)
      again(next)
    })
    next.on('end', () => again(next))
    next.on('notification', message => options.onWake(message.channel, message.payload ?? ''))
    client = next
    try {
      await next.connect()
      for (const channel of options.channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      for (const channel of options.channels) options.onWake(channel, '')
    } catch (error) {
      options.onError(error instanceof Error ? error : new Error(String(error)))
      again(next)
    }
  }
  const again = (from: pg.Client): void => {
    if (closed || client !== from) return
    client = null
    from.end().catch(() => undefined)
    timer = setTimeout(() => void connect(), 500)
  }
  void connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      const last = client
      client = null
      await last?.end().catch(() => undefined)
    },
  }
}
