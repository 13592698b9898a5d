import { setTimeout as sleep } from 'node:timers/promises'
import { behaviours, type FailureClass } from '@/domain/failures/classes'
import { askSignInTurn, endSignInTurn, type SignInEnd } from '@/server/commands/sign-in-turn'
import type { LaneSettings } from '@/server/queries/lane-settings'
import type { RunOutcome, Session } from '../powershell/session'
import { failureOf } from './failure-of'
import { reasonSentence } from './verdict'

/** No session came of it, and why; said to people on the lane or beside the worker, not again here. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn'
  constructor(
    message: string,
    /** Milliseconds until another try makes sense; null where something has to be put right first. */
    readonly againMs: number | null,
  ) {
    super(message)
  }
}

export type SignIn = {
  readonly lane: LaneSettings
  readonly scriptPath: string
  /** Name of the vault that has the secret; empty where it is in the shell's environment. */
  readonly vault: string
  /** The vault was asked and has no such secret. */
  readonly onMissing: (why: string) => void
  readonly stopping: AbortSignal
}

/** Connect-MicrosoftTeams loads a large module and asks several services; a prompt that nobody sees never ends. */
const deadlineMs = 120_000
const turnSeconds = deadlineMs / 1000 + 60
/** Longer than this no shell is kept waiting for its turn. */
const patienceMs = 15_000

/**
 * Signs a new session in, when it is this session's turn. Nothing of what the shell wrote is kept, since nobody can know
 * what a module says about a sign-in: of an error remain what the catalogue calls it, or its type and id.
 * @throws NotSignedIn
 */
export async function signIn(session: Session, { lane, ...how }: SignIn): Promise<void> {
  const until = await turnFor(lane, how.stopping)
  const turn = { credentialId: lane.credentialId, until, estateKind: lane.estateKind }
  let end: SignInEnd = { kind: 'not-tried' }
  try {
    const outcome = await session.run({
      scriptPath: how.scriptPath,
      values: { Credential: lane.credential, Vault: how.vault },
      deadlineMs,
      // A slow sign-in says nothing about the calls that follow.
      softDeadlineMs: deadlineMs,
    })
    const missing = missingIn(outcome)
    if (missing !== null) {
      how.onMissing(missing)
      throw new NotSignedIn(missing, null)
    }
    end = endOf(outcome, lane)
  } finally {
    await endSignInTurn(turn, end)
  }
  if (end.kind === 'passing') throw new NotSignedIn(end.reason, 1_000)
  if (end.kind === 'refused') throw new NotSignedIn(end.reason, null)
}

async function turnFor(lane: LaneSettings, stopping: AbortSignal): Promise<Date> {
  for (let waited = 0; !stopping.aborted; ) {
    const turn = await askSignInTurn(lane.credentialId, turnSeconds)
    if (turn.kind === 'given') return turn.until
    if (turn.kind === 'stopped') throw lanesStand(lane.credential)
    if (waited >= patienceMs) throw new NotSignedIn('Another session signs in just now.', 5_000)
    const ms = Math.min(250, turn.ms + 10)
    await sleep(ms)
    waited += ms
  }
  throw new NotSignedIn('The worker stops.', null)
}

export const lanesStand = (credential: string): NotSignedIn =>
  new NotSignedIn(`The lanes of ${credential} are stopped.`, null)

/** What the vault said, where the secret is not in it and nothing was tried. */
function missingIn(outcome: RunOutcome): string | null {
  const result = outcome.kind === 'answered' ? outcome.answer.result : null
  return result?.state === 'no-secret' ? reasonSentence(result.reason) : null
}

const passing: readonly FailureClass[] = ['TRANSIENT', 'THROTTLED', 'BUSY', 'SESSION_LOST']

function endOf(outcome: RunOutcome, lane: LaneSettings): SignInEnd {
  const say = (what: string) => `The sign-in with ${lane.credential} failed: ${what}`
  if (outcome.kind === 'lost')
    return outcome.loss.kind === 'timeout'
      ? { kind: 'refused', reason: say(`it did not end within ${deadlineMs / 1000} s.`) }
      : {
          kind: 'passing',
          reason: say('the shell was lost.'),
          delaysSeconds: behaviours.SESSION_LOST.delaysSeconds,
        }
  const failure = failureOf(outcome.answer, 'probe')
  if (!failure)
    return outcome.answer.result?.state === 'signed-in'
      ? { kind: 'signed-in' }
      : { kind: 'refused', reason: say('its script put out no result.') }
  if (passing.includes(failure.class))
    return { kind: 'passing', reason: say(failure.title), delaysSeconds: failure.delaysSeconds }
  const error = outcome.answer.errors.find(one => one.terminating) ?? outcome.answer.errors[0]
  const what =
    failure.class === 'NEEDS_PERSON'
      ? `with an error that nobody has described (${error?.exceptions[0]?.type ?? 'no type'}, ${error?.id ?? 'no id'}). Its text is not kept: call Connect-MicrosoftTeams by hand to read it`
      : failure.title
  const sentence = /[.!?]$/.test(what) ? what : `${what}.`
  return {
    kind: 'refused',
    reason: `${say(sentence)} It is not tried again by itself, so that the account is not locked.`,
  }
}
