import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@/domain/people/actor'
import { importFile } from '@/server/commands/import-file'
import { closeDatabase, db } from '@/server/store/client'
import { copyFromFile, copyToFile, withConnection } from '../copy'
import { median, peakMemory, report, seconds, timed } from '../figure'
import { writePeopleFile } from '../people-file'
import { throwAwayDatabase } from '../throw-away-database'

/** P4: an import of 100,000 rows, parsed, judged and stored, against COPY of the finished rows into the same table. */
const ROWS = 100_000
const ROUNDS = 3
const lead: Actor = { kind: 'person', personId: 'per_lead', name: 'Megan Bowen', roles: ['lead'], via: 'cli' }

const database = await throwAwayDatabase()
process.env.DATABASE_URL = database.url
process.env.FERRY_DATA_DIR = database.folder
try {
  await db().estate.create({ data: { id: 'west', name: 'West', kind: 'lab' } })
  const path = join(database.folder, 'users.csv')
  await writePeopleFile(path, ROWS)
  const finished = join(database.folder, 'rows.copy')
  const imports: number[] = []
  const copies: number[] = []
  let memory = 0
  for (let round = 0; round < ROUNDS; round++) {
    const { megabytes, result } = await peakMemory(() =>
      timed(() =>
        importFile(lead, {
          estate: 'west',
          runbook: 'sfb-return',
          fileName: `users-${round}.csv`,
          source: createReadStream(path),
          announcedBytes: statSync(path).size,
          again: true,
        }),
      ),
    )
    if (result.result.state !== 'judged') throw new Error('The file was not judged.')
    imports.push(result.ms)
    memory = Math.max(memory, megabytes)
    const importId = result.result.importId
    await withConnection(database.url, async client => {
      if (round === 0)
        await copyToFile(client, `SELECT * FROM import_row WHERE "importId" = '${importId}'`, finished)
      // The rows of the first import go where it had put them: same table, same indexes, nothing else in it.
      await client.query('DELETE FROM import_row')
      await client.query('VACUUM import_row')
      const { ms } = await timed(() => copyFromFile(client, 'import_row', finished))
      copies.push(ms)
      await client.query('DELETE FROM import_row')
      await client.query('VACUUM import_row')
    })
  }
  const [own, base] = [median(imports), median(copies)]
  report({
    id: 'P4',
    what: `import of ${ROWS} rows, parsed, judged and stored`,
    value: own / base,
    goal: '≤ 4',
    met: own / base <= 4,
    baseline: `COPY of the finished rows into the same indexed table: ${seconds(base)}; the import: ${seconds(own)}`,
    notes: [`resident memory at most ${memory} MB`, `${ROUNDS} rounds, medians`],
  })
} finally {
  await closeDatabase()
  await database.end()
}
