import type { Description } from '@/domain/failures/signature'
import type { ItemState } from '@/domain/lifecycle/item'
import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { countedPeople } from '@/server/store/counted-people'
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

/** SQL that picks the people of one cluster; the item table is called `i`. An index answers it. */
export const inCluster = (cluster: Prisma.Sql): Prisma.Sql => Prisma.sql`
  i."state" IN ('needs_person', 'failed', 'unknown') AND ferry_cluster(i."state", i."errorSignature", i."reason") = ${cluster}`

/** Every cluster of the batches, biggest first, told by who came last; an unknown outcome is one cluster a batch, whatever its cause. */
export async function failureClusters(
  database: Database,
  batchIds: readonly string[],
): Promise<ClusterRow[]> {
  if (batchIds.length === 0) return []
  const here = Prisma.sql`i."batchId" = g."batchId" AND ${inCluster(Prisma.sql`g."key"`)}`
  const rows = await database.$queryRaw<Row[]>`
    WITH parts AS (
      SELECT "batchId", "cluster" AS "key", "waveId", "state", nullif("stepKey", '') AS "stepKey", sum("people") AS "people"
      FROM ${countedPeople(Prisma.sql`"batchId" = ANY(${[...batchIds]}) AND "cluster" <> ''`)} AS c
      GROUP BY 1, 2, 3, 4, 5 HAVING sum("people") > 0
    ), groups AS (
      SELECT "batchId", "key", CASE WHEN bool_and("state" = 'unknown') THEN 'unknown' WHEN bool_and("state" = 'failed') THEN 'failed'
          ELSE 'needs_person' END AS "state",
        min("stepKey") AS "stepKey", sum("people")::int AS "people", array_agg(DISTINCT "waveId") AS "waves"
      FROM parts GROUP BY 1, 2
    )
    SELECT g.*, latest.*, oldest."changedAt" AS "since" FROM groups g
    CROSS JOIN LATERAL (
      SELECT i."id" AS "sampleId", i."displayName" AS "sampleName", i."errorSignature", i."errorClass", i."reason"
      FROM "item" i WHERE ${here} ORDER BY i."changedAt" DESC, i."id" LIMIT 1) AS latest
    CROSS JOIN LATERAL (
      SELECT i."changedAt" FROM "item" i WHERE ${here} ORDER BY i."changedAt", i."id" DESC LIMIT 1) AS oldest
    ORDER BY g."people" DESC, g."key"`
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
