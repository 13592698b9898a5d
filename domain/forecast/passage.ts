import type { StartTimes } from '../windows/may-start'
import { openStretches, type Stretch } from '../windows/open-time'

/** A wave at work: how many of its people are still on their way, and when something new of it may start. */
export type WaveAhead = { people: number; times: StartTimes }

/** When the last one is across at that pace, and how many do not start any more because their time is over. */
export type Passage = { at: Date; left: number }

/**
 * Takes the people of several waves across at one pace, which they share. Time in which nothing of a wave may start does not
 * count for it; the earlier wave goes first where two are open. Who has been started may end at any time, so the end of
 * a window cuts off starts only. Made once, it can be asked for many paces.
 */
export function passageOf(waves: readonly WaveAhead[], now: Date): (perMinute: number) => Passage {
  const calendars = waves.map(wave => openStretches(wave.times, now))
  return perMinute => {
    const left = waves.map(wave => wave.people)
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
      const needed = ((left[wave] ?? 0) / perMinute) * 60_000
      if (at + needed <= until) {
        at += needed
        left[wave] = 0
        end = at
      } else {
        left[wave] = (left[wave] ?? 0) - ((until - at) / 60_000) * perMinute
        at = until
      }
    }
    return { at: new Date(end), left: left.reduce((sum, people) => sum + people, 0) }
  }
}

/** When the next of these stretches begins or ends. */
function changes(stretches: readonly (Stretch | null)[], at: number): number {
  const moments = stretches.flatMap(one => (one ? [one.from.getTime(), one.to?.getTime() ?? Infinity] : []))
  return Math.min(...moments.filter(moment => moment > at), Infinity)
}
