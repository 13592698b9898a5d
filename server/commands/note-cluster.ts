import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

const LONGEST = 2_000

/** Writes whose a cluster of failures is and what is being done about it; both empty takes the note away. */
export async function noteCluster(
  actor: Actor,
  input: { batchId: string; cluster: string; owner: string; note: string },
): Promise<void> {
  const personId = permitPerson(actor, 'clusters.note')
  const { batchId, cluster } = input
  const owner = input.owner.trim() || null
  const note = input.note.trim() || null
  if (cluster === '') throw new Refused('invalid', 'No cluster is named.')
  if ((owner?.length ?? 0) > 200 || (note?.length ?? 0) > LONGEST)
    throw new Refused('invalid', `A note has at most ${LONGEST} characters, an owner 200.`)
  await db().$transaction(async tx => {
    if (!(await tx.batch.findUnique({ where: { id: batchId }, select: { id: true } })))
      throw new Refused('not_found', `There is no batch ${batchId}.`)
    if (owner === null && note === null)
      await tx.$executeRaw`DELETE FROM "cluster_note" WHERE "batchId" = ${batchId} AND "cluster" = ${cluster}`
    else
      await tx.$executeRaw`
        INSERT INTO "cluster_note" ("batchId", "cluster", "owner", "note", "byId", "at")
        VALUES (${batchId}, ${cluster}, ${owner}, ${note}, ${personId}, clock_timestamp())
        ON CONFLICT ("batchId", "cluster") DO UPDATE SET "owner" = EXCLUDED."owner", "note" = EXCLUDED."note",
          "byId" = EXCLUDED."byId", "at" = EXCLUDED."at"`
    await recordEvent(tx, actor, {
      type: 'cluster.noted',
      about: { batchId },
      data: { cluster, owner, note },
    })
  })
}
