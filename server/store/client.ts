import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/generated/prisma/client'
import { required } from '@/server/env'
import { closeDirect } from './direct'

/** Connections one process holds at most. Several processes share one small server; the queue has its own. */
const POOL_SIZE = 8
/** No statement of Ferry's takes this long on a healthy database. */
const QUERY_LIMIT_MS = 120_000

/** The client, or a transaction of it: what reads and writes take when either will do. */
export type Database = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends' | '$use'
>

// A development server loads this module anew after every edit; the client outlives that on globalThis.
const place = globalThis as typeof globalThis & { ferryDatabase?: PrismaClient }

/**
 * This process's one PrismaClient, on DATABASE_URL. It connects on the first query.
 * Throws EnvironmentError when DATABASE_URL is not set.
 */
export function db(): PrismaClient {
  place.ferryDatabase ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: required('DATABASE_URL'),
      max: POOL_SIZE,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      // A server that hangs, or a network that swallows answers, must not leave readers waiting for ever.
      query_timeout: QUERY_LIMIT_MS,
      keepAlive: true,
    }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  })
  return place.ferryDatabase
}

/** Closes every connection of this process. A later db() opens new ones. */
export async function closeDatabase(): Promise<void> {
  const client = place.ferryDatabase
  place.ferryDatabase = undefined
  await Promise.all([client?.$disconnect(), closeDirect()])
}
