import { canonicalText, sha256 } from '../ledger/canonical'

/** What is decided about one person: who, with which values, and what was judged and read before. No times. */
export type PlannedItem = {
  itemId: string
  values: Readonly<Record<string, string>>
  verdictCodes: readonly string[]
  readinessCodes: readonly string[]
}

export type PlanInput = {
  waveId: string
  segment: number
  runbook: { id: string; version: string }
  parameters: Readonly<Record<string, string>>
  /** `<step>.<phase>` → SHA-256 of the script's bytes with LF. */
  scripts: Readonly<Record<string, string>>
  items: readonly PlannedItem[]
}

/** The document that is hashed (rule 4). People stand in it by id and hash, so that a change can be named. */
export type PlanDocument = {
  format: 1
  waveId: string
  segment: number
  runbook: { id: string; version: string }
  parameters: Readonly<Record<string, string>>
  scripts: Readonly<Record<string, string>>
  items: Readonly<Record<string, string>>
}

export function planDocument(input: PlanInput): PlanDocument {
  const items: Record<string, string> = {}
  for (const item of input.items) {
    items[item.itemId] = sha256(
      canonicalText({
        values: item.values,
        verdictCodes: [...item.verdictCodes].sort(),
        readinessCodes: [...item.readinessCodes].sort(),
      }),
    )
  }
  return {
    format: 1,
    waveId: input.waveId,
    segment: input.segment,
    runbook: input.runbook,
    parameters: input.parameters,
    scripts: input.scripts,
    items,
  }
}

export function hashPlan(document: PlanDocument): { hash: string; canonical: string } {
  const canonical = canonicalText(document)
  return { hash: sha256(canonical), canonical }
}

/** A hash as people read it aloud: `7f3a·91c2·be77`. */
export const shortHash = (hash: string): string =>
  `${hash.slice(0, 4)}·${hash.slice(4, 8)}·${hash.slice(8, 12)}`
