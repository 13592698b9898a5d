import { PSTimeSpan } from './model'

const DAY = 864000000000n
const MOST_DAYS = 10675199n

/** A text as a time span: days alone, or [-][d.]hh:mm[:ss[.fffffff]]; why it is none where it is not. */
export function parseSpan(text: string): PSTimeSpan | string {
  const t = text.trim()
  const days = /^-?(\d+)$/.exec(t)
  if (days && BigInt(days[1] ?? 0) <= MOST_DAYS) return new PSTimeSpan(BigInt(t) * DAY)
  const m = /^(-)?(?:(\d+)(?:\.(?=\d+:\d)|:(?=\d+:\d+:\d)))?(\d+):(\d+)(?::(\d+)(?:\.(\d{1,7}))?)?$/.exec(t)
  if (!m && !days) return `String '${text}' was not recognized as a valid TimeSpan.`
  if (m?.[5] !== undefined && !m[2] && !m[6] && Number(m[3]) > 23) {
    // Three numbers of which the first is no hour are days, hours and minutes.
    ;[m[2], m[3], m[4], m[5]] = [m[3] ?? '', m[4] ?? '', m[5], '0']
  }
  if (!m || Number(m[3]) > 23 || Number(m[4]) > 59 || Number(m[5] ?? 0) > 59 || BigInt(m[2] ?? 0) > MOST_DAYS)
    return `The TimeSpan string '${text}' could not be parsed because at least one of the numeric components is out of range or contains too many digits.`
  const ticks =
    BigInt(m[2] ?? 0) * DAY +
    BigInt(m[3] ?? 0) * 36000000000n +
    BigInt(m[4] ?? 0) * 600000000n +
    BigInt(m[5] ?? 0) * 10000000n +
    BigInt((m[6] ?? '').padEnd(7, '0'))
  return new PSTimeSpan(m[1] ? -ticks : ticks)
}
