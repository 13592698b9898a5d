import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import type { LabUnderTest } from './lab'

/** What must be empty at the end of a run, each finding a sentence. */
export type Findings = Record<'lost' | 'doubled' | 'stuck' | 'wrong', string[]>

type Row = {
  id: string
  upn: string
  state: string
  reason: string | null
  stepKey: string | null
  ended: boolean
  applied: boolean
}

/**
 * Compares Ferry's record with the lab's journal and state (rule 3): `brought` are the user principal names of all
 * people who were imported.
 */
export async function compare(lab: LabUnderTest, brought: readonly string[]): Promise<Findings> {
  const found: Findings = { lost: [], doubled: [], stuck: [], wrong: [] }
  const rows = await db().$queryRaw<Row[]>`
    SELECT i."id", lower(i."upn") AS "upn", i."state"::text AS "state", i."reason", i."stepKey",
      EXISTS (SELECT 1 FROM "event" e WHERE e."itemId" = i."id" AND e."type" LIKE 'item.%') AS "ended",
      EXISTS (SELECT 1 FROM "attempt" a WHERE a."itemId" = i."id" AND a."applyBeganAt" IS NOT NULL) AS "applied"
    FROM "item" i`
  const items = new Map(rows.map(row => [row.upn, row]))
  const [witness, state] = [await lab.witness(), await lab.state()]
  const homes = new Map(
    state.ad.map(user => [String(user.userPrincipalName).toLowerCase(), user['msRTCSIP-DeploymentLocator']]),
  )
  for (const upn of brought) {
    const item = items.get(upn.toLowerCase())
    if (!item) {
      found.lost.push(`${upn} was imported and is in no batch.`)
      continue
    }
    const settled = item.state === 'done' || item.state === 'no_change'
    const moved = homes.get(item.upn) === 'SRV:'
    if (!settled)
      found.stuck.push(
        `${upn} is ${item.state} at ${item.stepKey ?? 'no step'}: ${item.reason ?? 'no reason'}`,
      )
    if (settled && !moved) found.wrong.push(`${upn} is ${item.state} in Ferry and not moved in the lab.`)
    if (settled && !item.ended) found.lost.push(`${upn} is ${item.state} and the ledger has no word of it.`)
  }
  for (const [key, calls] of Object.entries(witness.people)) {
    const changed = Object.values(calls).some(call => call.changes > 0)
    if (changed && !items.get(key.toLowerCase())?.applied)
      found.wrong.push(`${key} was changed in the lab and Ferry has no attempt that began to.`)
  }
  for (const one of witness.doubled)
    found.doubled.push(
      `${one.person}: ${one.command} changed ${one.changes} times, ${one.alreadyThere} calls when already there.`,
    )
  const leased = await db().item.count({ where: { leaseAttemptId: { not: null } } })
  if (leased > 0) found.stuck.push(`${leased} people are still leased to a worker.`)
  const open = await db().batch.count({ where: { state: { not: 'done' } } })
  if (open > 0) found.stuck.push(`${open} batches have not ended.`)
  if (found.stuck.length > 0) found.stuck.unshift(...(await whatStops()))
  const { problems } = await verifyChains()
  for (const { chain, seq, what } of problems) found.wrong.push(`Chain ${chain}, row ${seq}: ${what}`)
  return found
}

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
