import { behaviours } from '../failures/classes'
import { durationWords } from '../wording/duration'
import { type BreakerScope, type BreakerState, classOf } from './breaker'

export type BreakerFacts = {
  scope: BreakerScope
  targetId: string
  /** Name of the wave, credential or batch, where it has one. */
  name: string | null
  estate: string
  state: BreakerState
  probeInSeconds: number | null
  /** Harmed people now, and how many are allowed; for the scope `harmed` alone. */
  harmed: { people: number; cap: number } | null
}

/** What stands: “Passing fault on West”, “The pool pool01.contoso.example”. */
export function breakerTitle(facts: BreakerFacts): string {
  const what = facts.name ?? facts.targetId
  switch (facts.scope) {
    case 'errors': {
      const known = classOf(facts.targetId)
      return `${known ? behaviours[known].word : facts.targetId}, on all of ${facts.estate}`
    }
    case 'pool':
      return `The pool ${what}`
    case 'worker':
      return `The worker ${what}`
    case 'credential':
      return `The credential ${what}`
    case 'wave':
      return what
    case 'harmed':
      return facts.harmed
        ? `${facts.harmed.people} people of ${what} may be harmed, ${facts.harmed.cap} is the limit`
        : `People of ${what} may be harmed`
    default:
      return facts.scope satisfies never
  }
}

/** What makes it go on. */
export function breakerWayOn(facts: BreakerFacts): string {
  if (facts.scope === 'harmed')
    return 'It goes on by itself when fewer are harmed: unknown ones are read back meanwhile. Or a person closes it, having looked at them.'
  if (facts.state === 'half_open')
    return 'One person has begun. If that works, everything goes on; if not, the pause gets longer.'
  if (facts.probeInSeconds === null)
    return 'It does not go on by itself, since trying again would make it worse. A person closes it, after the cause is put right.'
  return facts.probeInSeconds <= 0
    ? 'The next person who is due is let through to see whether it has passed.'
    : `In ${durationWords(facts.probeInSeconds * 1000)} one person is let through to see whether it has passed. A person can close it earlier.`
}
