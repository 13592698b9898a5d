import { clockIn } from '@/domain/wording/moment'

/** The stretch of time that a timeline shows. */
export type Span = { from: Date; to: Date }

/** Where a moment stands in a span, 0 to 100, never outside. */
export function percentAt(at: Date, span: Span): number {
  const share = (at.getTime() - span.from.getTime()) / (span.to.getTime() - span.from.getTime())
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100
}

/** A stretch as left edge and width in percent; at least `least` wide, so that what was short can still be seen. */
export function stretch(piece: Span, span: Span, least = 2): { left: number; width: number } {
  const left = Math.min(percentAt(piece.from, span), 100 - least)
  return { left, width: Math.max(least, Math.round((percentAt(piece.to, span) - left) * 100) / 100) }
}

const minute = 60_000
const steps = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080].map(
  minutes => minutes * minute,
)

/**
 * Round clock times in a span, at most `most` of them, in the batch's zone. Steps of an hour and more start at the zone's
 * midnight, so that 22:00 is a tick and not 22:30 in zones that are half an hour off.
 */
export function ticks(span: Span, zone: string, most = 6): { at: number; label: string }[] {
  const length = span.to.getTime() - span.from.getTime()
  const step = steps.find(one => length / one <= most) ?? Math.ceil(length / most)
  const [hours = 0, minutes = 0] = clockIn(span.from, zone).split(':').map(Number)
  const sinceMidnight = (hours * 60 + minutes) * minute + (span.from.getTime() % minute)
  const first = span.from.getTime() + ((step - (sinceMidnight % step)) % step)
  const found: { at: number; label: string }[] = []
  for (let at = first; at <= span.to.getTime(); at += step)
    found.push({ at: percentAt(new Date(at), span), label: clockIn(new Date(at), zone) })
  return found
}
