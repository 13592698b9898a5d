import type { WaveAhead } from '@/domain/forecast/outlook'
import { instanceChain } from '@/domain/ledger/chain'
import type { ApprovalState } from '@/domain/lifecycle/approval'
import type { BatchState } from '@/domain/lifecycle/batch'
import { type ItemCounts, isItemVerified, totalOf } from '@/domain/lifecycle/item'
import { isWaveOpen, type WaveFacts, type WaveState } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import type { EstateWay } from '@/domain/way/in-the-way'
import { type ChangeWindow, localText, openingAt } from '@/domain/windows/change-window'
import { type Blackout, mayStart, type StartTimes } from '@/domain/windows/may-start'
import { notNowWords } from '@/domain/windows/window-words'
import type { RunbookDefinition } from '@/runbooks/definition'
import { workSteps } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { type Database, db } from '@/server/store/client'
import { databaseNow } from '@/server/store/wave-lock'
import { estateWay } from './estate-ways'
import { type ClusterRow, failureClusters } from './failure-clusters'
import { type ForecastRecord, forecastRecord } from './forecast-record'
import { type HoldNow, holdsNow, isOnLane } from './holds-now'
import { chainHeads } from './live'
import { addUp, countPeople, funnelOf, type PeopleRow, type StepFunnel } from './people-counts'
import { personNames } from './person-names'
import { startTimesOf } from './start-times'
import { stepMeasures } from './step-measures'
import { type VerifiedSlots, verifiedSlots } from './verified-slots'
import { waveAhead } from './wave-ahead'

export type BatchApproval = {
  id: string
  segment: number
  state: ApprovalState
  planHash: string
  /** Asked for; those who were carved out are among them. */
  people: number
  carvedOut: number
  askedBy: string
  /** Ferry asked by itself, for whom `askedBy` names. */
  bySystem: boolean
  askedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  endsAt: Date
  voidedBecause: string[]
}

export type BatchWave = {
  id: string
  name: string
  position: number
  isPilot: boolean
  state: WaveState
  segment: number
  stateReason: string | null
  gateOpenedAt: Date | null
  gateReason: string | null
  startedAt: Date | null
  endedAt: Date | null
  /** When something new may start: window, barred days and cut-off. */
  times: StartTimes
  window: ChangeWindow | null
  /** The opening that is on, or the next one. */
  windowStart: Date | null
  windowEnd: Date | null
  /** Why nothing new starts at the moment, of an open wave; null while it may. */
  notNow: string | null
  cutOffAt: Date | null
  /** The same on a clock in the window’s zone, else the batch’s: `2026-11-24T04:00`. */
  cutOffLocal: string | null
  syncingSince: Date | null
  counts: ItemCounts
  /** What it has before it, for its forecast. */
  ahead: WaveAhead
  /** What the predicates of the wave's lifecycle ask for. */
  facts: WaveFacts
  /** Newest first; the first one is what the screen speaks of. */
  approvals: BatchApproval[]
  hold: HoldNow | null
}

export type BatchDetail = {
  now: Date
  heads: Record<string, number>
  id: string
  name: string
  state: BatchState
  version: number
  zone: string
  targetPool: string | null
  createdAt: Date
  createdBy: string
  endedAt: Date | null
  startedWaves: number
  estate: { id: string; name: string; kind: 'lab' | 'live'; switchedOn: boolean; pools: string[] }
  runbook: RunbookDefinition
  counts: ItemCounts
  waves: BatchWave[]
  funnel: StepFunnel[]
  clusters: ClusterRow[]
  /** How well forecasts of waves that ended held, over the whole instance. */
  forecasts: ForecastRecord
  /** Verified people over time since the first wave started; null before. */
  pace: VerifiedSlots | null
  /** rowsRead = ready + flagged + refused + leftOut, and how many of them entered this batch. */
  accounting: {
    importId: string
    file: string
    rowsRead: number
    ready: number
    flagged: number
    refused: number
    leftOut: number
    accepted: number
    entered: number
  } | null
  /** Holds that keep this batch or one of its waves from starting. */
  holds: HoldNow[]
  /** What stands in the way of work on the estate at this moment. */
  way: EstateWay
}

