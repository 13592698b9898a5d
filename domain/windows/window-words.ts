import { momentWords } from '../wording/moment'
import type { ChangeWindow } from './change-window'
import type { MayStart } from './may-start'

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** “22:00 to 04:00 Europe/Berlin, Mon to Thu” */
export function windowWords(window: ChangeWindow): string {
  const span = `${window.from} to ${window.to} ${window.zone}`
  const first = window.firstDay ? `, first on ${window.firstDay}` : ''
  const last = window.lastDay ? `, last on ${window.lastDay}` : ''
  return `${span}, ${daysWords(window.days)}${first}${last}`
}

function daysWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const name = (day: number | undefined) => dayNames[(day ?? 1) - 1] ?? ''
  if (sorted.length === 7) return 'every day'
  const runs =
    sorted.length > 2 && sorted.every((day, index) => index === 0 || day === (sorted[index - 1] ?? 0) + 1)
  return runs ? `${name(sorted[0])} to ${name(sorted.at(-1))}` : sorted.map(name).join(', ')
}

/** Why nothing new starts at this moment, and what changes it; null while it may. `named` says which zone the time is in. */
export function notNowWords(may: MayStart, zone: string, now: Date, named?: 'named'): string | null {
  if (may.open) return null
  const opens = may.until
    ? `It opens ${momentWords(may.until, zone, now)}${named ? ` ${zone}` : ''}.`
    : 'It does not open again by itself.'
  switch (may.because) {
    case 'cut-off':
      return 'The cut-off has passed, so nothing new starts. A later cut-off lets it go on.'
    case 'blackout':
      return `Nothing starts on this day: ${(may.reason ?? 'it is barred').replace(/\.$/, '')}. ${opens}`
    case 'window':
      return `Outside its change window. ${opens}`
    case 'window-over':
      return 'Its change window does not open any more. Set another one.'
    default:
      return may.because satisfies never
  }
}
