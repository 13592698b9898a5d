import { MOST_EARLIER, type StepTimes, type Took } from './step-times'
import { sum } from './sum'

/** A step that somebody of a wave has still before them. */
export type StepAhead =
  | {
      kind: 'item'
      key: string
      /** People who have not begun it, and those who are at it. */
      waiting: number
      running: number
      times: StepTimes | null
      /** Sessions that may work on it at once for this wave; may be a share of one. */
      sessions: number
    }
  | {
      kind: 'wave'
      key: string
      /** For how long the wave has been at it, in seconds; 0 where it has not come there. */
      sinceSeconds: number
      times: Took | null
    }

/** Time that work takes while something may start: eight times of ten not less than `earlier` less, nor than `later` more. */
export type Work = { ms: number; earlierMs: number; laterMs: number }

/** What a wave has before it: its own work, and the steps done once for it, which waves at work share. */
export type WaveWork = {
  own: Work
  shared: Work
  /** Keys of steps ahead that were never measured on this estate; where there are any, nothing can be said. */
  unmeasured: string[]
}

const NONE: Work = { ms: 0, earlierMs: 0, laterMs: 0 }

/**
 * The work that a wave has before it, out of what its steps took lately. Steps come one after the other; their spreads add up
 * like independent errors. More people never take less time, and more sessions never more.
 */
export function workAhead(steps: readonly StepAhead[]): WaveWork {
  const ahead = steps.filter(step => step.kind === 'wave' || step.waiting + step.running > 0)
  let [own, shared] = [NONE, NONE]
  const unmeasured: string[] = []
  for (const step of ahead)
    if (step.times === null) unmeasured.push(step.key)
    else if (step.kind === 'item') own = together([own, peopleAt(step, step.times)])
    else shared = together([shared, rest(step.sinceSeconds, step.times)])
  return { own, shared, unmeasured }
}

/** One after the other. */
export const together = (works: readonly Work[]): Work => ({
  ms: sum(works.map(work => work.ms)),
  earlierMs: Math.hypot(...works.map(work => work.earlierMs)),
  laterMs: Math.hypot(...works.map(work => work.laterMs)),
})

/** Who is at a step has half of it before them, on the average; and nobody is through sooner than one session takes. */
function peopleAt(step: Extract<StepAhead, { kind: 'item' }>, times: StepTimes): Work {
  const people = step.waiting + step.running / 2
  const atLeast = step.waiting > 0 ? 1 : 0.5
  const turns = Math.max(atLeast, people / step.sessions)
  const ms = turns * times.middle * 1_000
  // The last ones end at any time within their turn.
  const last = (times.middle / 2) * 1_000
  const share = (bound: number) => (times.middle > 0 ? Math.abs(bound - times.middle) / times.middle : 0)
  return {
    ms,
    earlierMs: Math.min(ms, Math.hypot(ms * Math.min(MOST_EARLIER, share(times.low)), last)),
    laterMs: Math.hypot(ms * share(times.high), last),
  }
}

/** What is left of something that has begun; once it has taken longer than ever, it may end at any moment. */
function rest(sinceSeconds: number, times: Took): Work {
  const left = (seconds: number) => Math.max(0, seconds - sinceSeconds) * 1_000
  const ms = left(times.middle)
  return { ms, earlierMs: ms - left(times.low), laterMs: left(times.high) - ms }
}
