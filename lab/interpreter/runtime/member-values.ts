import { refuse } from '../refusal'
import { dayName, formatDate, partsOf } from '../values/dates'
import { PSDateTime, PSEnum, PSList, type PSMatch, PSTimeSpan, PSType } from '../values/model'
import { PSDouble } from '../values/numbers'
import { chainOf, isException, shortName } from '../values/type-names'

export const ABSENT = Symbol('absent')

export function matchMember(v: PSMatch, lower: string): unknown {
  switch (lower) {
    case 'value':
      return v.value
    case 'index':
      return v.index
    case 'length':
      return v.value.length
    case 'success':
      return v.success
    case 'name':
      return v.name
    case 'groups':
      return v.groups ? new PSList('System.Text.RegularExpressions.GroupCollection', v.groups) : ABSENT
    default:
      return ABSENT
  }
}

export function typeMember(v: PSType, lower: string): unknown {
  switch (lower) {
    case 'name': {
      const generic = /`\d\[\[/.test(v.name)
      return shortName(v.name) + (generic && v.name.endsWith('[]') ? '[]' : '')
    }
    case 'fullname':
      return v.name.includes('[[') ? refuse('the full name of a generic type') : v.name
    case 'namespace':
      return v.name.replace(/\[\[.*$/, '').replace(/\.[^.]*$/, '')
    case 'isarray':
      return v.name.endsWith('[]')
    case 'isvaluetype':
      return /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Boolean|Char|DateTime|TimeSpan|Guid)\d*$/.test(
        v.name,
      )
    case 'isenum':
      return v.name === 'System.DayOfWeek' || v.name === 'System.ConsoleColor' ? true : refuse('IsEnum')
    case 'basetype': {
      const parent = isException(v.name)
        ? v.name === 'System.Exception'
          ? 'System.Object'
          : (chainOf(v.name)[1] ?? refuse('BaseType'))
        : /^System\.(Int|UInt|Byte|SByte|Double|Single|Decimal|Boolean|Char|DateTime|TimeSpan|Guid)\d*$/.test(
              v.name,
            )
          ? 'System.ValueType'
          : v.name.endsWith('[]')
            ? 'System.Array'
            : [
                  'System.String',
                  'System.Collections.Hashtable',
                  'System.Management.Automation.PSCustomObject',
                ].includes(v.name)
              ? 'System.Object'
              : refuse('BaseType')
      return new PSType(parent)
    }
    default:
      return refuse(`the member ${lower} of a type`)
  }
}

export function dateMember(d: PSDateTime, lower: string): unknown {
  const p = partsOf(d)
  const DAY = 864000000000n
  const numbers: Record<string, number> = {
    year: p.year,
    month: p.month,
    day: p.day,
    hour: p.hour,
    minute: p.minute,
    second: p.second,
    millisecond: p.ms,
    dayofyear: p.dayOfYear,
  }
  if (numbers[lower] !== undefined) return numbers[lower]
  if (lower === 'ticks') return d.ticks
  if (lower === 'date') return new PSDateTime(d.ticks - (d.ticks % DAY), d.kind)
  if (lower === 'timeofday') return new PSTimeSpan(d.ticks % DAY)
  if (lower === 'dayofweek') return new PSEnum('System.DayOfWeek', dayName(d), p.dayOfWeek)
  if (lower === 'kind')
    return new PSEnum('System.DateTimeKind', d.kind, ['Unspecified', 'Utc', 'Local'].indexOf(d.kind))
  if (lower === 'datetime') return formatDate(d, 'F')
  return ABSENT
}

export function bigIntegerMember(n: bigint, lower: string): unknown {
  switch (lower) {
    case 'ispoweroftwo':
      return n > 0n && (n & (n - 1n)) === 0n
    case 'iszero':
      return n === 0n
    case 'isone':
      return n === 1n
    case 'iseven':
      return n % 2n === 0n
    case 'sign':
      return n > 0n ? 1 : n < 0n ? -1 : 0
    default:
      return ABSENT
  }
}

export function spanMember(s: PSTimeSpan, lower: string): unknown {
  const units: Record<string, [bigint, bigint]> = {
    days: [864000000000n, 0n],
    hours: [36000000000n, 24n],
    minutes: [600000000n, 60n],
    seconds: [10000000n, 60n],
    milliseconds: [10000n, 1000n],
  }
  const unit = units[lower]
  if (unit) {
    const whole = s.ticks / unit[0]
    return Number(unit[1] ? whole % unit[1] : whole)
  }
  const total = lower.startsWith('total') ? units[lower.slice(5)] : undefined
  if (total) return new PSDouble(Number(s.ticks) / Number(total[0]))
  return lower === 'ticks' ? s.ticks : ABSENT
}
