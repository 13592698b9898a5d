import type { Actor } from '@/domain/people/actor'
import { Prisma } from '@/generated/prisma/client'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { runbookVersionId, shippedRunbook } from '@/server/store/runbook-versions'
import { isHostName } from './host-name'
import { Refused } from './refused'

export type CreateBatchInput = {
  importId: string
  name?: string
  targetPool?: string
  /** People in the first wave; 0 makes no pilot. */
  pilotSize?: number
  waveSize?: number
}

export type CreatedBatch = {
  batchId: string
  name: string
  targetPool: string | null
  waves: { id: string; name: string; people: number }[]
  /** Rows of the import that did not enter: flagged and not accepted, refused, left out. */
  leftOut: number
}

/**
 * Makes a draft batch from a judged import: ready rows and flagged rows that a person accepted (rule 13) enter, split
 * into a pilot and waves. Their readings on the estate begin at once. All or nothing.
 */
export async function createBatch(actor: Actor, input: CreateBatchInput): Promise<CreatedBatch> {
  const personId = permitPerson(actor, 'batches.write')
  const pilotSize = input.pilotSize ?? 5
  const waveSize = input.waveSize ?? 50
  if (!Number.isInteger(pilotSize) || pilotSize < 0)
    throw new Refused('invalid', 'The pilot’s size is a whole number from 0.')
  if (!Number.isInteger(waveSize) || waveSize < 1)
    throw new Refused('invalid', 'A wave’s size is a whole number from 1.')
  return db().$transaction(
    async tx => {
      const file = await lockImport(tx, input.importId)
      const estate = await tx.estate.findUniqueOrThrow({ where: { id: file.estateId } })
      const targetPool = choosePool(input.targetPool ?? file.targetPool ?? undefined, estate.pools)
      const runbook = shippedRunbook(file.runbook)
      await refuseConflicts(tx, file.id, estate.id)
      const entering = await countEntering(tx, file.id)
      if (entering === 0)
        throw new Refused(
          'invalid',
          'Nobody in this import is ready. Fix or accept rows first, or import another file.',
        )
      const batchId = newId('batch')
      const name = input.name?.trim() || file.name.replace(/\.[^.]+$/, '')
      await tx.batch.create({
        data: {
          id: batchId,
          name,
          estateId: estate.id,
          runbookVersionId: await runbookVersionId(tx, runbook),
          targetPool,
          zone: estate.zone,
          importId: file.id,
          createdById: personId,
        },
      })
      const waves = planWaves(entering, pilotSize, waveSize)
      await tx.wave.createMany({ data: waves.map(wave => ({ ...wave.row, batchId })) })
      await insertItems(tx, { importId: file.id, batchId, estateId: estate.id, waves })
      await tx.importFile.update({ where: { id: file.id }, data: { state: 'used', batchId } })
      const summary = waves.map(wave => ({
        id: wave.row.id,
        name: wave.row.name,
        people: wave.to - wave.from,
      }))
      const leftOut = file.rowsRead - entering
      await wake(tx, ...waves.map(wave => ({ topic: 'wave-readiness' as const, waveId: wave.row.id })))
      await recordEvent(tx, actor, {
        type: 'batch.created',
        about: { batchId },
        data: {
          name,
          estateId: estate.id,
          runbook: runbook.id,
          runbookVersion: runbook.version,
          importId: file.id,
          targetPool,
          people: entering,
          waves: summary,
          rowsNotEntered: leftOut,
        },
      })
      return { batchId, name, targetPool, waves: summary, leftOut }
    },
    { timeout: 60_000 },
  )
}

type ImportHead = {
  id: string
  estateId: string
  runbook: string
  name: string
  targetPool: string | null
  rowsRead: number
}

async function lockImport(tx: Tx, importId: string): Promise<ImportHead> {
  const rows = await tx.$queryRaw<(ImportHead & { state: string; batchId: string | null })[]>`
    SELECT "id", "estateId", "runbook", "name", "targetPool", "rowsRead", "state"::text AS "state", "batchId"
    FROM "import_file" WHERE "id" = ${importId} FOR UPDATE`
  const file = rows[0]
  if (!file) throw new Refused('not_found', `There is no import ${importId}.`)
  if (file.state === 'used')
    throw new Refused(
      'conflict',
      `This import is already the batch ${file.batchId}. Open that one, or import the file again.`,
    )
  if (file.state !== 'judged')
    throw new Refused('conflict', `This import is ${file.state}, so no batch can be made of it.`)
  return file
}

