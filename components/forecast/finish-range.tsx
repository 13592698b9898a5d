import type { CSSProperties } from 'react'
import type { FinishForecast, Outlook } from '@/domain/forecast/outlook'
import { forecastSentence } from '@/domain/wording/forecast-sentence'
import { clockIn } from '@/domain/wording/moment'
import { percentAt, type Span } from '../timeline/geometry'

/** The range that holds eight times of ten. */
export type Forecast = FinishForecast

const left = (percent: number) => ({ left: `${percent}%` }) as CSSProperties

/**
 * When it will be over, as an honest range beside the cut-off; without enough finished people to judge by it says so instead
 * of guessing. The picture repeats what the sentence says.
 */
export function FinishRange({
  now,
  zone,
  outlook,
  of,
}: {
  now: Date
  zone: string
  outlook: Outlook
  /** The waves it is of, by name, where others of the batch are still ahead. */
  of?: readonly string[]
}) {
  const sentence = forecastSentence({ now, zone, outlook, of })
  const { forecast, last } = outlook
  if (!forecast) return <p className="forecast-words">{sentence}</p>
  const end = Math.max(forecast.to.getTime(), last?.at.getTime() ?? 0)
  const span: Span = { from: now, to: new Date(now.getTime() + (end - now.getTime()) * 1.12) }
  const a = percentAt(forecast.from, span)
  const b = percentAt(forecast.to, span)
  // Two marks with the same minute under them would say nothing.
  const seconds = clockIn(forecast.from, zone) === clockIn(forecast.to, zone)
  const cut = last && last.at >= now ? percentAt(last.at, span) : null
  return (
    <div className="forecast">
      <div className="forecast-line" aria-hidden="true">
        <div className="axis" />
        <div className="range" style={{ ...left(a), width: `${Math.max(0.6, b - a)}%` }} />
        <div className="mid" style={left(percentAt(forecast.middle, span))} />
        {cut !== null && <div className="cut" style={left(cut)} />}
        <span className="below first">now {clockIn(now, zone)}</span>
        {a > 16 && (
          <span className="below" style={left(a)}>
            {clockIn(forecast.from, zone, seconds)}
          </span>
        )}
        {b - a > 9 && b > 16 && (
          <span className="below" style={left(b)}>
            {clockIn(forecast.to, zone, seconds)}
          </span>
        )}
        {cut !== null && last && (
          <span className="above" style={left(Math.min(90, Math.max(8, cut)))}>
            {last.is === 'cut-off' ? 'cut-off' : 'window ends'} {clockIn(last.at, zone)}
          </span>
        )}
      </div>
      <p className="forecast-words">{sentence}</p>
    </div>
  )
}
