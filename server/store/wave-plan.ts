import { planDifference, voidingReasons } from '@/domain/plan/plan-difference'
import { hashPlan, type PlanDocument, planDocument } from '@/domain/plan/plan-document'
import type { RunbookDefinition, ValueName } from '@/runbooks/definition'
import { segmentsOf } from '@/runbooks/segments'
import type { Database } from './client'
import { newId } from './ids'
import { batchRunbook } from './runbook-versions'
import { storeStepScripts } from './step-scripts'
import { stepValues, targetPoolOf } from './step-values'

export type WavePlan = {
  document: PlanDocument
  hash: string
  canonical: string
  runbook: RunbookDefinition
  people: number
  withoutPool: number
  unread: number
  stale: number
}

/**
 * Computes the plan of a wave's segment from what is stored now: everybody who has not ended, with values, verdict and
 * readiness codes, and the scripts' hashes as they are on disk. Reads only, but for storing script texts by hash.
 */
export async function computeWavePlan(
  database: Database,
  waveId: string,
  segment: number,
): Promise<WavePlan> {
  const wave = await database.wave.findUniqueOrThrow({
    where: { id: waveId },
    include: { batch: { include: { estate: true } } },
  })
  const { batch } = wave
  const runbook = await batchRunbook(database, batch.runbookVersionId)
  const steps = segmentsOf(runbook)[segment]?.steps ?? []
  const stored = await storeStepScripts(database, runbook)
  const scripts: Record<string, string> = {}
  for (const step of steps)
    for (const phase of step.phases) {
      const hash = stored[`${step.key}.${phase}`]
      if (hash) scripts[`${step.key}.${phase}`] = hash
    }
  const names = [...new Set<ValueName>(steps.flatMap(step => step.values.modern))]
  const items = await database.item.findMany({
    where: { waveId, state: { notIn: ['done', 'no_change', 'left_out'] } },
    select: {
      id: true,
      upn: true,
      sipAddress: true,
      targetPool: true,
      verdictCodes: true,
      readinessCodes: true,
      readAt: true,
    },
    orderBy: { id: 'asc' },
  })
  const staleBefore = await freshnessLimit(database, batch.estate.readinessFreshSeconds)
  const document = planDocument({
    waveId,
    segment,
    runbook: { id: runbook.id, version: runbook.version },
    parameters: {
      estate: batch.estateId,
      ...(batch.targetPool ? { targetPool: batch.targetPool } : {}),
      hostingProviderProxy: batch.estate.hostingProviderProxy,
      ...(batch.estate.domainController ? { domainController: batch.estate.domainController } : {}),
    },
    scripts,
    items: items.map(item => ({
      itemId: item.id,
      values: stepValues(names, { item, batch, estate: batch.estate }),
      verdictCodes: item.verdictCodes,
      readinessCodes: item.readinessCodes,
    })),
  })
  return {
    document,
    ...hashPlan(document),
    runbook,
    people: items.length,
    withoutPool: items.filter(item => targetPoolOf({ item, batch }) === null).length,
    unread: items.filter(item => item.readAt === null).length,
    stale: items.filter(item => item.readAt !== null && item.readAt < staleBefore).length,
  }
}

async function freshnessLimit(database: Database, freshSeconds: number): Promise<Date> {
  const rows = await database.$queryRaw<{ limit: Date }[]>`
    SELECT now() - make_interval(secs => ${freshSeconds}::float8) AS "limit"`
  return rows[0]?.limit ?? new Date(0)
}

/** Keeps the plan's text by its hash and answers its id. */
export async function storePlan(
  database: Database,
  waveId: string,
  segment: number,
  plan: WavePlan,
): Promise<string> {
  const row = await database.plan.upsert({
    where: { waveId_segment_hash: { waveId, segment, hash: plan.hash } },
    update: {},
    create: {
      id: newId('plan'),
      waveId,
      segment,
      hash: plan.hash,
      canonical: plan.canonical,
      people: plan.people,
    },
  })
  return row.id
}

export async function storedPlanDocument(database: Database, planId: string): Promise<PlanDocument> {
  const row = await database.plan.findUniqueOrThrow({ where: { id: planId } })
  return JSON.parse(row.canonical) as PlanDocument
}

/**
 * Why the approved plan is no longer the plan; empty when it still holds. People who fell out are put back from the
 * approved text before hashing, since they do not void it (rule 5); then the hashes have to be equal.
 */
export function whyPlanIsVoid(approved: { document: PlanDocument; hash: string }, now: WavePlan): string[] {
  const fellOut: Record<string, string> = {}
  for (const [id, hash] of Object.entries(approved.document.items)) {
    if (now.document.items[id] === undefined) fellOut[id] = hash
  }
  const merged = hashPlan({ ...now.document, items: { ...now.document.items, ...fellOut } })
  if (merged.hash === approved.hash) return []
  const reasons = voidingReasons(planDifference(approved.document, now.document))
  return reasons.length > 0 ? reasons : ['the plan’s text changed']
}
