import pg from 'pg'
import { required } from '@/server/env'

/**
 * A connection of its own for one large piece of work, closed when it is over. Thousands of rows a statement go by pg
 * itself: Prisma's client copies parameters several times and keeps them with its query plans.
 */
export async function withBulkConnection<T>(
  work: (connection: pg.Client) => Promise<T>,
  url: string = required('DATABASE_URL'),
): Promise<T> {
  const connection = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
  })
  // A lost connection makes the query at hand fail, which says it; without a listener it would end the process as well.
  connection.on('error', () => {})
  try {
    await connection.connect()
    return await work(connection)
  } finally {
    await connection.end().catch(() => {})
  }
}
