import type { Opening } from '../windows/change-window'
import { type MayStart, mayStart, type StartTimes } from '../windows/may-start'
import { openStretches, pauseAfter } from '../windows/open-time'
import { passageOf } from './passage'
import { EIGHT_OF_TEN } from './step-times'
import { sum } from './sum'
import { together, type WaveWork } from './work-ahead'

/** A wave at work: how many of its people are still on their way, what they have before them, and when something new may start. */
export type WaveAhead = {
  people: number
  times: StartTimes
  work: WaveWork
  /** How many approvals it still has to wait for. */
  approvals: number
}

/** When the rest will be across, judged by what steps took lately: the range holds eight times of ten. */
export type FinishForecast = { from: Date; middle: Date; to: Date }

/** The last moment at which something of a wave may start: its cut-off, or the last closing of its window. */
export type LastStart = { at: Date; is: 'cut-off' | 'window' }

export type Outlook = {
  /** Null where a step ahead was never measured, and where not everybody can start before the end. */
  forecast: FinishForecast | null
  /** Keys of steps ahead that were never measured on this estate. */
  unmeasured: readonly string[]
  /** Whether an approval is still to be waited for, which nobody can forecast: the forecast is without that wait. */
  approvals: boolean
  /** People of waves of which nothing starts any more by itself. */
  stranded: { people: number; by: LastStart['is']; since: Date | null } | null
  /** Why and until when nothing may start now; null where something may, or nothing does any more. */
  shut: { because: 'window' | 'blackout'; until: Date } | null
  /** The next time in which nothing may start, where the work will probably run into it. */
  pause: Opening | null
  /** The first moment after which nothing of a wave at work starts any more; null where none is set. */
  last: LastStart | null
  /** How likely that comes too early (0 to 1), and about how many people would then not start. Null without a forecast or a last start. */
  missed: { share: number; people: number } | null
}

/**
 * How the waves at work will go on: the work they have before them, done in the time in which something may start. The range
 * leaves cut-offs aside, since a later cut-off lets it go on; `missed` says what they cost. Null where nobody is on their way.
 */
export function outlook(waves: readonly WaveAhead[], now: Date): Outlook | null {
  const ahead = waves.filter(wave => wave.people > 0)
  if (ahead.length === 0) return null
  const over = ahead.filter(wave => isOver(mayStart(wave.times, now)))
  const able = ahead.filter(wave => !over.includes(wave))
  const unmeasured = [...new Set(able.flatMap(wave => wave.work.unmeasured))]
  const workAt = able.length > 0 && unmeasured.length === 0 ? workOf(able) : null
  const forecast = workAt && rangeOf(workAt, able, now)
  const pauses = able.flatMap(wave => pauseAfter(withoutCutOff(wave.times), now) ?? [])
  const pause = earliest(pauses, one => one.from)
  const ends = able.flatMap(wave => lastStart(wave.times, now) ?? [])
  return {
    forecast,
    unmeasured,
    approvals: able.some(wave => wave.approvals > 0),
    stranded: strandedOf(over, now),
    shut: shutNow(able, now),
    pause: pause && forecast && pause.from < forecast.middle ? pause : null,
    last: earliest(ends, one => one.at),
    missed: workAt && ends.length > 0 ? missOf(workAt, able, now) : null,
  }
}

/** Whether the batch will probably leave somebody behind whose time is over. */
export const willMiss = (seen: Outlook | null): boolean =>
  seen !== null && (seen.stranded !== null || (seen.missed?.share ?? 0) > 0.5)

const isOver = (may: MayStart): boolean => !may.open && may.until === null

const withoutCutOff = (times: StartTimes): StartTimes => ({ ...times, cutOffAt: null })

/**
 * The work of each wave in ms by how well things go: at -1 and 1 the bounds between which eight of ten outcomes lie, at 0 the
 * middle. A step that is done once for a wave is shared by those that come to it, so only the longest wait counts.
 */
type WorkAt = (luck: number) => number[]

function workOf(waves: readonly WaveAhead[]): WorkAt {
  const longest = Math.max(...waves.map(({ work }) => work.shared.ms + work.shared.laterMs))
  const waiting = waves.findIndex(({ work }) => work.shared.ms + work.shared.laterMs === longest)
  const works = waves.map(({ work }, wave) =>
    wave === waiting ? together([work.own, work.shared]) : work.own,
  )
  const all = together(works)
  // Errors of several waves cancel out in part; each has its share of what remains.
  const share = (whole: number, parts: number) => (parts > 0 ? whole / parts : 0)
  const earlier = share(all.earlierMs, sum(works.map(work => work.earlierMs)))
  const later = share(all.laterMs, sum(works.map(work => work.laterMs)))
  return luck =>
    works.map(work =>
      Math.max(0, work.ms + luck * (luck < 0 ? work.earlierMs * earlier : work.laterMs * later)),
    )
}

function rangeOf(workAt: WorkAt, waves: readonly WaveAhead[], now: Date): FinishForecast | null {
  const passage = passageOf(
    waves.map(wave => ({ ...wave, times: withoutCutOff(wave.times) })),
    now,
  )
  const [from, middle, to] = [-1, 0, 1].map(luck => passage(workAt(luck)))
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

/** Nobody is so lucky, or so unlucky. */
const EXTREME = 20

/** How much luck would be needed is looked for by halving: more work never leaves fewer people behind. */
function missOf(workAt: WorkAt, waves: readonly WaveAhead[], now: Date): { share: number; people: number } {
  const passage = passageOf(waves, now)
  const left = (luck: number) => passage(workAt(luck)).left
  const leaves = (luck: number) => left(luck) > 1e-6
  // Nobody takes everybody across within a moment; who would have to has no time left.
  if (leaves(-EXTREME)) return { share: 1, people: Math.round(left(0)) }
  let enough = -EXTREME
  let tooMuch = EXTREME
  for (let step = 0; step < 50; step++) {
    const between = (enough + tooMuch) / 2
    if (leaves(between)) tooMuch = between
    else enough = between
  }
  const share = 1 - normalShare(enough * EIGHT_OF_TEN)
  return { share, people: Math.max(1, Math.round(left(share > 0.5 ? 0 : 1))) }
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
