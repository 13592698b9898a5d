import { refuse } from '../refusal'
import { PSDateTime } from './model'

const EPOCH = 621355968000000000n
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

export type DateParts = {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
  fraction: bigint
  dayOfWeek: number
  dayOfYear: number
}

export function partsOf(d: PSDateTime): DateParts {
  const date = new Date(Number((d.ticks - EPOCH) / 10000n - ((d.ticks - EPOCH) % 10000n < 0n ? 1n : 0n)))
  const year = date.getUTCFullYear()
  const begin = new Date(date.getTime())
  begin.setUTCMonth(0, 1)
  begin.setUTCHours(0, 0, 0, 0)
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
    fraction: ((d.ticks % 10000000n) + 10000000n) % 10000000n,
    dayOfWeek: date.getUTCDay(),
    dayOfYear: Math.floor((date.getTime() - begin.getTime()) / 86400000) + 1,
  }
}

export function dateOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  fraction = 0n,
  kind: PSDateTime['kind'] = 'Unspecified',
): PSDateTime | null {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return null
  if (hour > 23 || minute > 59 || second > 59 || year < 1 || year > 9999) return null
  date.setUTCHours(hour, minute, second)
  return new PSDateTime(BigInt(date.getTime()) * 10000n + EPOCH + fraction, kind)
}

/** The local clock's offset from UTC at a moment, in 100 ns. */
const offsetAt = (milliseconds: number): bigint =>
  BigInt(-new Date(milliseconds).getTimezoneOffset()) * 600000000n

export function now(): PSDateTime {
  const at = Date.now()
  return new PSDateTime(BigInt(at) * 10000n + EPOCH + offsetAt(at), 'Local')
}

export const fromUnix = (milliseconds: number, kind: PSDateTime['kind'] = 'Utc'): PSDateTime =>
  new PSDateTime(BigInt(Math.round(milliseconds)) * 10000n + EPOCH, kind)

export const toUnix = (d: PSDateTime): number => {
  const at = Number((d.ticks - EPOCH) / 10000n)
  return d.kind === 'Utc' ? at : at - Number(offsetAt(at) / 10000n)
}

export function toUtc(d: PSDateTime): PSDateTime {
  return d.kind === 'Utc' ? d : new PSDateTime(d.ticks - offsetAt(Number((d.ticks - EPOCH) / 10000n)), 'Utc')
}
export function toLocal(d: PSDateTime): PSDateTime {
  return d.kind === 'Local'
    ? d
    : new PSDateTime(d.ticks + offsetAt(Number((d.ticks - EPOCH) / 10000n)), 'Local')
}

/** MM/dd/yyyy HH:mm:ss, as the language writes dates into text. */
export const dateText = (d: PSDateTime): string => formatDate(d, 'MM/dd/yyyy HH:mm:ss')

const STANDARD: Record<string, string> = {
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm\u202ftt',
  F: 'dddd, MMMM d, yyyy h:mm:ss\u202ftt',
  g: 'M/d/yyyy h:mm\u202ftt',
  G: 'M/d/yyyy h:mm:ss\u202ftt',
  m: 'MMMM d',
  M: 'MMMM d',
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  t: 'h:mm\u202ftt',
  T: 'h:mm:ss\u202ftt',
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  y: 'MMMM yyyy',
  Y: 'MMMM yyyy',
}

