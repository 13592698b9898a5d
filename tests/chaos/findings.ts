import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import { type Compared, compareRecords, type Findings, type RecordedPerson } from './compare-records'
import type { LabUnderTest } from './lab'
import type { AttemptEvent } from './ledger-attempts'

/** People are always under way: where nobody's work came to an end for so long, something stood still, although it went on later. */
const STANDSTILL_S = 180

/**
 * Compares Ferry's record with the lab's journal and state (rule 3): `brought` are the user principal names of all
 * people who were imported.
 */
export async function compare(
  lab: LabUnderTest,
  brought: readonly string[],
): Promise<{ findings: Findings; compared: Compared; longestStandS: number }> {
  const people = await db().$queryRaw<RecordedPerson[]>`
    SELECT "id", "upn", "state"::text AS "state", "reason", "stepKey" FROM "item"`
  const events = await db().$queryRaw<AttemptEvent[]>`
    SELECT "itemId", "type", "at", "data" FROM "event" WHERE "type" LIKE 'attempt.%' AND "itemId" IS NOT NULL ORDER BY "chain", "seq"`
  const shells = await db().$queryRaw<{ id: string; pid: number }[]>`
    SELECT a."id", s."pid" FROM "attempt" a JOIN "seat" s ON s."id" = a."seatId" WHERE s."pid" IS NOT NULL`
  const { ad } = await lab.state()
  const { findings: found, compared } = compareRecords({
    brought,
    people,
    events,
    shells: new Map(shells.map(({ id, pid }) => [id, pid])),
    journal: await lab.journal(),
    accounts: new Map(ad.map(account => [String(account.userPrincipalName).toLowerCase(), account])),
  })
  const leased = await db().item.count({ where: { leaseAttemptId: { not: null } } })
  if (leased > 0) found.stuck.push(`${leased} people are still leased to a worker.`)
  const open = await db().batch.count({ where: { state: { not: 'done' } } })
  if (open > 0) found.stuck.push(`${open} batches have not ended.`)
  if (found.stuck.length > 0) found.stuck.unshift(...(await whatStops()))
  const stands = await standstills()
  for (const { until, seconds } of stands)
    if (seconds > STANDSTILL_S)
      found.stuck.push(`Nobody's work came to an end for ${seconds} s, until ${until.toISOString()}.`)
  const { problems } = await verifyChains()
  for (const { chain, seq, what } of problems) found.wrong.push(`Chain ${chain}, row ${seq}: ${what}`)
  return { findings: found, compared, longestStandS: stands[0]?.seconds ?? 0 }
}

/** The times between an attempt's end and the next one's, longest first. */
const standstills = (): Promise<{ until: Date; seconds: number }[]> => db().$queryRaw`
  SELECT "at" AS "until", round(extract(epoch FROM "at" - "before"))::int AS "seconds"
  FROM (SELECT "endedAt" AS "at", lag("endedAt") OVER (ORDER BY "endedAt") AS "before" FROM "attempt" WHERE "endedAt" IS NOT NULL) e
  WHERE "before" IS NOT NULL ORDER BY 2 DESC LIMIT 20`

/** What keeps work from beginning at this moment, for whoever looks for the reason of a run that stuck. */
async function whatStops(): Promise<string[]> {
  const holds = await db().hold.findMany({ where: { releasedAt: null } })
  const lanes = await db().lane.findMany({ where: { stoppedAt: { not: null } } })
  const breakers = await db().breaker.findMany({ where: { state: { not: 'closed' } } })
  const cycles = await db().syncRun.findMany({ where: { state: { in: ['wanted', 'running'] } } })
  return [
    ...holds.map(one => `Held, ${one.scope} ${one.targetId}: ${one.reason}`),
    ...lanes.map(one => `Lane ${one.name} is stopped: ${one.stoppedWhy}`),
    ...breakers.map(one => `Breaker ${one.scope} ${one.targetId} is ${one.state}: ${one.cause}`),
    ...cycles.map(
      one =>
        `Cycle ${one.id} is ${one.state}, due ${one.dueAt?.toISOString()}, ${one.failures} faults: ${one.reason}`,
    ),
  ]
}
