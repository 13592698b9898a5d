import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Prisma } from '@/generated/prisma/client'

const signatureBytes = 11
/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1)

/**
 * The row at hand of what COPY sends in its binary format: https://www.postgresql.org/docs/current/sql-copy.html. Values are
 * looked up by column, without a copy of the row.
 */
export class CopiedRow {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  #begun = false
  readonly #from: number[] = []
  readonly #to: number[] = []

  add(chunk: Buffer): void {
    this.#bytes =
      this.#at === this.#bytes.length ? chunk : Buffer.concat([this.#bytes.subarray(this.#at), chunk])
    this.#at = 0
    if (this.#begun || this.#bytes.length < signatureBytes + 8) return
    // The signature, flags, and an extension of the header whose length it gives.
    this.#at = signatureBytes + 8 + this.#bytes.readInt32BE(signatureBytes + 4)
    this.#begun = true
  }

  /** Goes to the next row; false where it has not come whole yet, or there is none. */
  next(): boolean {
    const bytes = this.#bytes
    if (!this.#begun || this.#at + 2 > bytes.length) return false
    const columns = bytes.readInt16BE(this.#at)
    let at = this.#at + 2
    for (let column = 0; column < columns; column++) {
      if (at + 4 > bytes.length) return false
      const length = bytes.readInt32BE(at)
      at += 4
      this.#from[column] = length < 0 ? -1 : at
      at += Math.max(0, length)
      this.#to[column] = at
    }
    // The trailer says that no row follows: minus one column.
    if (columns < 0 || at > bytes.length) return false
    this.#at = at
    return true
  }

  /** A text, or null. */
  text(column: number): string | null {
    const from = this.#from[column] ?? -1
    return from < 0 ? null : this.#bytes.toString('utf8', from, this.#to[column])
  }

  /** A bigint that is no larger than a number may be. */
  number(column: number): number {
    const from = this.#from[column] ?? 0
    return this.#bytes.readInt32BE(from) * 2 ** 32 + this.#bytes.readUInt32BE(from + 4)
  }

  /** A timestamptz in milliseconds since 1970. */
  ms(column: number): number {
    return Math.floor(this.number(column) / 1000) + epochMs
  }

  /** How many bytes a text has; 0 for null. */
  size(column: number): number {
    const from = this.#from[column] ?? -1
    return from < 0 ? 0 : (this.#to[column] ?? from) - from
  }

  /** Writes a text as it came into other bytes; answers how many there were. */
  copy(column: number, into: Buffer, at: number): number {
    const from = this.#from[column] ?? -1
    return from < 0 ? 0 : this.#bytes.copy(into, at, from, this.#to[column])
  }
}

/** The rows of a query, one at a time and in the same object; memory stays flat however many there are. */
export async function* copiedRows(
  connection: pg.Client,
  query: Prisma.Sql,
): AsyncGenerator<CopiedRow, void, undefined> {
  const row = new CopiedRow()
  const stream = connection.query(copyTo(`COPY (${inlined(query)}) TO STDOUT (FORMAT binary)`))
  for await (const chunk of stream) {
    row.add(chunk as Buffer)
    yield row
  }
}

/** COPY takes no parameters, so values stand in the text as literals. */
function inlined(query: Prisma.Sql): string {
  return query.strings.reduce((text, part, index) => text + literal(query.values[index - 1]) + part)
}

function literal(value: unknown): string {
  if (typeof value === 'string') return pg.escapeLiteral(value)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof Date) return `${pg.escapeLiteral(value.toISOString())}::timestamptz`
  throw new Error(`A value of the kind ${typeof value} cannot stand in a query that is copied.`)
}
