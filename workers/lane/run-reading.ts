import type { ReadbackOutcome, ReadinessOutcome } from '@/server/commands/attempt-outcome'
import type { Work } from '@/server/commands/begin-attempt'
import type { Heeded } from '@/server/commands/heed-failure'
import type { Lease } from '@/workers/powershell/session-pool'
import { failureOfLoss, heededOf } from './failure-of'
import { judged } from './judged'
import { type Running, runScript } from './run-script'
import { reasonSentence } from './verdict'

/** Reads the state after an unknown outcome: the step's own probe, and nothing but it (rule 1). */
export async function runReadback(work: Work, lease: Lease, how: Running): Promise<ReadbackOutcome> {
  const seen = await probe(work, lease, how)
  if (!seen.result) return { said: 'failed', reason: seen.why, facts: null, failure: seen.failure }
  const { state, reason, facts } = seen.result
  switch (state) {
    case 'done':
    case 'needed':
    case 'blocked':
    case 'unknown':
      return { said: state, reason: reasonSentence(reason), facts }
    default:
      return { said: 'failed', reason: `The probe answered ${state}, which is not an answer.`, facts }
  }
}

/** Reads a person on the estate before planning. */
export async function runReadiness(work: Work, lease: Lease, how: Running): Promise<ReadinessOutcome> {
  const seen = await probe(work, lease, how)
  if (!seen.result) return { kind: 'unread', reason: seen.why, failure: seen.failure }
  const { state, reason, facts } = seen.result
  const codes = typeof facts.codes === 'string' ? facts.codes.split(',').filter(code => code !== '') : []
  return { kind: 'read', codes, facts: { ...facts, state, reason: reasonSentence(reason) } }
}

type Seen = {
  result: { state: string; reason: string; facts: Record<string, string | number | boolean | null> } | null
  why: string
  failure: Heeded | null
}

async function probe(work: Work, lease: Lease, how: Running): Promise<Seen> {
  if (!work.scripts.probe) return { result: null, why: 'There is no probe.', failure: null }
  const outcome = await runScript(how, lease, {
    phase: 'probe',
    hash: work.scripts.probe,
    values: work.values,
    deadlineMs: work.probeDeadlineMs,
  })
  if (outcome.kind === 'lost')
    return {
      result: null,
      why: outcome.loss.message,
      failure: heededOf(failureOfLoss(outcome.loss, 'probe')),
    }
  const failure = await judged(outcome, 'probe', lease, null)
  if (!failure) return { result: outcome.answer.result, why: 'The probe put out no result.', failure: null }
  return { result: null, why: failure.reason, failure: heededOf(failure) }
}
