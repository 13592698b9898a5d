import pg from 'pg'
import type { Prisma } from '@/generated/prisma/client'
import { required } from '@/server/env'

/**
 * What asks Postgres in plain SQL: Prisma's client, a transaction of it, or the driver itself. Statements are tagged
 * templates whose values travel beside the text.
 */
export type Sql = {
  $queryRaw<T = unknown>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T>
  /** Answers how many rows it changed. */
  $executeRaw(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>
}

const POOL_SIZE = 10
const FOLLOWING_SIZE = 6
const QUERY_LIMIT_MS = 120_000
/** A transaction of a step takes milliseconds; one whose process was frozen gives its locks back. */
const IDLE_IN_TRANSACTION_MS = 15_000
const INT8 = 20

// A development server loads this module anew after every edit; the pool outlives that on globalThis.
const place = globalThis as typeof globalThis & { ferryDirect?: Pools | undefined }

type Pools = { waiting: pg.Pool; following: pg.Pool }

function pools(): Pools {
  place.ferryDirect ??= {
    waiting: poolOf(POOL_SIZE),
    following: poolOf(FOLLOWING_SIZE, '-c synchronous_commit=off'),
  }
  return place.ferryDirect
}

function poolOf(max: number, options?: string): pg.Pool {
  const made = new pg.Pool({
    connectionString: required('DATABASE_URL'),
    ...(options ? { options } : {}),
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    query_timeout: QUERY_LIMIT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    // Tokens and sequence numbers are bigints, as Prisma gives them.
    types: {
      getTypeParser: ((type: number) =>
        type === INT8 ? BigInt : pg.types.getTypeParser(type, 'text')) as typeof pg.types.getTypeParser,
    },
  })
  // A connection that dies while idle is replaced; whoever asks next is told if there is none.
  made.on('error', () => undefined)
  return made
}

/** Closes the driver's connections of this process; a later question opens new ones. */
export async function closeDirect(): Promise<void> {
  const open = place.ferryDirect
  place.ferryDirect = undefined
  await Promise.all([open?.waiting.end(), open?.following.end()])
}

type Asks = { query(config: pg.QueryConfig): Promise<pg.QueryResult> }

// Each text is parsed and planned once a connection: what a step asks is the same for everybody.
const statements = new WeakMap<TemplateStringsArray, { name: string; text: string }>()
let named = 0

function statementOf(text: TemplateStringsArray | Prisma.Sql): { name: string; text: string } {
  if (!('raw' in text)) throw new TypeError('A statement put together from pieces goes through Prisma.')
  const known = statements.get(text)
  if (known) return known
  const made = {
    name: `ferry_${++named}`,
    text: text.reduce((all, piece, index) => `${all}$${index}${piece}`),
  }
  statements.set(text, made)
  return made
}

const asking = (on: () => Asks): Sql => ({
  $queryRaw: async <T>(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
    (await on().query({ ...statementOf(text), values })).rows as T,
  $executeRaw: async (text, ...values) => (await on().query({ ...statementOf(text), values })).rowCount ?? 0,
})

const single = asking(() => pools().waiting)
const followed = asking(() => pools().following)

/**
 * The driver without Prisma in between, for what every step asks: a statement costs a quarter of the time that way. Each
 * statement is a transaction of its own.
 */
export const direct = (): Sql => single

/**
 * The same for what something else is written after: it does not wait for the disk, and is on it as soon as any later
 * write that does wait is. What is said of it elsewhere, such as an event that a stream hands on, must wait.
 */
export const directFollowed = (): Sql => followed

/** Does work in one transaction of the driver: committed when it resolves, rolled back when it rejects. */
export async function directly<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pools().waiting.connect()
  let broken: Error | undefined
  const fail = (error: Error): void => {
    broken = error
  }
  client.on('error', fail)
  try {
    await client.query('BEGIN')
    const result = await work(asking(() => client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    // An answer that never came leaves a connection of which nobody knows what it does: it is not used again.
    if (error instanceof Error && error.message === 'Query read timeout') broken = error
    if (!broken) await client.query('ROLLBACK').catch(fail)
    throw error
  } finally {
    client.off('error', fail)
    client.release(broken)
  }
}
