import type { RunbookDefinition } from './definition'
import { sfbReturn } from './sfb-return/definition'

/** Every runbook that this Ferry ships, by id. */
export const runbooks: Readonly<Record<string, RunbookDefinition>> = { [sfbReturn.id]: sfbReturn }

/** Answers undefined for a runbook that this Ferry does not have. */
export const findRunbook = (id: string): RunbookDefinition | undefined => runbooks[id]
