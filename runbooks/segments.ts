import type { ApprovalStep, ItemStep, RunbookDefinition, WaveStep } from './definition'

/** What one approval covers: the steps up to the next approval (rule 5). */
export type Segment = { index: number; approval: ApprovalStep; steps: readonly (ItemStep | WaveStep)[] }

/** A definition that is not well formed: steps before the first approval would run without one. */
export class RunbookMalformed extends Error {}

export function segmentsOf(runbook: RunbookDefinition): Segment[] {
  const segments: { index: number; approval: ApprovalStep; steps: (ItemStep | WaveStep)[] }[] = []
  for (const step of runbook.steps) {
    if (step.kind === 'approval') {
      segments.push({ index: segments.length, approval: step, steps: [] })
      continue
    }
    const last = segments.at(-1)
    if (!last) throw new RunbookMalformed(`The step ${step.key} of ${runbook.id} comes before any approval.`)
    last.steps.push(step)
  }
  return segments
}

/** Every step that works on items or waves, in order, with the segment it belongs to. */
export function workSteps(runbook: RunbookDefinition): { step: ItemStep | WaveStep; segment: number }[] {
  return segmentsOf(runbook).flatMap(segment => segment.steps.map(step => ({ step, segment: segment.index })))
}

export function findStep(runbook: RunbookDefinition, key: string): ItemStep | WaveStep | undefined {
  return workSteps(runbook).find(entry => entry.step.key === key)?.step
}

/** The segment of a step; throws for a step that the runbook does not have. */
export function segmentOfStep(runbook: RunbookDefinition, key: string): number {
  const found = workSteps(runbook).find(entry => entry.step.key === key)
  if (!found) throw new RunbookMalformed(`${runbook.id} has no step ${key}.`)
  return found.segment
}

/** The step after this one, over segments, or null after the last. */
export function stepAfter(runbook: RunbookDefinition, key: string): ItemStep | WaveStep | null {
  const steps = workSteps(runbook)
  const index = steps.findIndex(entry => entry.step.key === key)
  return steps[index + 1]?.step ?? null
}
