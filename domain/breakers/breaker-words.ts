import { behaviours } from '../failures/classes'
import { durationWords } from '../wording/duration'
import { type BreakerScope, type BreakerState, classOf } from './breaker'

/** `noted` are those whom a person took note of when closing it; they do not count against the cap. */
export type Harmed = { people: number; cap: number; noted: number }

export type BreakerFacts = {
  scope: BreakerScope
  targetId: string
  /** Name of the wave, credential or batch, where it has one. */
  name: string | null
  estate: string
  state: BreakerState
  probeInSeconds: number | null
  /** Harmed people now, and how many are allowed; for the scope `harmed` alone. */
  harmed: Harmed | null
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
      return facts.harmed ? harmedTitle(facts.harmed, what) : `People of ${what} may be harmed`
    default:
      return facts.scope satisfies never
  }
}

/**
 * “12 people of West may be harmed, 2 above the limit of 10”. How they came to be above it is not said: work that was under way when
 * it was reached still ends, and a limit can have been lowered since.
 */
function harmedTitle({ people, cap, noted }: Harmed, batch: string): string {
  const over = people - noted - cap
  const known = noted > 0 ? ` (${noted} of them were taken note of)` : ''
  const limit = over > 0 ? `${over} above the limit of ${cap}` : `${cap} is the limit`
  return `${people === 1 ? '1 person' : `${people} people`} of ${batch} may be harmed${known}, ${limit}`
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
