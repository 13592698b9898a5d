import { environment } from '@/server/env'

/** An answer is good for this long, so that a screen full of readers asks once. */
const FRESH_MS = 2_000
const PATIENCE_MS = 1_500

type Asker = { ping(): Promise<boolean> }
let asker: Promise<Asker> | undefined
let last: { at: number; answer: Promise<boolean> } | undefined

/**
 * Whether the Redis of the queue answers this process; null where the queue is in PostgreSQL. Asks at most once in 2 s,
 * and answers within 1.5 s.
 */
export async function redisAnswers(): Promise<boolean | null> {
  const url = environment().REDIS_URL
  if (!url) return null
  const now = performance.now()
  if (!last || now - last.at > FRESH_MS) last = { at: now, answer: ask(url) }
  return last.answer
}

async function ask(url: string): Promise<boolean> {
  asker ??= open(url)
  const { ping } = await asker
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  try {
    return await Promise.race([ping(), patience])
  } finally {
    clearTimeout(timer)
  }
}

async function open(url: string): Promise<Asker> {
  // Loaded only where it is used: most instances have no Redis.
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    retryStrategy: tries => Math.min(tries * 100, 1_000),
  })
  redis.on('error', () => undefined)
  return {
    ping: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
  }
}
