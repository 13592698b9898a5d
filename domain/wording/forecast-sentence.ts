import { counted, people, percent } from './count'
import { momentWords } from './moment'
import { paragraph } from './sentence'

export type ForecastFacts = {
  now: Date
  zone: string
  /** The range that holds eight times of ten, or null while too few have finished to judge by. */
  forecast: { from: Date; to: Date } | null
  cutOff?: Date | null
  /** How likely the cut-off is missed, 0 to 1. */
  missShare?: number | null
  /** How many people would then still be on the other side. */
  missPeople?: number | null
}

/** “Finishes between Mon 04:10 and 07:25. 38 % chance to miss the cut-off at 06:00: about 130 people would stay behind.” */
export function forecastSentence({
  now,
  zone,
  forecast,
  cutOff,
  missShare,
  missPeople,
}: ForecastFacts): string {
  const cut = cutOff ? momentWords(cutOff, zone, now) : null
  const isPast = cutOff ? cutOff <= now : false
  if (cut && isPast) return `The cut-off at ${cut} has passed: nothing new starts until the next window.`
  if (!forecast)
    return paragraph(
      'Too few people are across to say when this ends.',
      cut && `Nothing new starts after ${cut}.`,
    )
  const from = momentWords(forecast.from, zone, now)
  const to = momentWords(forecast.to, zone, now)
  return paragraph(
    from === to ? `Finishes at about ${from}.` : `Finishes between ${from} and ${withoutDay(from, to)}.`,
    cut && missSentence(cut, missShare ?? 0, missPeople ?? null),
  )
}

function missSentence(cut: string, share: number, stay: number | null): string {
  if (share < 0.01) return `That is before the cut-off at ${cut}.`
  const cost = stay ? `: about ${people(stay)} would wait for the next window` : ''
  return share >= 0.99
    ? `It will miss the cut-off at ${cut}${cost}.`
    : `${percent(share)} chance to miss the cut-off at ${cut}${cost}.`
}

/** “Mon 04:10” and “Mon 07:25” name the day once. */
function withoutDay(from: string, to: string): string {
  const day = from.slice(0, -5)
  return day !== '' && to.startsWith(day) ? to.slice(day.length) : to
}

/** “Of 12 forecasts so far, 10 held; half of them missed by less than 6 % of the time that was left.” */
export function recordSentence(record: { made: number; held: number; medianMiss: number | null }): string {
  const miss =
    record.medianMiss === null
      ? ''
      : `; half of them missed by less than ${percent(record.medianMiss)} of the time that was left`
  return `A range is made to hold eight times of ten. Of ${counted(record.made, 'forecast', 'forecasts')} so far, ${record.held} held${miss}.`
}
