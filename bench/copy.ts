import { createReadStream, createWriteStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** The baseline of reading and writing in bulk: PostgreSQL's COPY through the same driver, nothing done to a row. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** COPY of a query's rows into a file. */
export const copyToFile = (client: pg.Client, query: string, path: string): Promise<void> =>
  pipeline(client.query(copyTo(`COPY (${query}) TO STDOUT`)), createWriteStream(path))

/** COPY of a file of finished rows into a table. */
export const copyFromFile = (client: pg.Client, table: string, path: string): Promise<void> =>
  pipeline(createReadStream(path), client.query(copyFrom(`COPY ${table} FROM STDIN`)))

/** COPY of a query's rows as CSV, read to the end and thrown away. Answers the bytes. */
export async function copyOut(client: pg.Client, query: string): Promise<number> {
  let bytes = 0
  const sink = new Writable({
    write(chunk, _encoding, done) {
      bytes += chunk.length
      done()
    },
  })
  await pipeline(client.query(copyTo(`COPY (${query}) TO STDOUT WITH (FORMAT csv)`)), sink)
  return bytes
}
