import { direct } from '@/server/store/direct'

export type WorkEvidence = {
  runbookVersionId: string
  /** Retries of this step so far that count against the ladder. */
  transientTries: number
  /**
   * Minutes since Ferry last wrote something that this person's systems may not all know yet: a change of the person, or
   * a delta sync that ended after their wave began. Null where it wrote nothing. By the database's clock.
   */
  minutesSinceWrite: number | null
}

/** What the tables know of a person that decides what a failure means and how often it was tried. */
export async function workEvidence(itemId: string): Promise<WorkEvidence> {
  const rows = await direct().$queryRaw<WorkEvidence[]>`
    SELECT b."runbookVersionId", i."transientTries",
      (extract(epoch FROM clock_timestamp() - greatest(i."lastAppliedAt",
        (SELECT max(s."endedAt") FROM "sync_run" s
          WHERE s."estateId" = i."estateId" AND s."state" = 'done' AND s."startedAt" >= w."startedAt"))) / 60)::float8 AS "minutesSinceWrite"
    FROM "item" i JOIN "batch" b ON b."id" = i."batchId" JOIN "wave" w ON w."id" = i."waveId" WHERE i."id" = ${itemId}`
  const evidence = rows[0]
  if (!evidence) throw new Error(`There is no item ${itemId}.`)
  return evidence
}
