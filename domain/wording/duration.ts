const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A duration in words that fit its size: “0.4 s”, “41 s”, “3 min 24 s”, “2 h 40 min”, “3 days”. Takes milliseconds. */
export function durationWords(ms: number): string {
  const span = Math.max(0, ms)
  if (span < 9_950) {
    const tenths = Math.round(span / 100) / 10
    return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} s`
  }
  const seconds = Math.round(span / second)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(span / minute)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(span / hour)
  if (hours < 72) return pair(Math.floor(hours / 24), hours < 48 ? 'day' : 'days', hours % 24, 'h')
  return `${Math.round(span / day)} days`
}

/** “41 s, usual 38 s”. Without a usual duration there is nothing to compare, and nothing is said. */
export function durationBeside(ms: number, usualMs: number | null): string {
  return usualMs === null ? durationWords(ms) : `${durationWords(ms)}, usual ${durationWords(usualMs)}`
}

/** Slow means: three times the usual, and at least ten seconds more, so that quick steps are not called slow. */
export function isSlow(ms: number, usualMs: number | null): boolean {
  return usualMs !== null && ms > usualMs * 3 && ms > usualMs + 10 * second
}

/** An age for a seat of 22 px: “41” (seconds), “3m”, “2h”, “4d”. */
export function shortAge(ms: number): string {
  const span = Math.max(0, ms)
  if (span < minute) return String(Math.floor(span / second))
  if (span < hour) return `${Math.floor(span / minute)}m`
  if (span < day) return `${Math.floor(span / hour)}h`
  return `${Math.floor(span / day)}d`
}

/** How long ago, for sentences: “just now”, “22 min ago”. */
export function agoWords(ms: number): string {
  return ms < 10 * second ? 'just now' : `${coarse(ms)} ago`
}

/** One unit only: “40 s”, “22 min”, “2 h”, “3 days”. */
export function coarse(ms: number): string {
  const span = Math.max(0, ms)
  if (span < minute) return `${Math.round(span / second)} s`
  if (span < hour) return `${Math.floor(span / minute)} min`
  if (span < 2 * day) return `${Math.floor(span / hour)} h`
  return `${Math.floor(span / day)} days`
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
