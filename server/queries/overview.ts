import type { WaveAhead } from '@/domain/forecast/outlook'
import { instanceChain } from '@/domain/ledger/chain'
import { type ItemCounts, isItemSettled, itemStates } from '@/domain/lifecycle/item'
import { isWaveOpen, type WaveState } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import type { StartTimes } from '@/domain/windows/may-start'
import type { RunbookDefinition } from '@/runbooks/definition'
import { segmentsOf } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { databaseNow } from '@/server/store/wave-lock'
import { type BreakerLine, breakersNow } from './breakers'
import { type ClusterRow, failureClusters } from './failure-clusters'
import { type HeldLine, heldLines } from './held-lines'
import { type HoldNow, holdsNow } from './holds-now'
import { type LaneNow, lanesNow } from './lanes'
import { chainHeads } from './live'
import { addUp, type CountRow, countPeople } from './people-counts'
import { personNames } from './person-names'
import { type RecentEvent, recentEvents } from './recent-events'
import { startTimesOf } from './start-times'
import { stepMeasures } from './step-measures'
import { verifiedPerMinute } from './verified-pace'
import { waveAhead } from './wave-ahead'

export type OverviewWave = {
  id: string
  name: string
  position: number
  isPilot: boolean
  state: WaveState
  segment: number
  gateOpen: boolean
  cutOffAt: Date | null
  /** When something new may start: window, barred days and cut-off. */
  times: StartTimes
  syncingSince: Date | null
  counts: ItemCounts
  /** What it has before it, for its forecast. */
  ahead: WaveAhead
}

export type OverviewBatch = {
  id: string
  name: string
  state: 'draft' | 'active'
  estate: { id: string; name: string; kind: 'lab' | 'live' }
  runbook: string
  targetPool: string | null
  zone: string
  createdAt: Date
  counts: ItemCounts
  waves: OverviewWave[]
  /** Verified in each of the last 15 minutes, oldest first. */
  perMinute: number[]
}

export type WaitingApproval = {
  id: string
  batchId: string
  batchName: string
  waveId: string
  waveName: string
  asks: string
  people: number
  askedBy: string
  bySystem: boolean
  askedAt: Date
  endsAt: Date
  /** Who had a part in it and so does not decide (rule 7). */
  involvedIds: string[]
}

/** A wave that has its approval and only waits for the gate, the pilot having ended with people not verified. */
export type WaitingGate = {
  batchId: string
  batchName: string
  waveId: string
  waveName: string
  pilotName: string
  pilotVerified: number
  pilotPeople: number
}

export type Overview = {
  now: Date
  /** Heads of the chains shown, read before everything else: a live stream resumes from here and loses nothing. */
  heads: Record<string, number>
  batches: OverviewBatch[]
  ended: number
  approvals: WaitingApproval[]
  gates: WaitingGate[]
  clusters: ClusterRow[]
  lanes: LaneNow[]
  events: RecentEvent[]
  holds: HoldNow[]
  /** Narrower holds by what they are on. */
  held: HeldLine[]
  breakers: BreakerLine[]
}

