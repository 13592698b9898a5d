import type { Description } from '@/domain/failures/signature'
import { instanceChain } from '@/domain/ledger/chain'
import type { EventType } from '@/domain/ledger/event-types'
import type { ApprovalState } from '@/domain/lifecycle/approval'
import type { ItemState, OutKind } from '@/domain/lifecycle/item'
import type { WaveState } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { type InTheWay, inTheWay } from '@/domain/way/in-the-way'
import type { RunbookDefinition } from '@/runbooks/definition'
import { findStep, workSteps } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { type Database, db } from '@/server/store/client'
import { descriptionsOf } from '@/server/store/failure-signatures'
import { databaseNow } from '@/server/store/wave-lock'
import { estateWay } from './estate-ways'
import { type HoldNow, holdsNow, isOnLane } from './holds-now'
import { usualStepDurations } from './lanes'
import { chainHeads } from './live'
import { personNames } from './person-names'
import { startTimesOf } from './start-times'
import { list, record, type StoryAttempt, storyAttempts } from './story-attempts'
import { storyEvents } from './story-events'

export type StoryEvent = {
  seq: number
  type: EventType
  at: Date
  actor: string
  data: Record<string, unknown>
}

export type CoveringApproval = {
  id: string
  segment: number
  state: ApprovalState
  planHash: string
  people: number
  askedBy: string
  askedAt: Date
  note: string | null
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  /** Why this very person was carved out, where that is so. */
  carvedOut: string | null
}

export type ItemDetail = {
  now: Date
  heads: Record<string, number>
  id: string
  position: number
  displayName: string
  upn: string
  sipAddress: string
  identity: string
  targetPool: string | null
  state: ItemState
  stepKey: string | null
  reason: string | null
  outKind: OutKind | null
  errorClass: string | null
  errorSignature: string | null
  described: Description | null
  tries: number
  readbacksFailed: number
  dueAt: Date | null
  changedAt: Date
  verdictCodes: string[]
  accepted: { by: string; reason: string | null } | null
  readinessCodes: string[]
  readAt: Date | null
  batch: { id: string; name: string; zone: string; createdAt: Date; targetPool: string | null }
  wave: { id: string; name: string; state: WaveState; segment: number; syncingSince: Date | null }
  estate: { id: string; name: string; kind: 'lab' | 'live' }
  runbook: RunbookDefinition
  importRow: {
    file: string
    row: number
    verdict: string
    cells: Record<string, unknown>
    findings: Record<string, unknown>[]
    importedBy: string
    importedAt: Date
    acceptedAt: Date | null
  } | null
  approvals: CoveringApproval[]
  attempts: StoryAttempt[]
  events: StoryEvent[]
  /** Facts by the moment they were read: `before` the first change, `after` the last one. */
  snapshots: { moment: string; facts: Record<string, unknown>; takenAt: Date }[]
  /** Waiting and working, by step, from the item's own steps. */
  steps: { key: string; state: ItemState; startedAt: Date | null; endedAt: Date | null }[]
  usualMs: Record<string, number>
  holds: HoldNow[]
  /** What keeps the next step from beginning now, by the rules of the work itself. */
  way: InTheWay | null
  elsewhere: { itemId: string; batchId: string; batch: string; state: ItemState; changedAt: Date }[]
  neighbours: { previous: string | null; next: string | null }
}

