import type { Prisma } from '@/generated/prisma/client'
import { findRunbook } from '@/runbooks/catalogue'
import type { RunbookDefinition } from '@/runbooks/definition'
import { Refused } from '@/server/commands/refused'
import type { Database } from './client'
import { newId } from './ids'

/** The runbook that this Ferry ships under the id; refuses one that it does not have. */
export function shippedRunbook(id: string): RunbookDefinition {
  const runbook = findRunbook(id)
  if (!runbook) throw new Refused('not_found', `There is no runbook ${id}. This Ferry has sfb-return.`)
  return runbook
}

/** The row of the shipped version, made when it is used for the first time. */
export async function runbookVersionId(database: Database, runbook: RunbookDefinition): Promise<string> {
  const key = { runbook_version: { runbook: runbook.id, version: runbook.version } }
  const definition = JSON.parse(JSON.stringify(runbook)) as Prisma.InputJsonObject
  const row = await database.runbookVersion.upsert({
    where: key,
    update: {},
    create: { id: newId('runbook'), runbook: runbook.id, version: runbook.version, definition },
  })
  return row.id
}

// A stored version never changes: whoever works on one step after the other reads it once.
const definitions = new Map<string, RunbookDefinition>()

/** The definition a batch was made with, as stored then. */
export async function batchRunbook(database: Database, runbookVersionId: string): Promise<RunbookDefinition> {
  const known = definitions.get(runbookVersionId)
  if (known) return known
  const row = await database.runbookVersion.findUniqueOrThrow({ where: { id: runbookVersionId } })
  const definition = row.definition as unknown as RunbookDefinition
  definitions.set(runbookVersionId, definition)
  return definition
}
