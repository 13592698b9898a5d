import type { Opening } from '../windows/change-window'
import { type MayStart, mayStart, type StartTimes } from '../windows/may-start'
import { openStretches, pauseAfter } from '../windows/open-time'
import { EIGHT_OF_TEN, type Pace, paceOf } from './pace'
import { passageOf, type WaveAhead } from './passage'

/** When the rest will be across, judged by the latest pace: the range holds eight times of ten. */
export type FinishForecast = { from: Date; middle: Date; to: Date }

/** The last moment at which something of a wave may start: its cut-off, or the last closing of its window. */
export type LastStart = { at: Date; is: 'cut-off' | 'window' }

export type Outlook = {
  /** Null where too little was verified to say anything, and where not everybody can start before the end. */
  forecast: FinishForecast | null
  /** People of waves of which nothing starts any more by itself. */
  stranded: { people: number; by: LastStart['is']; since: Date | null } | null
  /** Why and until when nothing may start now; null where something may, or nothing does any more. */
  shut: { because: 'window' | 'blackout'; until: Date } | null
  /** The next time in which nothing may start, where the work will probably run into it. */
  pause: Opening | null
  /** The first moment after which nothing of a wave at work starts any more; null where none is set. */
  last: LastStart | null
  /** How likely that comes too early (0 to 1), and about how many people would then not start. Null without a pace or a last start. */
  missed: { share: number; people: number } | null
}

/**
 * How the waves at work will go on: the pace of the latest minutes, spent in the time in which something may start. The range
 * leaves cut-offs aside, since a later cut-off lets it go on; `missed` says what they cost. Null where nobody is on their way.
 */
export function outlook(
  perMinute: readonly number[],
  waves: readonly WaveAhead[],
  now: Date,
): Outlook | null {
  const ahead = waves.filter(wave => wave.people > 0)
  if (ahead.length === 0) return null
  const over = ahead.filter(wave => isOver(mayStart(wave.times, now)))
  const able = ahead.filter(wave => !over.includes(wave))
  const pace = able.length > 0 ? paceOf(perMinute) : null
  const forecast = pace && rangeOf(pace, able, now)
  const pauses = able.flatMap(wave => pauseAfter(withoutCutOff(wave.times), now) ?? [])
  const pause = earliest(pauses, one => one.from)
  const ends = able.flatMap(wave => lastStart(wave.times, now) ?? [])
  return {
    forecast,
    stranded: strandedOf(over, now),
    shut: shutNow(able, now),
    pause: pause && forecast && pause.from < forecast.middle ? pause : null,
    last: earliest(ends, one => one.at),
    missed: pace && ends.length > 0 ? missOf(pace, able, now) : null,
  }
}

/** Whether the batch will probably leave somebody behind whose time is over. */
export const willMiss = (seen: Outlook | null): boolean =>
  seen !== null && (seen.stranded !== null || (seen.missed?.share ?? 0) > 0.5)

const isOver = (may: MayStart): boolean => !may.open && may.until === null

const withoutCutOff = (times: StartTimes): StartTimes => ({ ...times, cutOffAt: null })

function rangeOf(pace: Pace, waves: readonly WaveAhead[], now: Date): FinishForecast | null {
  const passage = passageOf(
    waves.map(wave => ({ ...wave, times: withoutCutOff(wave.times) })),
    now,
  )
  const spread = Math.min(0.9, EIGHT_OF_TEN * pace.error)
  const [from, middle, to] = [1 + spread, 1, 1 - spread].map(share => passage(pace.perMinute * share))
  if (!from || !middle || !to || to.left > 0) return null
  return { from: from.at, middle: middle.at, to: to.at }
}

/** Only where nothing of any of them may start: as long as one is open the work goes on. */
function shutNow(waves: readonly WaveAhead[], now: Date): Outlook['shut'] {
  const closed = waves.flatMap(wave => {
    const may = mayStart(wave.times, now)
    return may.open ? [] : [may]
  })
  if (closed.length < waves.length) return null
  const coming = closed.flatMap(({ because, until }) =>
    until && (because === 'window' || because === 'blackout') ? [{ because, until }] : [],
  )
  return earliest(coming, one => one.until)
}

function strandedOf(over: readonly WaveAhead[], now: Date): Outlook['stranded'] {
  if (over.length === 0) return null
  const past = over.flatMap(({ times }) => (times.cutOffAt && times.cutOffAt <= now ? [times.cutOffAt] : []))
  return {
    people: over.reduce((sum, wave) => sum + wave.people, 0),
    by: past.length > 0 ? 'cut-off' : 'window',
    since: earliest(past, one => one),
  }
}

function lastStart(times: StartTimes, now: Date): LastStart | null {
  const { cutOffAt, window } = times
  if (!window?.lastDay) return cutOffAt && { at: cutOffAt, is: 'cut-off' }
  const stretches = openStretches(times, now)
  let closing: Date | null = null
  for (let index = 0; ; index++) {
    const stretch = stretches.at(index)
    if (!stretch) break
    closing = stretch.to
  }
  if (cutOffAt && (!closing || closing >= cutOffAt)) return { at: cutOffAt, is: 'cut-off' }
  return closing && { at: closing, is: 'window' }
}

/** The pace that would be needed is looked for by halving: more pace never leaves more people behind. */
function missOf(pace: Pace, waves: readonly WaveAhead[], now: Date): { share: number; people: number } {
  const passage = passageOf(waves, now)
  const leaves = (perMinute: number) => passage(perMinute).left > 1e-6
  const total = waves.reduce((sum, wave) => sum + wave.people, 0)
  // Nobody takes everybody across within a second; who would have to has no time left.
  let enough = total * 60
  if (leaves(enough)) return { share: 1, people: Math.round(passage(pace.perMinute).left) }
  let tooLittle = 0
  for (let step = 0; step < 50; step++) {
    const between = (enough + tooLittle) / 2
    if (leaves(between)) tooLittle = between
    else enough = between
  }
  const share = normalShare((enough - pace.perMinute) / (pace.perMinute * pace.error))
  const slow = pace.perMinute * (1 - pace.error * (share > 0.5 ? 0 : EIGHT_OF_TEN))
  return { share, people: Math.max(1, Math.round(passage(slow).left)) }
}

function earliest<T>(all: readonly T[], when: (one: T) => Date): T | null {
  return all.reduce<T | null>((first, one) => (first && when(first) <= when(one) ? first : one), null)
}

/** The share of a normal distribution below z: Abramowitz and Stegun 26.2.17, good to seven digits. */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}
