import { refuse } from '../refusal'
import { dateOf } from '../values/dates'
import type { PSDateTime } from '../values/model'
import { netFault } from './errors'

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The parts of a format that are read here, and what stands for them in a text. */
const PARTS: Record<string, [name: string, pattern: string]> = {
  yyyy: ['year', '\\d{4}'],
  MMM: ['month', '[a-z]{3}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
}

/** `[datetime]::ParseExact` for formats of whole dates, with times or not. */
export function parseExact(text: string, format: string): PSDateTime {
  const names: string[] = []
  const source = format.replace(/([a-zA-Z])\1*|[^a-zA-Z]/g, token => {
    const part = PARTS[token]
    if (!part) {
      if (/[a-zA-Z'"\\%]/.test(token) && token !== 'T') refuse(`ParseExact with the format "${format}"`)
      return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    }
    names.push(part[0])
    return `(${part[1]})`
  })
  const whole = ['year', 'month', 'day'].every(name => names.includes(name))
  if (format.length < 2 || !whole || new Set(names).size < names.length)
    refuse(`ParseExact with the format "${format}"`)
  const m = new RegExp(`^${source}$`, 'i').exec(text)
  if (!m)
    return netFault('System.FormatException', `String '${text}' was not recognized as a valid DateTime.`)
  const read = (name: string): number => {
    const found = m[names.indexOf(name) + 1]
    if (!names.includes(name) || found === undefined) return 0
    return /\d/.test(found) ? Number(found) : MONTHS.indexOf(found.toLowerCase()) + 1
  }
  return (
    dateOf(read('year'), read('month'), read('day'), read('hour'), read('minute'), read('second')) ??
    refuse('a date out of its range')
  )
}
