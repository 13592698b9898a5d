import type { PlanDocument } from './plan-document'

export type PlanDifference = {
  added: string[]
  /** People who fell out: not a reason to void (rule 5). */
  fellOut: string[]
  changed: string[]
  parameters: { name: string; before: string | null; after: string | null }[]
  scripts: { name: string; before: string | null; after: string | null }[]
  runbook: { before: string; after: string } | null
}

/** What changed between the plan that was approved and the plan of now. */
export function planDifference(before: PlanDocument, after: PlanDocument): PlanDifference {
  const added = Object.keys(after.items).filter(id => before.items[id] === undefined)
  const fellOut = Object.keys(before.items).filter(id => after.items[id] === undefined)
  const changed = Object.keys(after.items).filter(
    id => before.items[id] !== undefined && before.items[id] !== after.items[id],
  )
  const runbookBefore = `${before.runbook.id} ${before.runbook.version}`
  const runbookAfter = `${after.runbook.id} ${after.runbook.version}`
  return {
    added,
    fellOut,
    changed,
    parameters: mapDifference(before.parameters, after.parameters),
    scripts: mapDifference(before.scripts, after.scripts),
    runbook: runbookBefore === runbookAfter ? null : { before: runbookBefore, after: runbookAfter },
  }
}

/** Sentences for what voids an approval; empty when the approved plan still holds. */
export function voidingReasons(difference: PlanDifference): string[] {
  const reasons: string[] = []
  if (difference.added.length > 0) reasons.push(`${people(difference.added.length)} added`)
  if (difference.changed.length > 0)
    reasons.push(`${people(difference.changed.length)} changed: values, verdicts or readiness`)
  for (const entry of difference.parameters)
    reasons.push(`${entry.name} was ${entry.before ?? 'not set'}, is ${entry.after ?? 'not set'}`)
  for (const entry of difference.scripts) reasons.push(`the script ${entry.name} changed`)
  if (difference.runbook)
    reasons.push(`the runbook was ${difference.runbook.before}, is ${difference.runbook.after}`)
  return reasons
}

const people = (count: number): string => (count === 1 ? '1 person was' : `${count} people were`)

function mapDifference(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): { name: string; before: string | null; after: string | null }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names
    .filter(name => before[name] !== after[name])
    .map(name => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
}
