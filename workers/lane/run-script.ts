import type { Phase } from '@/domain/plan/phase'
import { makeStepCall } from '@/domain/script/step-call'
import { valueRulesOf } from '@/runbooks/definition'
import { db } from '@/server/store/client'
import { storedScript } from '@/server/store/step-scripts'
import type { ShellAnswer } from '@/workers/powershell/answer'
import type { Loss } from '@/workers/powershell/loss'
import type { ScriptStore } from '@/workers/powershell/script-store'
import type { Session } from '@/workers/powershell/session'
import type { Lease } from '@/workers/powershell/session-pool'
import { traced } from '../tracing'
import type { Evidence } from './evidence'
import { refusedAnswer } from './refused-values'

/** Where scripts lie on this host, and where what they write is kept. */
export type Running = { store: ScriptStore; evidence: Evidence }

export type ScriptRun = {
  phase: Phase
  hash: string
  values: Readonly<Record<string, string>>
  deadlineMs: number
}

export type Answered =
  | {
      kind: 'answered'
      answer: ShellAnswer
      /** Whether this session ran a script to its end before: then a cmdlet it no longer knows means a lost session. */
      sessionWorkedBefore: boolean
    }
  | { kind: 'lost'; loss: Loss }

// Text by hash never changes; one process runs few different scripts.
const texts = new Map<string, string>()
const worked = new WeakSet<Session>()

/**
 * Runs one stored script on a leased session and keeps all its streams as evidence, whatever came of it. A value that may
 * not be used is answered as an error record before anything is sent: no script is made of it.
 */
export async function runScript(how: Running, lease: Lease, run: ScriptRun): Promise<Answered> {
  const text = texts.get(run.hash) ?? (await storedScript(db(), run.hash)).text
  texts.set(run.hash, text)
  const scriptPath = await how.store.prepare(run.hash, text)
  const began = performance.now()
  const sessionWorkedBefore = worked.has(lease.session)
  const made = makeStepCall({ name: run.phase, text }, valueRulesOf(run.values), run.values)
  const outcome = made.ok
    ? await traced('ferry.script', { 'ferry.phase': run.phase, 'ferry.script': run.hash }, () =>
        lease.run({ scriptPath, values: made.call.values, deadlineMs: run.deadlineMs }),
      )
    : ({ kind: 'answered', answer: refusedAnswer(made.problems) } as const)
  const durationMs = performance.now() - began
  const answer = outcome.kind === 'answered' ? outcome.answer : null
  how.evidence.keep({
    phase: run.phase,
    scriptHash: run.hash,
    values: run.values,
    result: answer?.result ?? null,
    output: answer?.output ?? [],
    errors: answer?.errors ?? [],
    warnings: answer?.warnings ?? [],
    verbose: answer?.verbose ?? [],
    information: answer?.information ?? [],
    dropped: answer?.dropped ?? null,
    loss: outcome.kind === 'lost' ? `${outcome.loss.kind}: ${outcome.loss.message}` : null,
    durationMs,
  })
  if (outcome.kind === 'lost') return outcome
  if (made.ok && !outcome.answer.errors.some(error => error.terminating)) worked.add(lease.session)
  return { ...outcome, sessionWorkedBefore }
}
