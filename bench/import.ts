/**
 * How long an import takes, and how much memory: `npx tsx bench/import.ts [rows]`, 100,000 by default.
 * The file is written first and read from disk; the time covers receiving, judging and storing. Limits: 20 s, 500 MB.
 */

import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@/domain/people/actor'
import { importFile } from '@/server/commands/import-file'
import { exportImport } from '@/server/queries/export-import'
import { importRows } from '@/server/queries/import-rows'
import { importSummary } from '@/server/queries/import-summary'
import { closeDatabase, db } from '@/server/store/client'
import { writePeopleFile } from './people-file'
import { throwAwayDatabase } from './throw-away-database'

const rows = Number(process.argv[2] ?? 100_000)
const lead: Actor = { kind: 'person', personId: 'per_lead', name: 'Megan Bowen', roles: ['lead'], via: 'cli' }

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  console.log(`${what.padEnd(48)} ${((performance.now() - began) / 1_000).toFixed(2)} s`)
  return result
}

const database = await throwAwayDatabase()
process.env.DATABASE_URL = database.url
process.env.FERRY_DATA_DIR = database.folder
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 50)
try {
  await db().estate.create({ data: { id: 'west', name: 'West', kind: 'lab' } })
  const path = join(database.folder, 'users.csv')
  await writePeopleFile(path, rows)
  const bytes = statSync(path).size
  console.log(`${rows} rows, ${(bytes / 1_000_000).toFixed(1)} MB`)
  let reports = 0
  const outcome = await timed('received, judged and stored', () =>
    importFile(
      lead,
      {
        estate: 'west',
        runbook: 'sfb-return',
        fileName: 'users.csv',
        source: createReadStream(path),
        announcedBytes: bytes,
      },
      () => reports++,
    ),
  )
  console.log(JSON.stringify(outcome.state === 'judged' ? outcome.totals : outcome.error))
  console.log(
    `progress was reported ${reports} times; resident memory at most ${(peak / 1_000_000).toFixed(0)} MB`,
  )
  const id = outcome.importId
  await timed('summary for the screen', () => importSummary(lead, id))
  await timed('first page', () => importRows(lead, id))
  await timed('a page near the end', () => importRows(lead, id, { after: rows - 100 }))
  await timed('search for a name', () => importRows(lead, id, { search: `Number ${rows - 2}` }))
  await timed('rows with one finding', () => importRows(lead, id, { code: 'duplicate-address' }))
  await timed('export of every verdict', async () => {
    for await (const _ of exportImport(lead, id));
  })
} finally {
  clearInterval(watch)
  await closeDatabase()
  await database.end()
}
