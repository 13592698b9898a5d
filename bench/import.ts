/**
 * How long an import takes, and how much memory: `npx tsx bench/import.ts [rows]`, 100,000 by default.
 * The file is written first and read from disk; the time covers receiving, judging and storing. Limits: 20 s, 500 MB.
 */

import { once } from 'node:events'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@/domain/people/actor'
import { importFile } from '@/server/commands/import-file'
import { exportImport } from '@/server/queries/export-import'
import { importRows } from '@/server/queries/import-rows'
import { importSummary } from '@/server/queries/import-summary'
import { closeDatabase, db } from '@/server/store/client'
import { throwAwayDatabase } from './throw-away-database'

const rows = Number(process.argv[2] ?? 100_000)
const lead: Actor = { kind: 'person', personId: 'per_lead', name: 'Megan Bowen', roles: ['lead'], via: 'cli' }

/** A tenant as it comes: mostly plain, with every kind of trouble now and then. */
function person(n: number): string {
  const address = `user.number${n}@contoso.example`
  const pool = 'sippoolxyz01.infra.lync.example'
  if (n % 50 === 7) return `"sip:${address}","Müller, Zoë ${n}","other${n}@contoso.example","${pool}"`
  if (n % 500 === 9)
    return `"sip:4d5c0bd1-7c9e-4a35-9a0b-${String(n).padStart(12, '0')}@contoso.example","","","${pool}"`
  if (n % 500 === 11) return `"sip:user.number${n - 1}@contoso.example","Twice ${n}","${address}","${pool}"`
  if (n % 500 === 13) return `"sip:*@contoso.example","Star","*@contoso.example","${pool}"`
  return `"sip:${address}","Number ${n}","${address}","${pool}"`
}

async function writeFile(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write(
    '#TYPE Selected.Microsoft.Rtc.Management\r\n"SipAddress","DisplayName","UserPrincipalName","RegistrarPool"\r\n',
  )
  for (let n = 0; n < rows; n += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, rows - n) }, (_, i) => person(n + i))
    if (!file.write(`${lines.join('\r\n')}\r\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

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
  await writeFile(path)
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
