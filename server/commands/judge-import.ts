import { type FileFinding, fileFinding } from '@/domain/import/finding'
import { type JudgeEvent, judgeCsv } from '@/domain/import/judge-csv'
import { importLimits } from '@/domain/import/limits'
import type { FileFacts } from '@/domain/import/reading'
import type { JudgedRow } from '@/domain/import/row'
import type { VerdictTotals } from '@/domain/import/verdicts'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { withBulkConnection } from '@/server/store/bulk-connection'
import { db } from '@/server/store/client'
import { insertImportRows } from '@/server/store/import-rows'
import { dropIncoming, readIncoming } from '@/server/store/incoming'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { openItemsInBulk } from '@/server/store/open-items'
import { Refused } from './refused'

export type ImportProgress = { rowsRead: number; bytesRead: number; bytes: number }

export type ImportOutcome =
  | { state: 'judged'; importId: string; totals: VerdictTotals; findings: readonly FileFinding[] }
  /** The file as a whole cannot be used; it has no rows. */
  | { state: 'failed'; importId: string; error: FileFinding }

type Head = { id: string; estateId: string; name: string; sha256: string | null; bytes: number }

/** Rows stored by one statement. */
const storedTogether = 1_000
/** How often progress is written for the screen, in milliseconds. */
const progressEvery = 300

/**
 * Judges the rows of a received file and stores them. All rows become visible at once, or none: when the file is refused
 * or anything fails, the import is `failed` and says why.
 */
export async function judgeImport(
  actor: Actor,
  importId: string,
  onProgress?: (progress: ImportProgress) => void,
): Promise<ImportOutcome> {
  permit(actor, 'imports.write')
  const row = await db().importFile.findUnique({ where: { id: importId } })
  if (row?.state !== 'reading') throw new Refused('conflict', 'This import is not waiting to be read.')
  const head = { ...row, bytes: Number(row.bytes) }
  const report = progressWriter(head, onProgress)
  try {
    const read = await storeRows(head, report)
    await report.settled()
    await db().$transaction(tx => finish(tx, actor, head, read))
    return { state: 'judged', importId, totals: read.done.totals, findings: read.done.findings }
  } catch (error) {
    await report.settled()
    if (error instanceof FileRefused) {
      await failImport(importId, error.finding)
      return { state: 'failed', importId, error: error.finding }
    }
    await failImport(importId, interrupted(error)).catch(() => {
      // The database is what failed: failStaleImports says so once it is back.
    })
    throw error
  } finally {
    await dropIncoming(importId)
  }
}

