import type { ReactNode } from 'react'
import { durationWords } from '@/domain/wording/duration'
import { Age } from '../time/age'

export type Seat = {
  key: string
  /** `free`: could be used; `busy`: works; `slow`: works longer than is usual; `orphan`: its shell may still live; `off`: not there. */
  state: 'free' | 'busy' | 'slow' | 'orphan' | 'off'
  /** How long it has been at what it does, by the database's clock. */
  ageMs?: number
  /** Who or what it works on. */
  about?: string
}

/** One lane: a seat for each PowerShell session its credential may hold, with the age of what it does inside. */
export function Lane({ name, seats, hint }: { name: string; seats: readonly Seat[]; hint: string }) {
  return (
    <li className="lane">
      <span className="lane-name">{name}</span>
      <ul className="seats" aria-label={`Sessions of ${name}`}>
        {seats.map(seat => (
          <li key={seat.key} className="seat" data-state={seat.state} title={seatWords(seat)}>
            <span aria-hidden="true">
              {seat.ageMs !== undefined ? <Age ms={seat.ageMs} /> : seat.state === 'orphan' ? '?' : ''}
            </span>
            <span className="visually-hidden">{seatWords(seat)}</span>
          </li>
        ))}
      </ul>
      <span className="lane-hint">{hint}</span>
    </li>
  )
}

/** All lanes of an estate. */
export function LaneList({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ul className="lanes" aria-label={label}>
      {children}
    </ul>
  )
}

function seatWords({ state, about, ageMs }: Seat): string {
  const since = ageMs === undefined ? '' : `, for ${durationWords(ageMs)}`
  switch (state) {
    case 'free':
      return 'Free'
    case 'busy':
      return `${about ?? 'At work'}${since}`
    case 'slow':
      return `${about ?? 'At work'}${since}, slower than usual`
    case 'orphan':
      return 'Kept until its old shell is seen dead'
    case 'off':
      return 'Not in use'
    default:
      return state satisfies never
  }
}