/** Everything on the Overview: open batches, what waits for a person, lanes and the last events. Newest batch last. */
export async function overview(actor: Actor): Promise<Overview> {
  permit(actor, 'batches.read')
  const database = db()
  const open = await database.batch.findMany({
    where: { state: { in: ['draft', 'active'] } },
    include: {
      estate: { include: { blackouts: { where: { removedAt: null } } } },
      runbookVersion: true,
      waves: { orderBy: { position: 'asc' } },
    },
    orderBy: { createdAt: 'asc' },
  })
  const ids = open.map(batch => batch.id)
  const heads = await chainHeads(database, [instanceChain, ...ids])
  const [now, rows, clusters, perMinute, measures, lanes, holds, breakers, events, approvals, ended] =
    await Promise.all([
      databaseNow(database),
      countPeople(database, ids),
      failureClusters(database, ids),
      verifiedPerMinute(database, ids),
      stepMeasures(
        database,
        open.map(batch => batch.estateId),
      ),
      lanesNow(database),
      holdsNow(database),
      breakersNow(actor),
      recentEvents(database, 9),
      database.approval.findMany({ where: { state: 'requested' }, orderBy: { requestedAt: 'asc' } }),
      database.batch.count({ where: { state: { in: ['done', 'cancelled'] } } }),
    ])
  const nameOf = await personNames(
    database,
    approvals.map(approval => approval.requestedById),
  )
  const batches = open.map(batch => ({
    id: batch.id,
    name: batch.name,
    state: batch.state as 'draft' | 'active',
    estate: { id: batch.estate.id, name: batch.estate.name, kind: batch.estate.kind },
    runbook: (batch.runbookVersion.definition as unknown as RunbookDefinition).title,
    targetPool: batch.targetPool,
    zone: batch.zone,
    createdAt: batch.createdAt,
    counts: addUp(rows.filter(row => row.batchId === batch.id)),
    waves: batch.waves.map(wave => {
      const rowsOfWave = waveRows(rows, wave.id)
      const times = startTimesOf(wave, batch.estate)
      const syncingSince = wave.state === 'syncing' ? wave.syncingSince : null
      return {
        id: wave.id,
        name: wave.name,
        position: wave.position,
        isPilot: wave.isPilot,
        state: wave.state,
        segment: wave.segment,
        gateOpen: wave.gateOpenedAt !== null,
        cutOffAt: wave.cutOffAt,
        times,
        syncingSince,
        counts: addUp(rowsOfWave),
        ahead: waveAhead(
          {
            estateId: batch.estateId,
            runbook: batch.runbookVersion.definition as unknown as RunbookDefinition,
            segment: wave.segment,
            times,
            syncingSince,
            rows: rowsOfWave,
          },
          measures,
          now,
        ),
      }
    }),
    perMinute: perMinute.get(batch.id) ?? [],
  }))
  const runbookOf = new Map(
    open.map(batch => [batch.id, batch.runbookVersion.definition as unknown as RunbookDefinition]),
  )
  return {
    now,
    heads,
    batches,
    ended,
    approvals: approvals.flatMap(approval => {
      const batch = batches.find(one => one.id === approval.batchId)
      const wave = batch?.waves.find(one => one.id === approval.waveId)
      const runbook = runbookOf.get(approval.batchId)
      if (!batch || !wave || !runbook) return []
      return {
        id: approval.id,
        batchId: batch.id,
        batchName: batch.name,
        waveId: wave.id,
        waveName: wave.name,
        asks: segmentsOf(runbook)[approval.segment]?.approval.asks ?? '',
        people: approval.people,
        askedBy: nameOf(approval.requestedById),
        bySystem: approval.requestedBySystem,
        askedAt: approval.requestedAt,
        endsAt: approval.endsAt,
        involvedIds: approval.involvedIds,
      }
    }),
    gates: batches.flatMap(waitingGates),
    clusters,
    lanes,
    events,
    holds,
    held: await heldLines(database, holds),
    breakers,
  }
}

const waveRows = (rows: readonly CountRow[], waveId: string): CountRow[] =>
  rows.filter(row => row.waveId === waveId)

/** Rule 14: the gate opens by itself when all of the pilot is verified; here it cannot, so a person decides. */
export function waitingGates(batch: OverviewBatch): WaitingGate[] {
  const pilot = batch.waves.find(wave => wave.isPilot)
  if (!pilot || pilot.state === 'cancelled') return []
  const settled = itemStates.every(state => isItemSettled(state) || pilot.counts[state] === 0)
  const verified = pilot.counts.done + pilot.counts.no_change
  const people = itemStates.reduce((sum, state) => sum + pilot.counts[state], 0)
  if (!settled || verified === people) return []
  return batch.waves
    .filter(wave => !wave.isPilot && !wave.gateOpen && isWaveOpen(wave.state) && wave.state === 'approved')
    .map(wave => ({
      batchId: batch.id,
      batchName: batch.name,
      waveId: wave.id,
      waveName: wave.name,
      pilotName: pilot.name,
      pilotVerified: verified,
      pilotPeople: people,
    }))
}