/** Ends imports whose reader has not been heard of for two minutes: its process was stopped. Answers how many. */
export async function failStaleImports(): Promise<number> {
  const stale = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "import_file" WHERE "state" = 'reading' AND "seenAt" < now() - interval '2 minutes'`
  for (const { id } of stale) {
    await failImport(id, interrupted(null))
    await dropIncoming(id)
  }
  // What a process left that was killed after its rows were written and before the import said so.
  await db().$executeRaw`
    DELETE FROM "import_row" r USING "import_file" f
    WHERE f."id" = r."importId" AND f."state" IN ('failed', 'discarded')`
  return stale.length
}

class FileRefused extends Error {
  constructor(readonly finding: FileFinding) {
    super(finding.reason)
  }
}

type Read = { facts: FileFacts | null; done: Extract<JudgeEvent, { kind: 'done' }> }

/**
 * Writes the rows in one transaction of a connection of its own. They are there when it commits, and seen by nobody until
 * the import says `judged`.
 */
function storeRows(head: Head, report: ReturnType<typeof progressWriter>): Promise<Read> {
  return withBulkConnection(writer =>
    withBulkConnection(async reader => {
      await writer.query('BEGIN')
      let facts: FileFacts | null = null
      let waiting: JudgedRow[] = []
      let read = 0
      let storing: Promise<void> = Promise.resolve()
      const store = async () => {
        const rows = waiting
        waiting = []
        await storing
        storing = insertImportRows(writer, head.id, rows, facts?.columns ?? [])
        // Awaited before the next one; without this a failure in between would end the process.
        storing.catch(() => {})
      }
      const known = (identities: readonly string[]) => openItemsInBulk(reader, head.estateId, identities)
      for await (const event of judgeCsv(readIncoming(head.id), { known })) {
        switch (event.kind) {
          case 'file':
            facts = event.file
            break
          case 'rows':
            waiting.push(...event.rows)
            read += event.rows.length
            if (waiting.length >= storedTogether) await store()
            report.at(read, event.bytes)
            break
          case 'refused':
            throw new FileRefused(event.finding)
          case 'done':
            await store()
            await storing
            await writer.query('COMMIT')
            return { facts, done: event }
          default:
            event satisfies never
        }
      }
      throw new Error('The file ended without a word.')
    }),
  )
}

async function finish(tx: Tx, actor: Actor, head: Head, { facts, done }: Read): Promise<void> {
  const { rowsRead, ready, flagged, refused, left_out: leftOut } = done.totals
  const written = await tx.$executeRaw`
    UPDATE "import_file" SET "state" = 'judged', "judgedAt" = now(), "seenAt" = now(), "encoding" = ${done.encoding},
      "delimiter" = ${facts?.delimiter ?? null}, "columns" = ${JSON.stringify(facts?.columns ?? [])}::jsonb,
      "findings" = ${JSON.stringify(done.findings)}::jsonb, "bytesRead" = ${done.bytes}, "rowsRead" = ${rowsRead},
      "ready" = ${ready}, "flagged" = ${flagged}, "refused" = ${refused}, "leftOut" = ${leftOut}
    WHERE "id" = ${head.id} AND "state" = 'reading'`
  if (written !== 1) throw new Refused('conflict', 'This import was discarded while it was being read.')
  // Sent when this transaction commits: whoever watches the reading sees that it has ended.
  await tx.$executeRaw`SELECT pg_notify('ferry_import', ${head.id})`
  await recordEvent(tx, actor, {
    type: 'import.judged',
    data: {
      importId: head.id,
      name: head.name,
      sha256: head.sha256 ?? '',
      rowsRead,
      ready,
      flagged,
      refused,
      leftOut,
    },
  })
}

/** Writes progress beside the transaction, so that a screen sees it while the rows are not visible yet. */
function progressWriter(head: Head, onProgress: ((progress: ImportProgress) => void) | undefined) {
  let last = 0
  let writing: Promise<unknown> = Promise.resolve()
  let busy = false
  const write = async (rowsRead: number, bytesRead: number) => {
    busy = true
    try {
      await db().$executeRaw`
        WITH told AS (
          UPDATE "import_file" SET "rowsRead" = ${rowsRead}, "bytesRead" = ${bytesRead}, "seenAt" = now()
          WHERE "id" = ${head.id} AND "state" = 'reading' RETURNING "id"
        ) SELECT pg_notify('ferry_import', "id") FROM told`
    } catch {
      // Progress is a courtesy. If the database is gone, storing the rows fails as well and says so.
    } finally {
      busy = false
    }
  }
  return {
    at(rowsRead: number, bytesRead: number) {
      onProgress?.({ rowsRead, bytesRead, bytes: head.bytes })
      const now = performance.now()
      if (busy || now - last < progressEvery) return
      last = now
      writing = write(rowsRead, bytesRead)
    },
    settled: () => writing,
  }
}

async function failImport(importId: string, finding: FileFinding): Promise<void> {
  await db().$executeRaw`
    WITH told AS (
      UPDATE "import_file" SET "state" = 'failed', "error" = ${JSON.stringify(finding)}::jsonb, "rowsRead" = 0,
        "seenAt" = now()
      WHERE "id" = ${importId} AND "state" = 'reading' RETURNING "id"
    ) SELECT pg_notify('ferry_import', "id") FROM told`
  await db().$executeRaw`
    DELETE FROM "import_row" r USING "import_file" f
    WHERE r."importId" = ${importId} AND f."id" = r."importId" AND f."state" IN ('failed', 'discarded')`
}

function interrupted(error: unknown): FileFinding {
  const why = error instanceof Error ? ` It said: ${error.message.split('\n').at(-1)?.slice(0, 200)}` : ''
  return fileFinding('interrupted', `Ferry was interrupted while it read the file. Nothing was kept.${why}`)
}

/** What one import may hold, for screens that say so before a file is brought. */
export const importMaximum = { rows: importLimits.rows, megabytes: importLimits.bytes / 1024 / 1024 }
