import { Redis } from 'ioredis'
import { startRedis } from './redis'

export type RecordedRedis = {
  url: string
  /** All that was ever sent to it, a command a line, and all that it holds now, a key a line. */
  record: () => Promise<string>
  /** Puts values into a list, unheard: they are in what it holds alone. */
  write: (key: string, values: string[]) => Promise<void>
  stop: () => Promise<void>
}

/** A Redis that is listened to from its start: also what it held for a moment only is in its record. */
export async function recordedRedis(): Promise<RecordedRedis> {
  const server = await startRedis()
  const client = new Redis(server.url)
  const heard: string[] = []
  const monitor = await client.monitor()
  monitor.on('monitor', (_time: string, args: string[]) => heard.push(args.join(' ')))
  return {
    url: server.url,
    record: async () => {
      const kept: string[] = []
      for (const key of await client.keys('*'))
        kept.push(`${key} ${JSON.stringify(await heldAt(client, key))}`)
      return [...heard, ...kept].join('\n')
    },
    write: async (key, values) => {
      monitor.disconnect()
      await client.rpush(key, ...values)
    },
    stop: async () => {
      monitor.disconnect()
      client.disconnect()
      await server.stop()
    },
  }
}

async function heldAt(client: Redis, key: string): Promise<unknown> {
  const type = await client.type(key)
  switch (type) {
    case 'string':
      return client.get(key)
    case 'list':
      return client.lrange(key, 0, -1)
    case 'set':
      return client.smembers(key)
    case 'zset':
      return client.call('ZRANGE', key, '0', '-1', 'WITHSCORES')
    case 'hash':
      return client.hgetall(key)
    case 'stream':
      return client.xrange(key, '-', '+')
    case 'none':
      return null
    default:
      throw new Error(`${key} is a ${type}, which is not read yet.`)
  }
}
