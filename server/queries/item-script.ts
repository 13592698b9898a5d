import type { Actor } from '@/domain/people/actor'
import type { Phase } from '@/domain/plan/phase'
import { makeStepCall } from '@/domain/script/step-call'
import { valueRulesOf } from '@/runbooks/definition'
import { workSteps } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { batchRunbook } from '@/server/store/runbook-versions'
import { storedScript, storeStepScripts } from '@/server/store/step-scripts'
import { stepValues } from '@/server/store/step-values'
import { storedPlanDocument } from '@/server/store/wave-plan'

export type ReadablePhase = {
  phase: Phase
  name: string
  hash: string
  /** The whole script with this person's literal values, or null with the problems that keep it from being written. */
  text: string | null
  problems: readonly string[]
}

export type ReadableStep = {
  key: string
  segment: number
  /** Bound: the text stands in a plan that was asked for or approved. Else it is what a request now would bind. */
  isBound: boolean
  forWave: boolean
  phases: ReadablePhase[]
}

export type ItemScripts = { itemId: string; displayName: string; steps: ReadableStep[] }

/** Exactly what runs for one person, step by step: the stored script texts with literal values in place of parameters. */
export async function itemScripts(actor: Actor, itemId: string): Promise<ItemScripts> {
  permit(actor, 'batches.read')
  const database = db()
  const item = await database.item.findUnique({
    where: { id: itemId },
    include: { batch: { include: { estate: true } } },
  })
  if (!item) throw new Refused('not_found', 'There is no such person.')
  const { batch } = item
  const runbook = await batchRunbook(database, batch.runbookVersionId)
  const [onDisk, plans] = await Promise.all([
    storeStepScripts(database, runbook),
    database.approval.findMany({
      where: { waveId: item.waveId, state: { in: ['requested', 'approved', 'spent'] } },
      orderBy: { requestedAt: 'desc' },
      select: { segment: true, planId: true },
    }),
  ])
  const steps: ReadableStep[] = []
  for (const { step, segment } of workSteps(runbook)) {
    const plan = plans.find(one => one.segment === segment)
    const bound = plan ? (await storedPlanDocument(database, plan.planId)).scripts : null
    const names = step.kind === 'item' ? (step.values[runbook.era] ?? step.values.modern) : []
    const values = stepValues(names, { item, batch, estate: batch.estate })
    const phases: ReadablePhase[] = []
    for (const phase of step.phases) {
      const name = `${step.key}.${phase}`
      const hash = bound?.[name] ?? onDisk[name]
      if (!hash) continue
      const { text } = await storedScript(database, hash)
      const made = makeStepCall({ name, text }, valueRulesOf(values), values)
      phases.push({
        phase,
        name,
        hash,
        text: made.ok ? made.call.readable : null,
        problems: made.ok ? [] : made.problems.map(problem => problem.message),
      })
    }
    steps.push({ key: step.key, segment, isBound: bound !== null, forWave: step.kind === 'wave', phases })
  }
  return { itemId, displayName: item.displayName, steps }
}

/** Of each wave the first person who is not left out: who stands for the wave where its script is shown. */
export async function firstOfEachWave(
  actor: Actor,
  batchId: string,
): Promise<{ waveId: string; wave: string; itemId: string }[]> {
  permit(actor, 'batches.read')
  return db().$queryRaw`
    SELECT w."id" AS "waveId", w."name" AS "wave", i."id" AS "itemId"
    FROM "wave" w JOIN LATERAL (
      SELECT "id" FROM "item" WHERE "waveId" = w."id" ORDER BY ("state" = 'left_out'), "position" LIMIT 1
    ) i ON true
    WHERE w."batchId" = ${batchId} ORDER BY w."position"`
}
