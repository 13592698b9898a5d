import { Temporal } from '@js-temporal/polyfill'

/**
 * When something new may start: every named weekday from `from` on, until `to` of the same day, or of the next one where
 * `to` is not later than `from`. Times are those of a wall clock in `zone`, `HH:MM`; days are 1 (Monday) to 7 (Sunday) and
 * mean the day on which it opens. A time that a change of clocks leaves out is taken as an hour later, one that comes
 * twice as its first.
 */
export type ChangeWindow = {
  zone: string
  from: string
  to: string
  days: readonly number[]
  /** First and last day, `YYYY-MM-DD`, on which it opens; without them there is no end. */
  firstDay?: string | null
  lastDay?: string | null
}

export type Opening = { from: Date; to: Date }

const clock = /^([01]\d|2[0-3]):[0-5]\d$/
const calendarDay = /^\d{4}-\d{2}-\d{2}$/

/** What is wrong with a window as it was typed, in a sentence; null where nothing is. */
export function windowFault(window: ChangeWindow): string | null {
  if (!isZone(window.zone))
    return `${window.zone || 'Nothing'} is no time zone. Use a name such as Europe/Berlin.`
  if (!clock.test(window.from) || !clock.test(window.to)) return 'A time of day has the form 22:00.'
  if (window.days.length === 0) return 'Choose at least one weekday on which it opens.'
  if (window.days.some(day => !Number.isInteger(day) || day < 1 || day > 7))
    return 'Weekdays are 1 for Monday to 7 for Sunday.'
  for (const day of [window.firstDay, window.lastDay])
    if (day && !isDay(day)) return `${day} is no day. Days have the form 2026-11-24.`
  if (window.firstDay && window.lastDay && window.lastDay < window.firstDay)
    return 'The last day comes before the first.'
  return null
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone !== ''
  } catch {
    return false
  }
}

export function isDay(text: string): boolean {
  if (!calendarDay.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** A window as it stands in the database, or null where none or none that can be read is there. */
export function storedWindow(json: unknown): ChangeWindow | null {
  if (typeof json !== 'object' || json === null) return null
  const { zone, from, to, days, firstDay, lastDay } = json as Record<string, unknown>
  if (typeof zone !== 'string' || typeof from !== 'string' || typeof to !== 'string') return null
  const text = (day: unknown) => (typeof day === 'string' ? day : null)
  const numbers = Array.isArray(days) ? days.filter((day): day is number => typeof day === 'number') : []
  const window = { zone, from, to, days: numbers, firstDay: text(firstDay), lastDay: text(lastDay) }
  return windowFault(window) === null ? window : null
}

/** The opening that holds this moment, or the next one after it; null where none comes any more. */
export function openingAt(window: ChangeWindow, now: Date): Opening | null {
  const today = dayOf(now, window.zone)
  const first = window.firstDay ? Temporal.PlainDate.from(window.firstDay) : null
  const yesterday = today.subtract({ days: 1 })
  const begin = first && Temporal.PlainDate.compare(first, yesterday) > 0 ? first : yesterday
  // Every weekday comes within a week; one more for an opening that a change of clocks makes empty.
  for (let ahead = 0; ahead < 15; ahead++) {
    const opening = openingOf(window, begin.add({ days: ahead }))
    if (opening && opening.to > now) return opening
  }
  return null
}

function openingOf(window: ChangeWindow, day: Temporal.PlainDate): Opening | null {
  if (!window.days.includes(day.dayOfWeek)) return null
  const text = day.toString()
  if ((window.firstDay && text < window.firstDay) || (window.lastDay && text > window.lastDay)) return null
  const from = momentOf(day, window.from, window.zone)
  const to = momentOf(window.to > window.from ? day : day.add({ days: 1 }), window.to, window.zone)
  return to > from ? { from, to } : null
}

function momentOf(day: Temporal.PlainDate, time: string, zone: string): Date {
  const at = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
  return new Date(at.epochMilliseconds)
}

/** The calendar day of a moment in a zone. */
export function dayOf(moment: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone).toPlainDate()
}

/** `2026-11-24T04:00` on a wall clock in a zone; null where it is no moment. */
export function localMoment(text: string, zone: string): Date | null {
  const [day = '', time = ''] = text.split('T')
  return isDay(day) && clock.test(time) && isZone(zone)
    ? momentOf(Temporal.PlainDate.from(day), time, zone)
    : null
}

/** A moment as localMoment reads it. */
export function localText(moment: Date, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone)
  return at.toPlainDateTime().toString({ smallestUnit: 'minute' })
}

/** Where a day begins in a zone; some do not begin at midnight. */
export function startOfDay(day: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
}

export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString()
