import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export type EmptyDatabase = {
  url: string
  query: (sql: string) => Promise<unknown[]>
  drop: () => Promise<void>
}

/** A database without any tables on the test run's server. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const server = inject('databaseServer')
  const name = `test_empty_${randomBytes(6).toString('hex')}`
  const url = new URL(server)
  url.pathname = `/${name}`
  await query(server, `CREATE DATABASE ${name}`)
  return {
    url: url.href,
    query: sql => query(url.href, sql),
    drop: async () => {
      await query(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
