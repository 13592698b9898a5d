import type { Facts, RunOutcome } from '@/server/commands/attempt-outcome'

/** The code in front of a step script's reason: `not-synced: the cloud …` has `not-synced`. */
export const reasonCode = (reason: string): string => /^([a-z0-9-]+):/.exec(reason)?.[1] ?? 'unnamed'

/** The sentence behind the code, as people read it. */
export function reasonSentence(reason: string): string {
  const sentence = reason.replace(/^[a-z0-9-]+:\s*/, '')
  return sentence === '' ? reason : sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** A probe's `blocked`: a person has to look, and everybody blocked by the same code is one cluster. */
export const blockedBy = (reason: string, before: Facts | null): RunOutcome => ({
  kind: 'blocked',
  reason: reasonSentence(reason),
  errorClass: 'PRECONDITION',
  signature: `probe:${reasonCode(reason)}`,
  before,
})
