import type { LastStart, Outlook } from '../forecast/outlook'
import { counted, people, percent } from './count'
import { listOf } from './list'
import { momentWords } from './moment'
import { paragraph } from './sentence'

export type ForecastFacts = {
  now: Date
  zone: string
  outlook: Outlook
  /** What the forecast is of, where it is not the whole batch: the waves at work, by name. */
  of?: readonly string[] | undefined
}

/**
 * “Finishes between Mon 22:40 and 23:25, after the window opens at 22:00, without the wait for approvals. 38 % chance to miss the
 * cut-off at 23:00: about 130 people would not start before it.”
 */
export function forecastSentence({ now, zone, outlook, of = [] }: ForecastFacts): string {
  const { stranded, shut, pause, forecast, unmeasured, approvals } = outlook
  const moment = (at: Date) => momentWords(at, zone, now)
  const span = (from: Date, to: Date) => [moment(from), withoutDay(moment(from), moment(to))] as const
  const opens =
    shut &&
    `${shut.because === 'window' ? 'the window opens' : 'the barred days end'} at ${moment(shut.until)}`
  return paragraph(
    stranded && strandedSentence(stranded, moment),
    forecast &&
      `${finish(of, ...span(forecast.from, forecast.to))}${opens ? `, after ${opens}` : ''}${approvals ? ', without the wait for approvals' : ''}.`,
    unmeasured.length > 0 &&
      `No forecast yet: ${listOf(unmeasured)} ${unmeasured.length === 1 ? 'was' : 'were'} not measured here.`,
    !forecast && opens && `Nothing starts before ${opens}.`,
    pause && `Nothing starts from ${span(pause.from, pause.to).join(' to ')}, which is counted in.`,
    lastSentence(outlook, moment),
  )
}

function finish(of: readonly string[], from: string, to: string): string {
  const what = of.length === 0 ? 'Finishes' : `${listOf(of)} ${of.length === 1 ? 'finishes' : 'finish'}`
  return from.endsWith(to) ? `${what} at about ${from}` : `${what} between ${from} and ${to}`
}

function strandedSentence(stranded: NonNullable<Outlook['stranded']>, moment: (at: Date) => string): string {
  const why =
    stranded.by === 'cut-off'
      ? `The cut-off${stranded.since ? ` at ${moment(stranded.since)}` : ''} has passed`
      : 'The change window does not open any more'
  return `${why}: ${people(stranded.people)} will not start.`
}

function lastSentence({ last, missed, forecast }: Outlook, moment: (at: Date) => string): string | null {
  if (!last) return null
  const name = lastWords(last, moment)
  if (!missed) return `Nothing new starts after ${name}.`
  if (missed.share >= 0.99)
    return `${missed.people === 0 ? 'Some' : `About ${people(missed.people)}`} will not start before ${name}.`
  if (missed.share < 0.01) return forecast && `That is before ${name}.`
  return `${percent(missed.share)} chance to miss ${name}: about ${people(missed.people)} would not start before it.`
}

function lastWords(last: LastStart, moment: (at: Date) => string): string {
  switch (last.is) {
    case 'cut-off':
      return `the cut-off at ${moment(last.at)}`
    case 'window':
      return `the end of the change window at ${moment(last.at)}`
    default:
      return last.is satisfies never
  }
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
