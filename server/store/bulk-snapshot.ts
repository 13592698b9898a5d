import pg from 'pg'
import { required } from '@/server/env'

/**
 * Yields what `read` yields, all of it from one snapshot of the database, by a connection of its own that COPY can use. What
 * is not read to the end takes the connection with it, and the server stops.
 */
export async function* inBulkSnapshot<T>(
  read: (connection: pg.Client) => AsyncGenerator<T, void, undefined>,
  url: string = required('DATABASE_URL'),
): AsyncGenerator<T, void, undefined> {
  const connection = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true })
  // A lost connection makes the query at hand fail, which says it; without a listener it would end the process as well.
  connection.on('error', () => {})
  try {
    await connection.connect()
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    yield* read(connection)
    await connection.query('COMMIT')
  } finally {
    await connection.end().catch(() => {})
  }
}
