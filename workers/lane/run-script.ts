import type { Phase } from '@/domain/plan/phase'
import { recordPhase } from '@/server/commands/record-phase'
import { db } from '@/server/store/client'
import { storedScript } from '@/server/store/step-scripts'
import type { ShellAnswer } from '@/workers/powershell/answer'
import type { Loss } from '@/workers/powershell/loss'
import type { ScriptStore } from '@/workers/powershell/script-store'
import type { Lease } from '@/workers/powershell/session-pool'

export type ScriptRun = {
  attemptId: string
  phase: Phase
  hash: string
  values: Readonly<Record<string, string>>
  deadlineMs: number
}

export type Answered = { kind: 'answered'; answer: ShellAnswer } | { kind: 'lost'; loss: Loss }

// Text by hash never changes; one process runs few different scripts.
const texts = new Map<string, string>()

/** Runs one stored script on a leased session and keeps all its streams as evidence, whatever came of it. */
export async function runScript(store: ScriptStore, lease: Lease, run: ScriptRun): Promise<Answered> {
  const text = texts.get(run.hash) ?? (await storedScript(db(), run.hash)).text
  texts.set(run.hash, text)
  const scriptPath = await store.prepare(run.hash, text)
  const began = performance.now()
  const outcome = await lease.run({ scriptPath, values: run.values, deadlineMs: run.deadlineMs })
  const durationMs = performance.now() - began
  const answer = outcome.kind === 'answered' ? outcome.answer : null
  await recordPhase({
    attemptId: run.attemptId,
    phase: run.phase,
    scriptHash: run.hash,
    values: run.values,
    result: answer?.result ?? null,
    output: answer?.output ?? [],
    errors: answer?.errors ?? [],
    warnings: answer?.warnings ?? [],
    verbose: answer?.verbose ?? [],
    information: answer?.information ?? [],
    loss: outcome.kind === 'lost' ? `${outcome.loss.kind}: ${outcome.loss.message}` : null,
    durationMs,
  }).catch(() => undefined)
  return outcome
}
