import type { Description } from '@/domain/failures/signature'
import type { ItemState } from '@/domain/lifecycle/item'
import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { descriptionsOf } from '@/server/store/failure-signatures'
import { personNames } from './person-names'

/**
 * People who stand in front of the same thing. `key` is what the URL's `cluster` names: the error's signature, or
 * `reason:<code>` where a probe said no without an error, or `none`.
 */
export type ClusterRow = {
  batchId: string
  key: string
  errorSignature: string | null
  /** What Ferry or an operator has described under the signature. */
  described: Description | null
  errorClass: string | null
  state: Extract<ItemState, 'needs_person' | 'failed' | 'unknown'>
  stepKey: string | null
  reason: string | null
  people: number
  waves: string[]
  since: Date
  /** One of these people, to look at. */
  sample: { itemId: string; name: string }
  /** Whether this instance met the signature for the first time in this batch. */
  isNew: boolean
  /** What people wrote about it. */
  note: { owner: string | null; note: string | null; by: string; at: Date } | null
}

/** SQL of a person's cluster key; the item table is called `i`. */
export const clusterKey = Prisma.sql`coalesce(i."errorSignature", 'reason:' || nullif(split_part(i."reason", ':', 1), ''), 'none')`

/** Every cluster of the batches, biggest first; an unknown outcome is one cluster a batch, whatever its cause. */
export async function failureClusters(
  database: Database,
  batchIds: readonly string[],
): Promise<ClusterRow[]> {
  if (batchIds.length === 0) return []
  const rows = await database.$queryRaw<Row[]>`
    SELECT i."batchId", CASE WHEN i."state" = 'unknown' THEN 'unknown' ELSE ${clusterKey} END AS "key",
      min(i."errorSignature") AS "errorSignature", min(i."errorClass") AS "errorClass",
      CASE WHEN bool_and(i."state" = 'unknown') THEN 'unknown' WHEN bool_and(i."state" = 'failed') THEN 'failed'
        ELSE 'needs_person' END AS "state",
      min(i."stepKey") AS "stepKey", min(i."reason") AS "reason", count(*)::int AS "people",
      array_agg(DISTINCT i."waveId") AS "waves", min(i."changedAt") AS "since",
      (array_agg(i."id" ORDER BY i."changedAt" DESC, i."id"))[1] AS "sampleId",
      (array_agg(i."displayName" ORDER BY i."changedAt" DESC, i."id"))[1] AS "sampleName"
    FROM "item" i
    WHERE i."batchId" = ANY(${[...batchIds]}) AND i."state" IN ('needs_person', 'failed', 'unknown')
    GROUP BY 1, 2
    ORDER BY count(*) DESC, 2`
  const [first, notes, descriptions] = await Promise.all([
    firstSeen(database, rows),
    notesOn(database, batchIds),
    descriptionsOf(
      database,
      rows.map(row => row.errorSignature),
    ),
  ])
  return rows.map(({ sampleId, sampleName, ...row }) => ({
    ...row,
    sample: { itemId: sampleId, name: sampleName },
    described: (row.errorSignature && descriptions.get(row.errorSignature)) || null,
    isNew: row.errorSignature !== null && first.get(row.errorSignature) === row.batchId,
    note: notes.get(`${row.batchId} ${row.key}`) ?? null,
  }))
}

type Row = Omit<ClusterRow, 'sample' | 'described' | 'isNew' | 'note'> & {
  sampleId: string
  sampleName: string
}

/** The batch in which each signature was met for the first time on this instance. */
async function firstSeen(database: Database, rows: readonly Row[]): Promise<Map<string, string>> {
  const signatures = [...new Set(rows.flatMap(row => row.errorSignature ?? []))]
  if (signatures.length === 0) return new Map()
  const found = await database.$queryRaw<{ signature: string; batchId: string }[]>`
    SELECT s."signature", a."batchId" FROM unnest(${signatures}::text[]) AS s("signature")
    CROSS JOIN LATERAL (SELECT "batchId" FROM "attempt" WHERE "errorSignature" = s."signature" ORDER BY "startedAt" LIMIT 1) AS a`
  return new Map(found.map(one => [one.signature, one.batchId]))
}

async function notesOn(
  database: Database,
  batchIds: readonly string[],
): Promise<Map<string, NonNullable<ClusterRow['note']>>> {
  const notes = await database.clusterNote.findMany({ where: { batchId: { in: [...batchIds] } } })
  const nameOf = await personNames(
    database,
    notes.map(note => note.byId),
  )
  return new Map(
    notes.map(note => [
      `${note.batchId} ${note.cluster}`,
      { owner: note.owner, note: note.note, by: nameOf(note.byId), at: note.at },
    ]),
  )
}