/** The whole batch but its people, who are read page by page. Refuses an id that nobody has. */
export async function batchDetail(actor: Actor, batchId: string): Promise<BatchDetail> {
  permit(actor, 'batches.read')
  const database = db()
  const heads = await chainHeads(database, [instanceChain, batchId])
  const batch = await database.batch.findUnique({
    where: { id: batchId },
    include: {
      estate: { include: { blackouts: { where: { removedAt: null } } } },
      runbookVersion: true,
      waves: {
        orderBy: { position: 'asc' },
        include: {
          approvals: {
            orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
            include: { _count: { select: { carveOuts: true } } },
          },
        },
      },
    },
  })
  if (!batch) throw new Refused('not_found', 'There is no such batch. It may have been deleted as a draft.')
  const runbook = batch.runbookVersion.definition as unknown as RunbookDefinition
  const [now, rows, clusters, measures, holds, accounting, nameOf, forecasts, way] = await Promise.all([
    databaseNow(database),
    countPeople(database, [batchId]),
    failureClusters(database, [batchId]),
    stepMeasures(database, [batch.estateId]),
    holdsNow(database),
    importAccounting(database, batch.importId),
    personNames(database, [
      batch.createdById,
      ...batch.waves.flatMap(wave => wave.approvals.flatMap(one => [one.requestedById, one.decidedById])),
    ]),
    forecastRecord(actor),
    estateWay(database, batch.estateId),
  ])
  const concerns = holds.filter(
    hold =>
      hold.scope === 'everything' ||
      (hold.scope === 'estate' && hold.targetId === batch.estateId) ||
      isOnLane(hold, batch.estateId) ||
      (hold.scope === 'batch' && hold.targetId === batchId) ||
      (hold.scope === 'wave' && batch.waves.some(wave => wave.id === hold.targetId)),
  )
  const counts = addUp(rows)
  const began = batch.waves.flatMap(wave => (wave.startedAt ? [wave.startedAt.getTime()] : []))
  const pace =
    began.length > 0
      ? await verifiedSlots(database, batchId, {
          from: new Date(Math.min(...began)),
          to: batch.endedAt ?? now,
        })
      : null
  return {
    now,
    heads,
    id: batch.id,
    name: batch.name,
    state: batch.state,
    version: batch.version,
    zone: batch.zone,
    targetPool: batch.targetPool,
    createdAt: batch.createdAt,
    createdBy: nameOf(batch.createdById),
    endedAt: batch.endedAt,
    startedWaves: batch.waves.filter(wave => wave.startedAt !== null).length,
    estate: {
      id: batch.estate.id,
      name: batch.estate.name,
      kind: batch.estate.kind,
      switchedOn: batch.estate.kind === 'lab' || batch.estate.switchedOnAt !== null,
      pools: batch.estate.pools,
    },
    runbook,
    counts,
    waves: batch.waves.map(wave => {
      const waveRows = rows.filter(row => row.waveId === wave.id)
      const waveCounts = addUp(waveRows)
      const missing = unreadyOf(waveRows)
      const when = startTimes(wave, batch, now)
      const syncingSince = wave.state === 'syncing' ? wave.syncingSince : null
      const { estateId } = batch
      const { segment } = wave
      return {
        id: wave.id,
        name: wave.name,
        position: wave.position,
        isPilot: wave.isPilot,
        state: wave.state,
        segment: wave.segment,
        stateReason: wave.stateReason,
        gateOpenedAt: wave.gateOpenedAt,
        gateReason: wave.gateReason,
        startedAt: wave.startedAt,
        endedAt: wave.endedAt,
        ...when,
        cutOffAt: wave.cutOffAt,
        syncingSince,
        counts: waveCounts,
        ahead: waveAhead(
          { estateId, runbook, segment, times: when.times, syncingSince, rows: waveRows },
          measures,
          now,
        ),
        facts: {
          state: wave.state,
          segment: wave.segment,
          people: totalOf(waveCounts) - waveCounts.left_out - waveCounts.done - waveCounts.no_change,
          unread: missing.unread,
          hasTargetPool: batch.targetPool !== null || missing.withoutPool === 0,
        },
        approvals: wave.approvals.map(one => ({
          id: one.id,
          segment: one.segment,
          state: one.state,
          planHash: one.planHash,
          people: one.people,
          carvedOut: one._count.carveOuts,
          bySystem: one.requestedBySystem,
          askedBy: nameOf(one.requestedById),
          askedAt: one.requestedAt,
          decidedBy: one.decidedById ? nameOf(one.decidedById) : null,
          decidedAt: one.decidedAt,
          reason: one.reason,
          endsAt: one.endsAt,
          voidedBecause: Array.isArray(one.voidedBecause) ? one.voidedBecause.map(String) : [],
        })),
        hold: concerns.find(hold => hold.scope === 'wave' && hold.targetId === wave.id) ?? null,
      }
    }),
    funnel: funnelOf(
      rows,
      workSteps(runbook).map(({ step }) => step.key),
    ),
    clusters,
    forecasts,
    pace,
    accounting: accounting && { ...accounting, entered: totalOf(counts) },
    holds: concerns,
    way,
  }
}

function startTimes(
  wave: { window: unknown; cutOffAt: Date | null; state: WaveState },
  batch: { zone: string; estate: { zone: string; blackouts: Blackout[] } },
  now: Date,
): Pick<BatchWave, 'cutOffLocal' | 'times' | 'window' | 'windowStart' | 'windowEnd' | 'notNow'> {
  const times = startTimesOf(wave, batch.estate)
  const { window } = times
  const opening = window && isWaveOpen(wave.state) ? openingAt(window, now) : null
  const may = mayStart(times, now)
  return {
    times,
    window,
    windowStart: opening?.from ?? null,
    windowEnd: opening?.to ?? null,
    cutOffLocal: wave.cutOffAt ? localText(wave.cutOffAt, window?.zone ?? batch.zone) : null,
    notNow: isWaveOpen(wave.state) ? notNowWords(may, window?.zone ?? batch.zone, now, 'named') : null,
  }
}

/** Of a wave's numbers: people still to go who were never read on the estate, and those without a target pool of their own. */
function unreadyOf(rows: readonly PeopleRow[]): { unread: number; withoutPool: number } {
  const toGo = rows.filter(row => !isItemVerified(row.state) && row.state !== 'left_out')
  return {
    unread: toGo.reduce((sum, row) => sum + row.unread, 0),
    withoutPool: toGo.reduce((sum, row) => sum + row.withoutPool, 0),
  }
}

async function importAccounting(database: Database, importId: string | null) {
  if (!importId) return null
  const [file, accepted] = await Promise.all([
    database.importFile.findUnique({ where: { id: importId } }),
    database.importRow.count({ where: { importId, verdict: 'flagged', acceptedById: { not: null } } }),
  ])
  if (!file) return null
  return {
    importId,
    file: file.name,
    rowsRead: file.rowsRead,
    ready: file.ready,
    flagged: file.flagged,
    refused: file.refused,
    leftOut: file.leftOut,
    accepted,
  }
}
