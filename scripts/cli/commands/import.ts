import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileFinding } from '@/domain/import/finding'
import type { Actor } from '@/domain/people/actor'
import type { ImportTableRow } from '@/server/queries/import-rows'
import type { Command } from '../command'
import { pathFrom, Trouble } from '../instance'
import { answer, note, people } from '../say'
import { tokenActor } from '../token-actor'

/** Rows printed one by one; the rest is on screen. */
const ROWS_SHOWN = 20
const PROGRESS_MS = 2_000
/** Rows accepted by one call. */
const ACCEPTED_TOGETHER = 2_000

export const importCommand: Command = {
  does: 'Judges a CSV row by row and makes a draft batch of who can go',
  takes: ['FILE'],
  acts: 'person',
  options: {
    runbook: { value: 'NAME', required: true, does: 'what is to be done with the people: sfb-return' },
    estate: { value: 'NAME', required: true, does: 'where they are' },
    'target-pool': { value: 'FQDN', does: 'where they go, for rows without a TargetPool of their own' },
    name: { value: 'TEXT', does: 'the batch’s name; else the file’s' },
    pilot: { value: 'N', does: 'people in the pilot wave, 0 for none; else 5' },
    'wave-size': { value: 'N', does: 'people in each other wave; else 50' },
    'accept-flagged': { value: 'REASON', does: 'takes every flagged row in, for this reason' },
    again: { does: 'imports a file that was imported before' },
  },
  async run(given) {
    const actor = await tokenActor()
    const file = pathFrom(given.positional('FILE'))
    const sizes = { pilotSize: given.number('pilot'), waveSize: given.number('wave-size') }
    const { importFile } = await import('@/server/commands/import-file')
    const outcome = await importFile(
      actor,
      {
        estate: given.text('estate'),
        runbook: given.text('runbook'),
        fileName: basename(file),
        targetPool: given.maybe('target-pool'),
        announcedBytes: await sizeOf(file),
        source: bytesOf(file),
        again: given.has('again'),
      },
      progress(),
    ).catch(error => Promise.reject(withAgain(error)))
    if (outcome.state === 'failed') {
      note(`${basename(file)} cannot be used. ${inWords(outcome.error)}`)
      return 1
    }
    const { importId, totals } = outcome
    answer(
      `${totals.rowsRead} rows read = ${totals.ready} ready + ${totals.flagged} flagged + ${totals.refused} refused + ${totals.left_out} left out (import ${importId})`,
    )
    for (const finding of outcome.findings) answer(`  The file: ${inWords(finding)}`)
    await tellRows(actor, importId)
    const reason = given.maybe('accept-flagged')
    if (reason !== undefined && totals.flagged > 0) await acceptFlagged(actor, importId, reason)
    else if (totals.flagged > 0)
      note(
        `Flagged rows that do not enter, because nobody accepted them: ${totals.flagged}. To take them in, delete the draft and import again with --again --accept-flagged REASON.`,
      )
    const { createBatch } = await import('@/server/commands/create-batch')
    const { instanceUrl } = await import('@/server/auth/instance-url')
    const batch = await createBatch(actor, { importId, name: given.maybe('name'), ...sizes }).catch(error => {
      note(`No batch was made; the import is at ${instanceUrl(`/import/${importId}`)}`)
      throw error
    })
    answer(`Batch ${batch.batchId} ${batch.name}: a draft, target pool ${batch.targetPool ?? 'not set'}`)
    for (const wave of batch.waves) answer(`Wave ${wave.id} ${wave.name}: ${people(wave.people)}`)
    return 0
  },
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file)
    await access(file, constants.R_OK)
    if (found.isFile()) return found.size
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new Trouble(
      code === 'ENOENT'
        ? `There is no file ${file}. Check the path.`
        : `${file} cannot be read (${code}). Check who may read it.`,
    )
  }
  throw new Trouble(`${file} is not a file. Name the CSV itself.`)
}

/** Opens the file when it is read, so that nothing is open where the import is refused before. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file)
}

/** Says on standard error how far a large file has come. */
function progress(): (at: { rowsRead: number; bytesRead: number; bytes: number }) => void {
  let said = performance.now()
  return ({ rowsRead, bytesRead, bytes }) => {
    if (performance.now() - said < PROGRESS_MS) return
    said = performance.now()
    note(
      `${rowsRead} rows judged, ${bytes === 0 ? 0 : Math.floor((100 * bytesRead) / bytes)} % of the file …`,
    )
  }
}

const inWords = (finding: FileFinding): string => `${finding.reason} ${finding.remedy}`

function withAgain(error: unknown): unknown {
  if (error instanceof Error && error.message.startsWith('The same file was imported before'))
    note('To import it all the same, add --again.')
  return error
}

async function tellRows(actor: Actor, importId: string): Promise<void> {
  const { importRows } = await import('@/server/queries/import-rows')
  const [refused, flagged] = await Promise.all(
    (['refused', 'flagged'] as const).map(verdict =>
      importRows(actor, importId, { verdict, limit: ROWS_SHOWN }),
    ),
  )
  const found = (refused?.found ?? 0) + (flagged?.found ?? 0)
  const rows = [...(refused?.rows ?? []), ...(flagged?.rows ?? [])].sort((a, b) => a.row - b.row)
  for (const row of rows.slice(0, ROWS_SHOWN)) for (const line of rowLines(row)) answer(line)
  if (found > ROWS_SHOWN) answer(`  … and ${found - ROWS_SHOWN} more refused and flagged rows`)
}

function rowLines(row: ImportTableRow): string[] {
  return row.findings
    .filter(({ severity }) => severity === 'refused' || severity === 'flagged')
    .map(({ severity, column, value, reason, remedy }) => {
      const where = column === null ? '' : `, ${column}${value === null ? '' : ` ${JSON.stringify(value)}`}`
      return `  Row ${row.row} ${severity}${where}: ${reason} ${remedy}`
    })
}

async function acceptFlagged(actor: Actor, importId: string, reason: string): Promise<void> {
  const { importRows } = await import('@/server/queries/import-rows')
  const { acceptImportRows } = await import('@/server/commands/accept-import-rows')
  let accepted = 0
  for (let after: number | null = 0; after !== null; ) {
    const rows: number[] = []
    while (after !== null && rows.length < ACCEPTED_TOGETHER) {
      const page = await importRows(actor, importId, { verdict: 'flagged', after, limit: 500 })
      rows.push(...page.rows.map(({ row }) => row))
      after = page.next
    }
    if (rows.length > 0) accepted += (await acceptImportRows(actor, { importId, rows, reason })).accepted
  }
  answer(`Flagged rows accepted: ${accepted}, because: ${reason}`)
}
