/**
 * A moment in a zone (IANA name), as short as it can be while it says which day it is: today the clock alone, within
 * six days “Fri 16:02”, else “12 Nov 16:02”, in another year with the year. `now` decides what today is in that zone.
 */
export function momentWords(at: Date, zone: string, now: Date, seconds = false): string {
  const clock = clockIn(at, zone, seconds)
  const day = dayKey(at, zone)
  if (day === dayKey(now, zone)) return clock
  if (Math.abs(at.getTime() - now.getTime()) < 6 * 86_400_000)
    return `${part(at, zone, { weekday: 'short' })} ${clock}`
  const sameYear = day.slice(0, 4) === dayKey(now, zone).slice(0, 4)
  return `${dateIn(at, zone, !sameYear)} ${clock}`
}

/** “22:41” or “22:41:07”. */
export function clockIn(at: Date, zone: string, seconds = false): string {
  return part(at, zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  })
}

/** “Mon 23 November 2026, 22:41:07 Europe/Berlin”: everything, for a title or a printed page. */
export function fullMoment(at: Date, zone: string): string {
  return `${part(at, zone, { weekday: 'short' })} ${dateIn(at, zone, true)}, ${clockIn(at, zone, true)} ${zone}`
}

function dateIn(at: Date, zone: string, year: boolean): string {
  return part(at, zone, { day: 'numeric', month: 'short', ...(year ? { year: 'numeric' } : {}) })
}

function dayKey(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at)
}

function part(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(at)
}
