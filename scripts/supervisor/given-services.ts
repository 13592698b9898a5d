import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal, say } from './text'

/** What PostgreSQL answers when waiting does not help: wrong password, no such user, no such database. */
const HOPELESS: Record<string, string> = {
  '28P01': 'it refuses the password',
  '28000': 'it refuses the user',
  '3D000': 'it has no database of that name',
}
/** The oldest PostgreSQL that a database of one's own may be; .env.example and README say the same. */
export const OLDEST_POSTGRESQL = 15
const PATIENCE_MS = 5_000

/**
 * Waits until the database that DATABASE_URL names answers, saying so every 10 s.
 * Throws Refusal when it answers that the address, user or database is wrong, or when it is too old.
 */
export async function waitForDatabase(url: string, stopping: AbortSignal): Promise<void> {
  await keepAsking(`The database at ${place(url)}`, stopping, () => askDatabase(url))
}

/** Waits until the Redis that REDIS_URL names answers, saying so every 10 s. Throws Refusal on a wrong password. */
export async function waitForRedis(url: string, stopping: AbortSignal): Promise<void> {
  await keepAsking(`The Redis at ${place(url)}`, stopping, () => askRedis(url))
}

/** Asks the database once. Throws Refusal where asking again cannot help, and the error of the connection otherwise. */
export async function askDatabase(url: string): Promise<void> {
  const where = place(url)
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    )
    if ((rows[0]?.version ?? 0) < OLDEST_POSTGRESQL * 10_000) {
      throw new Refusal(
        `The database at ${where} is older than PostgreSQL ${OLDEST_POSTGRESQL}. Name a newer one in DATABASE_URL.`,
      )
    }
  } catch (error) {
    const why = HOPELESS[(error as { code?: string }).code ?? '']
    if (!why) throw error
    throw new Refusal(
      `The database at ${where} answers, but ${why}: ${(error as Error).message}. ` +
        'Correct DATABASE_URL (postgresql://user:password@host:5432/database), or leave it out and Ferry starts its own.',
    )
  } finally {
    // A server that hangs does not answer a goodbye either.
    await Promise.race([client.end().catch(() => {}), pause(1_000)])
  }
}

/** Asks Redis once. Throws Refusal on a wrong password, and the error of the connection otherwise. */
export async function askRedis(url: string): Promise<void> {
  // Loaded only where it is used: most starts have no Redis.
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
  })
  // What connect() throws says only that it is closed; the reason comes by this way.
  let cause: unknown
  redis.on('error', error => {
    cause = error
  })
  try {
    await redis.connect()
    await redis.ping()
  } catch (closed) {
    const error = cause ?? closed
    if (!/WRONGPASS|NOAUTH/.test(String(error))) throw error
    throw new Refusal(
      `The Redis at ${place(url)} refuses the password. Correct REDIS_URL (redis://user:password@host:6379), or leave it out and the queue is kept in PostgreSQL.`,
    )
  } finally {
    redis.disconnect()
  }
}

async function keepAsking(what: string, stopping: AbortSignal, ask: () => Promise<void>): Promise<void> {
  let said = Number.NEGATIVE_INFINITY
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      await ask()
      if (said > 0) say(`${what} answers now.`)
      return
    } catch (error) {
      if (error instanceof Refusal) throw error
      if (performance.now() - said > 10_000) {
        said = performance.now()
        say(`${what} does not answer (${reason(error)}). Ferry waits for it; Ctrl-C stops waiting.`)
      }
    }
    await pause(wait, undefined, { signal: stopping }).catch(() => {})
    if (stopping.aborted) throw new Refusal('Stopped while waiting.')
  }
}

/** Host, port and database of an address, without user and password. */
export function place(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port ? `:${port}` : ''}${pathname.length > 1 ? pathname : ''}`
}

/** Why a connection failed, as people read it. */
export function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0])
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'ECONNREFUSED') return 'connection refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host name'
  if (code === 'ETIMEDOUT') return 'no answer in time'
  return message || code || 'no reason given'
}
