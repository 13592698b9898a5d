import type { Opening } from './change-window'
import { mayStart, type StartTimes } from './may-start'

/** More stretches of open time than this are nobody's wave: a year of nights. */
const MOST_STRETCHES = 400

/** A stretch of time in which something new may start; without an end where none is known. */
export type Stretch = { from: Date; to: Date | null }

/**
 * The stretches in which something new may start, from a moment on, each asked for when it is needed: the nights of a
 * change window without barred days, up to the cut-off. `at(index)` is null behind the last one.
 */
export function openStretches(times: StartTimes, now: Date): { at: (index: number) => Stretch | null } {
  const found: Stretch[] = []
  let next: Date | null = now
  return {
    at: index => {
      while (found.length <= index && next && found.length < MOST_STRETCHES) {
        const may = mayStart(times, next)
        if (may.open) found.push({ from: next, to: may.until })
        next = may.until
      }
      return found[index] ?? null
    },
  }
}

/** The time between the stretch that holds a moment and the next one; null where it is open on without an end, or for good over. */
export function pauseAfter(times: StartTimes, now: Date): Opening | null {
  const stretches = openStretches(times, now)
  const first = stretches.at(0)
  const second = stretches.at(1)
  return first?.to && second && second.from > first.to ? { from: first.to, to: second.from } : null
}