export function formatDate(d: PSDateTime, format: string): string {
  const pattern = format.length === 1 ? (STANDARD[format] ?? refuse(`the date format "${format}"`)) : format
  const p = partsOf(d)
  const two = (n: number) => String(n).padStart(2, '0')
  const fraction = (places: number) =>
    places <= 7 ? String(p.fraction).padStart(7, '0').slice(0, places) : refuse(`the date format "${format}"`)
  const zone = () => {
    if (d.kind === 'Unspecified') return ''
    if (d.kind === 'Utc') return 'Z'
    return offsetText(d)
  }
  return pattern.replace(
    /'([^'\\]*)'|"([^"\\]*)"|\\(.)|d+|f+|\.?F+|h+|H+|K|M+|m+|s+|t+|y+|z+|g+|(%)(?=([^%])(?!\5))|['"\\%]/g,
    (token, single, double, escaped, percent) => {
      if (single !== undefined) return single
      if (double !== undefined) return double
      if (escaped !== undefined) return escaped
      // It says that what follows is no name of a whole format.
      if (percent !== undefined) return ''
      const long = token.length
      // A point goes together with the fraction that it stands before.
      if (token.endsWith('F')) {
        const point = token.startsWith('.') ? '.' : ''
        const digits = fraction(long - point.length).replace(/0+$/, '')
        return digits === '' ? '' : point + digits
      }
      switch (token[0]) {
        case 'd':
          return long === 1
            ? String(p.day)
            : long === 2
              ? two(p.day)
              : long === 3
                ? (DAYS[p.dayOfWeek] ?? '').slice(0, 3)
                : (DAYS[p.dayOfWeek] ?? '')
        case 'M':
          return long === 1
            ? String(p.month)
            : long === 2
              ? two(p.month)
              : long === 3
                ? (MONTHS[p.month - 1] ?? '').slice(0, 3)
                : (MONTHS[p.month - 1] ?? '')
        case 'y':
          return long <= 2
            ? long === 1
              ? String(p.year % 100)
              : two(p.year % 100)
            : String(p.year).padStart(long, '0')
        case 'h':
          return long === 1 ? String(p.hour % 12 || 12) : two(p.hour % 12 || 12)
        case 'H':
          return long === 1 ? String(p.hour) : two(p.hour)
        case 'm':
          return long === 1 ? String(p.minute) : two(p.minute)
        case 's':
          return long === 1 ? String(p.second) : two(p.second)
        case 'f':
          return fraction(long)
        case 't':
          return (p.hour < 12 ? 'AM' : 'PM').slice(0, long)
        case 'K':
          return zone()
        case 'z':
          return long >= 3 ? offsetText(d) : refuse('the date format z')
        default:
          return refuse(`the date format "${format}"`)
      }
    },
  )
}

function offsetText(d: PSDateTime): string {
  const offset = d.kind === 'Utc' ? 0 : Number(offsetAt(Number((d.ticks - EPOCH) / 10000n)) / 600000000n)
  const abs = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(abs / 60)).padStart(2, '0')}:${String(abs % 60).padStart(2, '0')}`
}

/** Reads the forms of dates that are plain: ISO 8601 and month/day/year. Null when it is none; refuses what may be a date. */
export function parseDate(text: string): PSDateTime | null {
  const t = text.trim()
  const iso =
    /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      t,
    )
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))? ?(AM|PM)?)?$/i.exec(t)
  // The end of a day is the start of the next, but not in each of the forms.
  if (Number((iso ?? us)?.[4]) === 24) refuse(`the date "${text}"`)
  if (iso) {
    const fraction = BigInt((iso[7] ?? '0').padEnd(7, '0'))
    const date = dateOf(
      Number(iso[1]),
      Number(iso[2]),
      Number(iso[3] ?? 1),
      Number(iso[4] ?? 0),
      Number(iso[5] ?? 0),
      Number(iso[6] ?? 0),
      fraction,
    )
    if (!date || !iso[8]) return date
    const zone = iso[8].toUpperCase()
    const minutes =
      zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
    if (Math.abs(minutes) > 14 * 60 || Number(zone.slice(-2)) > 59) refuse(`the date "${text}"`)
    return toLocal(new PSDateTime(date.ticks - BigInt(minutes) * 600000000n, 'Utc'))
  }
  if (us) {
    let hour = Number(us[4] ?? 0)
    if (us[7] && hour > 12) refuse(`the date "${text}"`)
    if (us[7]) hour = (hour % 12) + (us[7].toUpperCase() === 'PM' ? 12 : 0)
    return dateOf(Number(us[3]), Number(us[1]), Number(us[2]), hour, Number(us[5] ?? 0), Number(us[6] ?? 0))
  }
  if (/\d/.test(t) && !/^[a-z]+\s*$/i.test(t)) return refuse(`the date "${text}"`)
  return null
}

export const dayName = (d: PSDateTime): string => DAYS[partsOf(d).dayOfWeek] ?? ''