/** The whole story of one person in one batch. Refuses an id that is not in that batch. */
export async function itemDetail(actor: Actor, batchId: string, itemId: string): Promise<ItemDetail> {
  permit(actor, 'batches.read')
  const database = db()
  const heads = await chainHeads(database, [instanceChain, batchId])
  const item = await database.item.findUnique({
    where: { id: itemId },
    include: {
      batch: { include: { estate: true, runbookVersion: true } },
      wave: true,
      steps: true,
      snapshots: true,
      attempts: { include: { phases: { orderBy: { position: 'asc' } } }, orderBy: { startedAt: 'desc' } },
    },
  })
  if (!item || item.batchId !== batchId)
    throw new Refused('not_found', 'There is no such person in this batch.')
  const { batch, wave } = item
  const definition = batch.runbookVersion.definition as unknown as RunbookDefinition
  const [
    now,
    events,
    covering,
    importRow,
    holds,
    usual,
    elsewhere,
    neighbours,
    attempts,
    descriptions,
    standing,
  ] = await Promise.all([
    databaseNow(database),
    storyEvents(database, itemId, wave.id),
    database.approval.findMany({
      where: { waveId: wave.id },
      include: { carveOuts: { where: { itemId } } },
      orderBy: { requestedAt: 'desc' },
    }),
    importedAs(database, batch.importId, item.importRow),
    holdsNow(database),
    usualStepDurations(database),
    database.item.findMany({
      where: { identity: item.identity, estateId: item.estateId, id: { not: itemId } },
      include: { batch: { select: { name: true } } },
      orderBy: { changedAt: 'desc' },
      take: 20,
    }),
    neighboursOf(database, batchId, item.position),
    storyAttempts(database, item.attempts),
    descriptionsOf(database, [item.errorSignature]),
    estateWay(database, batch.estateId),
  ])
  const nameOf = await personNames(database, [
    item.acceptedById,
    importRow?.createdById,
    ...covering.flatMap(one => [one.requestedById, one.decidedById]),
  ])
  return {
    now,
    heads,
    id: item.id,
    position: item.position,
    displayName: item.displayName,
    upn: item.upn,
    sipAddress: item.sipAddress,
    identity: item.identity,
    targetPool: item.targetPool,
    state: item.state,
    stepKey: item.stepKey,
    reason: item.reason,
    outKind: item.outKind,
    errorClass: item.errorClass,
    errorSignature: item.errorSignature,
    described: (item.errorSignature && descriptions.get(item.errorSignature)) || null,
    tries: item.tries,
    readbacksFailed: item.readbacksFailed,
    dueAt: item.dueAt,
    changedAt: item.changedAt,
    verdictCodes: item.verdictCodes,
    accepted: item.acceptedById ? { by: nameOf(item.acceptedById), reason: item.acceptedReason } : null,
    readinessCodes: item.readinessCodes,
    readAt: item.readAt,
    batch: {
      id: batch.id,
      name: batch.name,
      zone: batch.zone,
      createdAt: batch.createdAt,
      targetPool: batch.targetPool,
    },
    wave: {
      id: wave.id,
      name: wave.name,
      state: wave.state,
      segment: wave.segment,
      syncingSince: wave.syncingSince,
    },
    estate: { id: batch.estate.id, name: batch.estate.name, kind: batch.estate.kind },
    runbook: definition,
    importRow: importRow && {
      file: importRow.file,
      row: importRow.row,
      verdict: importRow.verdict,
      cells: record(importRow.cells),
      findings: list(importRow.findings).map(record),
      importedBy: nameOf(importRow.createdById),
      importedAt: importRow.createdAt,
      acceptedAt: importRow.acceptedAt,
    },
    approvals: covering.map(one => ({
      id: one.id,
      segment: one.segment,
      state: one.state,
      planHash: one.planHash,
      people: one.people,
      askedBy: nameOf(one.requestedById),
      askedAt: one.requestedAt,
      note: one.requestNote,
      decidedBy: one.decidedById ? nameOf(one.decidedById) : null,
      decidedAt: one.decidedAt,
      reason: one.reason,
      carvedOut: one.carveOuts[0]?.reason ?? null,
    })),
    attempts,
    events: events.map(event => ({
      seq: Number(event.seq),
      type: event.type as EventType,
      at: event.at,
      actor: event.actorName,
      data: record(event.data),
    })),
    snapshots: item.snapshots.map(one => ({
      moment: one.moment,
      facts: record(one.facts),
      takenAt: one.takenAt,
    })),
    steps: item.steps.map(step => ({
      key: step.stepKey,
      state: step.state,
      startedAt: step.startedAt,
      endedAt: step.endedAt,
    })),
    usualMs: Object.fromEntries(usual),
    holds: holds.filter(
      hold =>
        hold.scope === 'everything' ||
        [item.id, wave.id, batch.id, batch.estateId].includes(hold.targetId) ||
        isOnLane(hold, batch.estateId, laneOfNext(definition, item.stepKey)),
    ),
    way: inTheWay(standing, {
      batchId,
      waveId: wave.id,
      itemId,
      lane: laneOfNext(definition, item.stepKey),
      isWaveStep: item.stepKey !== null && findStep(definition, item.stepKey)?.kind === 'wave',
      pool: item.targetPool ?? batch.targetPool,
      times: startTimesOf(wave, { zone: batch.estate.zone, blackouts: standing.blackouts }),
    }),
    elsewhere: elsewhere.map(one => ({
      itemId: one.id,
      batchId: one.batchId,
      batch: one.batch.name,
      state: one.state,
      changedAt: one.changedAt,
    })),
    neighbours,
  }
}

/** The lane that somebody's next step runs on; before the first step it is that one's. */
const laneOfNext = (runbook: RunbookDefinition, stepKey: string | null): string | null =>
  (stepKey ? findStep(runbook, stepKey) : workSteps(runbook)[0]?.step)?.lane ?? null

async function importedAs(database: Database, importId: string | null, row: number | null) {
  if (!importId || row === null) return null
  const found = await database.importRow.findUnique({
    where: { importId_row: { importId, row } },
    include: { import: { select: { name: true, createdById: true, createdAt: true } } },
  })
  return (
    found && {
      ...found,
      file: found.import.name,
      createdById: found.import.createdById,
      createdAt: found.import.createdAt,
    }
  )
}

async function neighboursOf(database: Database, batchId: string, position: number) {
  const [previous, next] = await Promise.all([
    database.item.findFirst({
      where: { batchId, position: { lt: position } },
      orderBy: { position: 'desc' },
      select: { id: true },
    }),
    database.item.findFirst({
      where: { batchId, position: { gt: position } },
      orderBy: { position: 'asc' },
      select: { id: true },
    }),
  ])
  return { previous: previous?.id ?? null, next: next?.id ?? null }
}
