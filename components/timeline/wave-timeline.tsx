import Link from 'next/link'
import type { CSSProperties, ReactNode } from 'react'
import { people } from '@/domain/wording/count'
import { clockIn } from '@/domain/wording/moment'
import { CrossingBar } from '../crossing/crossing-bar'
import type { CrossingPart } from '../crossing/parts'
import { percentAt, type Span, stretch, ticks } from './geometry'

export type TimelineGate = {
  at: Date
  /** `passed`: open and behind; `due`: waits for a person; `ahead`: not its turn yet. */
  state: 'passed' | 'due' | 'ahead'
  /** “Approval before the move”, “The pilot is verified”. */
  label: string
}

export type TimelineWave = {
  key: string
  name: string
  people: number
  href?: string
  /** When it ran or is expected to run; null when nobody knows. */
  span: Span | null
  /** The span is a forecast. */
  expected?: boolean
  parts: readonly CrossingPart[]
  gates: readonly TimelineGate[]
  windows?: readonly Span[]
  /** The wave's badge. */
  state: ReactNode
}

const place = (left: number, width?: number) =>
  ({ left: `${left}%`, ...(width === undefined ? {} : { width: `${width}%` }) }) as CSSProperties

/** Waves one below the other on one line of time: change windows shaded, gates as diamonds, and where now is. */
export function WaveTimeline({
  waves,
  span,
  now,
  zone,
}: {
  waves: readonly TimelineWave[]
  span: Span
  now: Date
  zone: string
}) {
  const isNowInside = now >= span.from && now <= span.to
  return (
    <div className="waves">
      <div className="wave-hours" aria-hidden="true">
        {ticks(span, zone).map(tick => (
          <span key={tick.at} style={place(tick.at)}>
            {tick.label}
          </span>
        ))}
        {isNowInside && (
          <span className="wave-now-word" style={place(percentAt(now, span))}>
            now {clockIn(now, zone)}
          </span>
        )}
      </div>
      <ol>
        {waves.map(wave => (
          <li key={wave.key} className="wave">
            <span className="wave-name">
              {wave.href ? (
                <Link href={wave.href} prefetch={false}>
                  <b>{wave.name}</b>
                </Link>
              ) : (
                <b>{wave.name}</b>
              )}{' '}
              <span className="muted">{people(wave.people)}</span>
            </span>
            <div className="track">
              {ticks(span, zone).map(tick => (
                <span key={tick.at} className="track-hour" style={place(tick.at)} />
              ))}
              {(wave.windows ?? []).map(window => {
                const { left, width } = stretch(window, span, 0.5)
                return (
                  <span key={window.from.toISOString()} className="track-window" style={place(left, width)} />
                )
              })}
              {wave.span && <WaveBar wave={wave} span={span} zone={zone} within={wave.span} />}
              {wave.gates.map(gate => (
                <span
                  key={`${gate.label}${gate.at.toISOString()}`}
                  className="gate"
                  data-state={gate.state}
                  role="img"
                  aria-label={`${gate.label}: ${gateWord(gate.state)}`}
                  title={`${gate.label}: ${gateWord(gate.state)}`}
                  style={place(percentAt(gate.at, span))}
                />
              ))}
              {isNowInside && <span className="nowline" style={place(percentAt(now, span))} />}
            </div>
            <span className="wave-state">{wave.state}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function WaveBar({
  wave,
  span,
  zone,
  within,
}: {
  wave: TimelineWave
  span: Span
  zone: string
  within: Span
}) {
  const { left, width } = stretch(within, span)
  const hours = `${clockIn(within.from, zone)} to ${clockIn(within.to, zone)}${wave.expected ? ', expected' : ''}`
  return (
    <span
      className="wave-bar"
      data-expected={wave.expected ? '' : undefined}
      style={place(left, width)}
      title={hours}
    >
      <CrossingBar parts={wave.parts.map(({ href: _, ...part }) => part)} label={`${wave.name}, ${hours}`} />
    </span>
  )
}

function gateWord(state: TimelineGate['state']): string {
  switch (state) {
    case 'passed':
      return 'passed'
    case 'due':
      return 'waits for a person'
    case 'ahead':
      return 'still ahead'
    default:
      return state satisfies never
  }
}
