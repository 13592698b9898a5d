import { PSTimeSpan } from './model'

/** A text as a time span: days alone, or [-][d.]hh:mm[:ss[.fffffff]]; null where it is none. */
export function parseSpan(text: string): PSTimeSpan | null {
  const t = text.trim()
  if (/^-?\d+$/.test(t)) return new PSTimeSpan(BigInt(t) * 864000000000n)
  const m = /^(-)?(?:(\d+)(?:\.(?=\d+:\d)|:(?=\d+:\d+:\d)))?(\d+):(\d+)(?::(\d+)(?:\.(\d{1,7}))?)?$/.exec(t)
  if (!m || Number(m[3]) > 23 || Number(m[4]) > 59 || Number(m[5] ?? 0) > 59) return null
  const ticks =
    BigInt(m[2] ?? 0) * 864000000000n +
    BigInt(m[3] ?? 0) * 36000000000n +
    BigInt(m[4] ?? 0) * 600000000n +
    BigInt(m[5] ?? 0) * 10000000n +
    BigInt((m[6] ?? '').padEnd(7, '0'))
  return new PSTimeSpan(m[1] ? -ticks : ticks)
}
