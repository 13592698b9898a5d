import type { StartTimes } from '../windows/may-start'
import { openStretches, type Stretch } from '../windows/open-time'
import { sum } from './sum'

/** When the last one is across, and about how many people do not start any more because their time is over. */
export type Passage = { at: Date; left: number }

/**
 * Takes several waves across, whose work is done on the same sessions. Time in which nothing of a wave may start does not count
 * for it; the earlier wave goes first where two are open. Who has been started may end at any time, so the end of a window
 * cuts off starts only. Made once, it can be asked for many amounts of work: milliseconds for each wave.
 */
export function passageOf(
  waves: readonly { people: number; times: StartTimes }[],
  now: Date,
): (workMs: readonly number[]) => Passage {
  const calendars = waves.map(wave => openStretches(wave.times, now))
  return workMs => {
    const left = waves.map((_, wave) => workMs[wave] ?? 0)
    const places = waves.map(() => 0)
    let at = now.getTime()
    let end = at
    for (;;) {
      const standing = calendars.map((calendar, wave) => {
        if ((left[wave] ?? 0) <= 0) return null
        for (;;) {
          const stretch = calendar.at(places[wave] ?? 0)
          if (!stretch || stretch.to === null || stretch.to.getTime() > at) return stretch
          places[wave] = (places[wave] ?? 0) + 1
        }
      })
      const ahead = standing.filter(one => one !== null)
      const wave = standing.findIndex(one => one !== null && one.from.getTime() <= at)
      if (wave === -1) {
        if (ahead.length === 0) break
        at = Math.min(...ahead.map(one => one.from.getTime()))
        continue
      }
      const until = changes(standing, at)
      const needed = left[wave] ?? 0
      if (at + needed <= until) {
        at += needed
        left[wave] = 0
        end = at
      } else {
        left[wave] = needed - (until - at)
        at = until
      }
    }
    const people = waves.map((wave, index) => {
      const all = workMs[index] ?? 0
      return all > 0 ? (wave.people * (left[index] ?? 0)) / all : 0
    })
    return { at: new Date(end), left: sum(people) }
  }
}

/** When the next of these stretches begins or ends. */
function changes(stretches: readonly (Stretch | null)[], at: number): number {
  const moments = stretches.flatMap(one => (one ? [one.from.getTime(), one.to?.getTime() ?? Infinity] : []))
  return Math.min(...moments.filter(moment => moment > at), Infinity)
}