function choosePool(asked: string | undefined, pools: readonly string[]): string | null {
  const pool = asked?.trim().toLowerCase()
  if (!pool) return pools.length === 1 ? (pools[0] ?? null) : null
  if (!isHostName(pool))
    throw new Refused('invalid', `${asked} is not the full name of a pool, such as pool01.contoso.example.`)
  if (pools.length > 0 && !pools.some(known => known.toLowerCase() === pool))
    throw new Refused('invalid', `This estate has no pool ${asked}. It has ${pools.join(', ')}.`)
  return pool
}

/** Rule 15: says who is already in another open batch, before the database's own constraint has to. */
async function refuseConflicts(tx: Tx, importId: string, estateId: string): Promise<void> {
  const clashes = await tx.$queryRaw<{ row: number; upn: string; batch: string }[]>`
    SELECT r."row", i."upn", b."name" AS "batch" FROM "import_row" r
    JOIN "item" i ON i."estateId" = ${estateId} AND i."identity" = r."identity" AND i."open"
    JOIN "batch" b ON b."id" = i."batchId"
    WHERE r."importId" = ${importId} AND (r."verdict" = 'ready' OR (r."verdict" = 'flagged' AND r."acceptedAt" IS NOT NULL))
    ORDER BY r."row" LIMIT 6`
  if (clashes.length === 0) return
  throw new Refused(
    'conflict',
    'Somebody in this import is already in another open batch of this estate. Finish or cancel that one, or re-check this import so that those rows are refused.',
    clashes.map(clash => `Row ${clash.row}: ${clash.upn} is in ${clash.batch}`),
  )
}

const entered = Prisma.sql`("verdict" = 'ready' OR ("verdict" = 'flagged' AND "acceptedAt" IS NOT NULL))`

async function countEntering(tx: Tx, importId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "import_row" WHERE "importId" = ${importId} AND ${entered}`
  return rows[0]?.count ?? 0
}

type PlannedWave = {
  from: number
  to: number
  row: { id: string; position: number; name: string; isPilot: boolean }
}

/** A pilot first, when there are more people than fit into it or a pilot is all there is; then waves of equal size. */
function planWaves(people: number, pilotSize: number, waveSize: number): PlannedWave[] {
  const waves: PlannedWave[] = []
  let from = 0
  while (from < people) {
    const isPilot = from === 0 && pilotSize > 0
    const to = Math.min(people, from + (isPilot ? pilotSize : waveSize))
    const number = waves.length + (waves[0]?.row.isPilot === true ? 0 : 1)
    waves.push({
      from,
      to,
      row: { id: newId('wave'), position: waves.length, name: isPilot ? 'Pilot' : `Wave ${number}`, isPilot },
    })
    from = to
  }
  return waves
}

/** One statement for all people: a batch may have hundreds of thousands. */
async function insertItems(
  tx: Tx,
  into: { importId: string; batchId: string; estateId: string; waves: PlannedWave[] },
): Promise<void> {
  const waveIds = into.waves.map(wave => wave.row.id)
  const froms = into.waves.map(wave => wave.from)
  const tos = into.waves.map(wave => wave.to)
  await tx.$executeRaw`
    WITH entering AS (
      SELECT r.*, (row_number() OVER (ORDER BY r."row") - 1)::int AS "position"
      FROM "import_row" r WHERE r."importId" = ${into.importId} AND ${entered}
    ), waves AS (
      SELECT * FROM unnest(${waveIds}::text[], ${froms}::int[], ${tos}::int[]) AS w("waveId", "from", "to")
    )
    INSERT INTO "item" ("id", "batchId", "waveId", "estateId", "position", "identity", "displayName", "sipAddress", "upn",
      "targetPool", "importRow", "evidence", "verdictCodes", "acceptedById", "acceptedReason")
    SELECT 'itm_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 20), ${into.batchId}, w."waveId", ${into.estateId},
      e."position", e."identity", coalesce(nullif(e."displayName", ''), e."upn", e."identity"),
      regexp_replace(coalesce(e."sipAddress", e."identity"), '^sip:', '', 'i'), coalesce(e."upn", e."identity"), e."targetPool", e."row", e."cells",
      ARRAY(SELECT f->>'code' FROM jsonb_array_elements(e."findings") f WHERE f->>'code' IS NOT NULL ORDER BY 1),
      e."acceptedById", e."acceptedReason"
    FROM entering e JOIN waves w ON e."position" >= w."from" AND e."position" < w."to"`
}
