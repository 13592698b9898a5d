import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '@/domain/ledger/canonical'
import type { RunbookDefinition } from '@/runbooks/definition'
import { workSteps } from '@/runbooks/segments'
import { type Database, db } from './client'

/** Folder of the step scripts: the project's own, where every process of an instance is started. */
const stepsFolder = (runbookId: string): string => join(process.cwd(), 'runbooks', runbookId, 'steps')

export type StepScript = { name: string; hash: string; text: string }

/** Reads one step script with LF line ends; the hash is over those bytes (rule 4). */
export async function readStepScript(runbookId: string, name: string): Promise<StepScript> {
  const raw = await readFile(join(stepsFolder(runbookId), `${name}.ps1`), 'utf8')
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  return { name, hash: sha256(text), text }
}

/**
 * Stores the runbook's scripts as they are now, by hash, and answers `<step>.<phase>` → hash. What is planned runs from
 * the stored text, so that an upgrade cannot change what was approved.
 */
export async function storeStepScripts(
  database: Database,
  runbook: RunbookDefinition,
): Promise<Record<string, string>> {
  const names = [
    `${runbook.readiness.key}.probe`,
    ...workSteps(runbook).flatMap(({ step }) => step.phases.map(phase => `${step.key}.${phase}`)),
  ]
  const scripts = await Promise.all(names.map(name => readStepScript(runbook.id, name)))
  await database.script.createMany({ data: scripts, skipDuplicates: true })
  return Object.fromEntries(scripts.map(script => [script.name, script.hash]))
}

/** A reading before planning runs the scripts as they lie on disk; one after the other need not look every time. */
const readAgainMs = 5_000
const lately = new Map<string, { at: number; scripts: Promise<Record<string, string>> }>()

/** The same for readings before planning: looked at again after a few seconds. */
export function readinessScripts(runbook: RunbookDefinition): Promise<Record<string, string>> {
  const known = lately.get(runbook.id)
  if (known && performance.now() - known.at < readAgainMs) return known.scripts
  const scripts = storeStepScripts(db(), runbook)
  lately.set(runbook.id, { at: performance.now(), scripts })
  scripts.catch(() => lately.delete(runbook.id))
  return scripts
}

/** The stored text of a script; throws when the hash is not known here. */
export async function storedScript(database: Database, hash: string): Promise<StepScript> {
  const script = await database.script.findUnique({ where: { hash } })
  if (!script) throw new Error(`The script ${hash} is not stored in this instance.`)
  return script
}
