import { setTimeout as sleep } from 'node:timers/promises'
import type { Facts, MetFailure, RunOutcome } from '@/server/commands/attempt-outcome'
import type { Work } from '@/server/commands/begin-attempt'
import type { StepResult } from '@/workers/powershell/answer'
import type { Lease } from '@/workers/powershell/session-pool'
import { afterFailure } from './after-failure'
import { failureOfLoss, metOf, type StepFailure } from './failure-of'
import { judged } from './judged'
import { runScript } from './run-script'
import { reasonSentence } from './verdict'
import type { WorkContext } from './work-context'

/** A change that was sent and answered. */
export type SentChange = {
  work: Work
  lease: Lease
  /** Hash of the script that reads back. */
  verify: string
  before: Facts | null
  context: WorkContext
  /** When the work began, by `performance.now()`. */
  startedMs: number
}

/** A pause that a service asks for is waited for on the spot where it is no longer than this; a longer one leaves the end unknown. */
const PATIENCE_MS = 15_000

/**
 * Reads the wanted state back, a few times, since directories take a moment; what is not seen is unknown. A reading that
 * was refused is not asked again: that could lock the account.
 */
export async function readBack(change: SentChange): Promise<RunOutcome> {
  const pauses = change.context.estateKind === 'lab' ? [300, 700] : [5_000, 15_000]
  const met = new Map<string, MetFailure>()
  for (let count = 0; ; count++) {
    const { result, failure, lost } = await look(change)
    if (failure) met.set(failure.signature, metOf(failure))
    if (result?.state === 'done')
      return done(change, result, reasonSentence(result.reason), [...met.values()])
    const pause = failure ? pauseAfter(failure, pauses[count]) : pauses[count]
    if (pause === undefined)
      return unseen(change, whyUnseen({ result, failure, lost }), null, [...met.values()])
    await sleep(pause)
  }
}

/** An error of the change says that it failed, not that nothing happened: the state is read before anything is said. */
export async function afterApplyFailure(failure: StepFailure, change: SentChange): Promise<RunOutcome> {
  const own = metOf(failure)
  if (failure.class === 'UNKNOWN_OUTCOME' || failure.class === 'SESSION_LOST')
    return unseen(change, failure.reason, own, [])
  if (failure.askedSeconds) await sleep(Math.min(PATIENCE_MS, failure.askedSeconds * 1000))
  const { result, failure: second } = await look(change)
  if (!result) {
    const why = second ? `could not be read afterwards: ${second.reason}` : 'could not be read afterwards.'
    return unseen(change, `${failure.reason} The state ${why}`, own, second ? [metOf(second)] : [])
  }
  if (result.state === 'done')
    return done(change, result, `${failure.reason} Reading back shows the wanted state all the same.`, [own])
  return afterFailure(failure, change.before, change.context)
}

type Look = { result: StepResult | null; failure: StepFailure | null; lost: boolean }

async function look({ work, lease, verify, context }: SentChange): Promise<Look> {
  const seen = await runScript(context, lease, {
    phase: 'verify',
    hash: verify,
    values: work.values,
    deadlineMs: work.probeDeadlineMs,
  })
  if (seen.kind === 'lost') return { result: null, failure: failureOfLoss(seen.loss, 'verify'), lost: true }
  const failure = await judged(seen, 'verify', lease, 0)
  return { result: failure ? null : seen.answer.result, failure, lost: false }
}

/** Milliseconds until the next look after one that failed; undefined where another one would be no better, or do harm. */
function pauseAfter(failure: StepFailure, usual: number | undefined): number | undefined {
  switch (failure.class) {
    case 'AUTH':
    case 'FATAL':
    case 'SESSION_LOST':
    case 'UNKNOWN_OUTCOME':
      return undefined
    case 'THROTTLED': {
      const asked = failure.askedSeconds ? failure.askedSeconds * 1000 : Number.POSITIVE_INFINITY
      return usual === undefined || asked > PATIENCE_MS ? undefined : Math.max(usual, asked)
    }
    case 'TRANSIENT':
    case 'BUSY':
    case 'PRECONDITION':
    case 'NEEDS_PERSON':
    case 'ALREADY_DONE':
      return usual
    default:
      return failure.class satisfies never
  }
}

function whyUnseen({ result, failure, lost }: Look): string {
  if (lost) return `The shell was lost while reading back: ${failure?.reason ?? ''}`
  if (failure) return `The change ended without an error, but it could not be read back: ${failure.reason}`
  const what = reasonSentence(result?.reason ?? 'the reading put out no result.')
  return `The change ended without an error, but reading back does not show it: ${what}`
}

function done(
  { before, startedMs }: SentChange,
  result: StepResult,
  reason: string,
  met: readonly MetFailure[],
): RunOutcome {
  const seconds = (performance.now() - startedMs) / 1000
  return { kind: 'done', reason, before, after: result.facts, seconds, met }
}

/**
 * The change began and its end was not seen. Where a script cannot be run at all, that is what remains once the state is
 * read as before: sending it again would end the same way.
 */
function unseen(
  { before }: SentChange,
  reason: string,
  own: MetFailure | null,
  met: readonly MetFailure[],
): RunOutcome {
  const all = own ? [own, ...met] : met
  const failure = all.find(one => one.errorClass === 'FATAL') ?? own
  return { kind: 'unknown', reason, before, failure, met: all.filter(one => one !== failure) }
}
