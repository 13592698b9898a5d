import { instanceChain } from '@/domain/ledger/chain'
import type { ApprovalState } from '@/domain/lifecycle/approval'
import type { Actor } from '@/domain/people/actor'
import { type PlanDifference, planDifference } from '@/domain/plan/plan-difference'
import type { PlanDocument } from '@/domain/plan/plan-document'
import type { RunbookDefinition } from '@/runbooks/definition'
import { segmentsOf } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { type Database, db } from '@/server/store/client'
import { batchRunbook } from '@/server/store/runbook-versions'
import { databaseNow } from '@/server/store/wave-lock'
import { computeWavePlan, storedPlanDocument, whyPlanIsVoid } from '@/server/store/wave-plan'
import { chainHeads } from './live'
import { personNames } from './person-names'

export type EarlierApproval = {
  id: string
  waveName: string
  asks: string
  decidedAt: Date | null
  /** The same wave, so that people can be compared; and the same segment, so that scripts and values can. */
  sameWave: boolean
  sameSegment: boolean
  difference: PlanDifference
}

export type ApprovalDecision = {
  id: string
  now: Date
  heads: Record<string, number>
  state: ApprovalState
  asks: string
  segment: number
  segments: number
  runbook: RunbookDefinition
  planHash: string
  document: PlanDocument
  /** People who were asked for, and those of them who have not ended since. */
  asked: number
  going: number
  /** Why the plan is no longer the one that was asked for; empty while it is, and for what is decided. */
  voidBecause: string[]
  voidedBecause: string[]
  batch: { id: string; name: string; zone: string; targetPool: string | null }
  wave: { id: string; name: string; position: number; isPilot: boolean; gateOpen: boolean }
  waves: number
  estate: { id: string; name: string; kind: 'lab' | 'live' }
  askedBy: string
  bySystem: boolean
  askedAt: Date
  endsAt: Date
  note: string | null
  involvedIds: string[]
  involved: string[]
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  carvedOut: number
  stale: number
  /** Readiness codes with the number of people who have them, most first. */
  readiness: { code: string; people: number }[]
  /** People whose flagged import row somebody accepted. */
  accepted: number
  pools: { pool: string | null; people: number }[]
  earlier: EarlierApproval | null
  /** Who stands for the others where the script is shown. */
  firstItemId: string | null
}

/** Everything an approver looks at before deciding, from the stored plan and from what holds now. */
export async function approvalDecision(actor: Actor, approvalId: string): Promise<ApprovalDecision> {
  permit(actor, 'batches.read')
  const database = db()
  const row = await database.approval.findUnique({
    where: { id: approvalId },
    include: {
      wave: { include: { batch: { include: { estate: true, _count: { select: { waves: true } } } } } },
      _count: { select: { carveOuts: true } },
    },
  })
  if (!row) throw new Refused('not_found', 'There is no such request.')
  const { wave } = row
  const { batch } = wave
  const heads = await chainHeads(database, [instanceChain, batch.id])
  const runbook = await batchRunbook(database, batch.runbookVersionId)
  const document = await storedPlanDocument(database, row.planId)
  const ids = Object.keys(document.items)
  const isOpen = row.state === 'requested'
  const [now, plan, nameOf, facts, earlier] = await Promise.all([
    databaseNow(database),
    isOpen ? computeWavePlan(database, wave.id, row.segment) : null,
    personNames(database, [row.requestedById, row.decidedById, ...row.involvedIds]),
    peopleFacts(database, ids, batch.targetPool),
    earlierApproval(database, row, document, runbook),
  ])
  return {
    id: row.id,
    now,
    heads,
    state: row.state,
    asks: segmentsOf(runbook)[row.segment]?.approval.asks ?? '',
    segment: row.segment,
    segments: segmentsOf(runbook).length,
    runbook,
    planHash: row.planHash,
    document,
    asked: ids.length,
    going: plan ? plan.people : row.people,
    voidBecause: plan ? whyPlanIsVoid({ document, hash: row.planHash }, plan) : [],
    voidedBecause: Array.isArray(row.voidedBecause) ? row.voidedBecause.map(String) : [],
    batch: { id: batch.id, name: batch.name, zone: batch.zone, targetPool: batch.targetPool },
    wave: {
      id: wave.id,
      name: wave.name,
      position: wave.position,
      isPilot: wave.isPilot,
      gateOpen: wave.gateOpenedAt !== null,
    },
    waves: batch._count.waves,
    estate: { id: batch.estateId, name: batch.estate.name, kind: batch.estate.kind },
    askedBy: nameOf(row.requestedById),
    bySystem: row.requestedBySystem,
    askedAt: row.requestedAt,
    endsAt: row.endsAt,
    note: row.requestNote,
    involvedIds: row.involvedIds,
    involved: row.involvedIds.map(nameOf),
    decidedBy: row.decidedById ? nameOf(row.decidedById) : null,
    decidedAt: row.decidedAt,
    reason: row.reason,
    carvedOut: row._count.carveOuts,
    stale: plan?.stale ?? 0,
    ...facts,
    earlier,
  }
}

