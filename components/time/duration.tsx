import { durationBeside, durationWords, isSlow } from '@/domain/wording/duration'

/** How long something took, beside what is usual: “41 s, usual 38 s”. Slow ones say so in a word, not only in a hue. */
export function Duration({ ms, usualMs = null }: { ms: number; usualMs?: number | null }) {
  const slow = isSlow(ms, usualMs)
  return (
    <time dateTime={`PT${(ms / 1000).toFixed(3)}S`} className="num" title={durationWords(ms)}>
      {durationBeside(ms, usualMs)}
      {slow && <b> · slow</b>}
    </time>
  )
}
