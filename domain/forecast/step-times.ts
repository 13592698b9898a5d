import { sum } from './sum'

/** One try at a person's step, on one session. */
export type MeasuredAttempt = {
  session: string
  startedAt: Date
  endedAt: Date
  /** Whether the person was through the step with it. */
  through: boolean
}

/** How long something took lately, in seconds; eight of ten times it lay between `low` and `high`. */
export type Took = { low: number; middle: number; high: number }

/** What a step costs: one session's time for each person who gets through, and how many sessions worked at once. */
export type StepTimes = Took & { sessions: number }

/** Eight of ten outcomes lie within so many standard errors of the middle. */
export const EIGHT_OF_TEN = 1.2816
/** The range is never closer than this share of its middle: what was measured lately changes. */
const LEAST_SPREAD = 0.1
/** Nor wider than this share on its early side: nothing is done before it has begun. */
export const MOST_EARLIER = 0.9
/** Of a few tries nobody knows how much they vary; so much, as a share, is taken at least. */
const LEAST_VARIATION = 0.5
/** A past pace is that of so many tries in a row. */
const PACE_OF = 10
/** A session that takes nobody up for longer than this has nothing to do; a shorter gap belongs to the step before it. */
const TURN_MS = 2_000

/**
 * What a step costs by its latest attempts, in any order. Tries that led nowhere are paid by those who got through. The range
 * is that of the paces in the past, and wider where there were few. Null where nobody got through.
 */
export function stepTimes(attempts: readonly MeasuredAttempt[]): StepTimes | null {
  const tries = cycles(attempts)
  const through = tries.filter(one => one.through).length
  if (through === 0) return null
  const middle = sum(tries.map(one => one.seconds)) / through
  const paces: number[] = []
  for (let from = 0; from + PACE_OF <= tries.length; from += PACE_OF) {
    const some = tries.slice(from, from + PACE_OF)
    const got = some.filter(one => one.through).length
    if (got > 0) paces.push(sum(some.map(one => one.seconds)) / got)
  }
  const took = around(
    middle,
    paces,
    tries.map(one => one.seconds),
  )
  return { ...took, sessions: atOnce(attempts) }
}

/** How long something that happens once for a wave took lately, by its durations in seconds; null without any. */
export function waitTimes(seconds: readonly number[]): Took | null {
  if (seconds.length === 0) return null
  return around(quantile(seconds, 0.5), seconds, seconds)
}

/** The range of past paces around their middle, and what so few tries leave open. */
function around(middle: number, paces: readonly number[], tries: readonly number[]): Took {
  const mean = sum(tries) / tries.length
  const variance = sum(tries.map(one => (one - mean) ** 2)) / tries.length
  const variation = Math.max(LEAST_VARIATION, mean > 0 ? Math.sqrt(variance) / mean : 0)
  const open = Math.max(LEAST_SPREAD, (EIGHT_OF_TEN * variation) / Math.sqrt(tries.length))
  const low = paces.length > 0 ? quantile(paces, 0.1) : middle
  const high = paces.length > 0 ? quantile(paces, 0.9) : middle
  return {
    low: Math.max(middle * (1 - MOST_EARLIER), Math.min(low, middle * (1 - open))),
    middle,
    high: Math.max(high, middle * (1 + open)),
  }
}

/** Each attempt with the short turn until its session takes up the next, oldest end first. */
function cycles(attempts: readonly MeasuredAttempt[]): { seconds: number; through: boolean }[] {
  const next = new Map<string, number>()
  return attempts
    .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
    .map(({ session, startedAt, endedAt, through }) => {
      const after = next.get(session)
      next.set(session, startedAt.getTime())
      const turn = after === undefined ? 0 : after - endedAt.getTime()
      // One whose end is still written while the next has begun has no turn, and is not counted twice.
      const until = turn <= TURN_MS ? endedAt.getTime() + turn : endedAt.getTime()
      return { seconds: Math.max(0, until - startedAt.getTime()) / 1_000, through, endedAt }
    })
    .toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime())
}

/** The most sessions that worked at one moment. */
function atOnce(attempts: readonly MeasuredAttempt[]): number {
  const moments = attempts.flatMap(({ session, startedAt, endedAt }) => [
    { at: startedAt.getTime(), session, begins: true },
    { at: endedAt.getTime(), session, begins: false },
  ])
  // Who ends at the moment at which another begins was not at work with them.
  moments.sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins))
  const working = new Map<string, number>()
  let most = 0
  for (const { session, begins } of moments) {
    const now = (working.get(session) ?? 0) + (begins ? 1 : -1)
    if (now > 0) working.set(session, now)
    else working.delete(session)
    most = Math.max(most, working.size)
  }
  return most
}

/** Between the two numbers on either side of the share, by how near it is to each. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}
