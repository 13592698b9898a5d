import { type ChangeWindow, dayAfter, openingAt, startOfDay } from './change-window'

/** Days on which nothing new starts, with both ends, in the estate's zone. */
export type Blackout = { firstDay: string; lastDay: string; reason: string }

export type StartTimes = {
  window: ChangeWindow | null
  cutOffAt: Date | null
  blackouts: readonly Blackout[]
  estateZone: string
}

/**
 * Whether something new may start at this moment, and until when; or why not, and from when on it may be. `until` is null
 * where no time is known: no end is set, or it does not open any more by itself.
 */
export type MayStart =
  | { open: true; until: Date | null }
  | {
      open: false
      because: 'cut-off' | 'blackout' | 'window' | 'window-over'
      reason: string | null
      until: Date | null
    }

/** Windows, days that are barred, and the cut-off, judged for one moment. What runs is never asked: it may end. */
export function mayStart(times: StartTimes, now: Date): MayStart {
  if (times.cutOffAt && now >= times.cutOffAt)
    return { open: false, because: 'cut-off', reason: null, until: null }
  const bars = times.blackouts.map(blackout => ({
    from: startOfDay(blackout.firstDay, times.estateZone),
    to: startOfDay(dayAfter(blackout.lastDay), times.estateZone),
    reason: blackout.reason,
  }))
  const bar = bars.find(one => one.from <= now && now < one.to)
  if (bar) {
    const on = nextStart(times, bars, bar.to)
    return { open: false, because: 'blackout', reason: bar.reason, until: on }
  }
  const ends: Date[] = bars.filter(one => one.from > now).map(one => one.from)
  if (times.cutOffAt) ends.push(times.cutOffAt)
  if (times.window) {
    const opening = openingAt(times.window, now)
    if (!opening) return { open: false, because: 'window-over', reason: null, until: null }
    if (opening.from > now)
      return { open: false, because: 'window', reason: null, until: nextStart(times, bars, opening.from) }
    ends.push(opening.to)
  }
  return { open: true, until: ends.length > 0 ? new Date(Math.min(...ends.map(Number))) : null }
}

/** The first moment from `from` on that lies in the window and on no barred day; null where there is none. */
function nextStart(times: StartTimes, bars: readonly { from: Date; to: Date }[], from: Date): Date | null {
  let at = from
  // Each round passes one barred time or one opening; more than this is nobody's calendar.
  for (let round = 0; round < 200; round++) {
    if (times.cutOffAt && at >= times.cutOffAt) return null
    const bar = bars.find(one => one.from <= at && at < one.to)
    if (bar) {
      at = bar.to
      continue
    }
    const opening = times.window ? openingAt(times.window, at) : null
    if (times.window && !opening) return null
    if (!opening || opening.from <= at) return at
    at = opening.from
  }
  return null
}