type PeopleFacts = Pick<ApprovalDecision, 'readiness' | 'accepted' | 'pools' | 'firstItemId'>

async function peopleFacts(
  database: Database,
  ids: readonly string[],
  targetPool: string | null,
): Promise<PeopleFacts> {
  const [readiness, pools, accepted, first] = await Promise.all([
    database.$queryRaw<{ code: string; people: number }[]>`
      SELECT "code", count(*)::int AS "people" FROM "item", unnest("readinessCodes") AS "code"
      WHERE "id" = ANY(${[...ids]}::text[]) GROUP BY 1 ORDER BY 2 DESC, 1`,
    database.$queryRaw<{ pool: string | null; people: number }[]>`
      SELECT coalesce("targetPool", ${targetPool}::text) AS "pool", count(*)::int AS "people" FROM "item"
      WHERE "id" = ANY(${[...ids]}::text[]) GROUP BY 1 ORDER BY 2 DESC, 1`,
    database.$queryRaw<{ people: number }[]>`
      SELECT count(*)::int AS "people" FROM "item"
      WHERE "id" = ANY(${[...ids]}::text[]) AND "acceptedReason" IS NOT NULL`,
    database.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "item" WHERE "id" = ANY(${[...ids]}::text[])
      ORDER BY ("state" = 'left_out'), "position" LIMIT 1`,
  ])
  return { readiness, pools, accepted: accepted[0]?.people ?? 0, firstItemId: first[0]?.id ?? null }
}

/** The last approval that was given: of this wave if there is one, else of another wave for the same steps. */
async function earlierApproval(
  database: Database,
  row: { id: string; batchId: string; waveId: string; segment: number; requestedAt: Date },
  document: PlanDocument,
  runbook: RunbookDefinition,
): Promise<EarlierApproval | null> {
  const given = {
    id: { not: row.id },
    decidedAt: { not: null },
    state: { in: ['approved' as const, 'spent' as const, 'voided' as const] },
    requestedAt: { lte: row.requestedAt },
  }
  const order = { orderBy: { requestedAt: 'desc' as const }, include: { wave: { select: { name: true } } } }
  const found =
    (await database.approval.findFirst({ where: { ...given, waveId: row.waveId }, ...order })) ??
    (await database.approval.findFirst({
      where: { ...given, batchId: row.batchId, segment: row.segment },
      ...order,
    }))
  if (!found) return null
  return {
    id: found.id,
    waveName: found.wave.name,
    asks: segmentsOf(runbook)[found.segment]?.approval.asks ?? '',
    decidedAt: found.decidedAt,
    sameWave: found.waveId === row.waveId,
    sameSegment: found.segment === row.segment,
    difference: planDifference(await storedPlanDocument(database, found.planId), document),
  }
}
