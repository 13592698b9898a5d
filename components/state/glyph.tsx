import type { ReactNode } from 'react'
import type { Look } from './look'

const ring = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8 }

/** Each shape is told apart without colour: ring, arc, bars, ticked disc, triangle, cross, dotted ring, dashed ring. */
const shapes: Record<Look, ReactNode> = {
  waiting: <circle cx="6" cy="6" r="4.9" {...ring} />,
  running: <path d="M10.9 6A4.9 4.9 0 1 1 6 1.1" {...ring} strokeWidth={2.2} strokeLinecap="round" />,
  held: <path d="M1.5 1h3v10h-3zM7.5 1h3v10h-3z" fill="currentColor" />,
  done: (
    <>
      <circle cx="6" cy="6" r="5.8" fill="currentColor" />
      <path
        d="M3.5 6.2l1.8 1.8L8.6 4.4"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  person: <path d="M6 .8L11.7 11H.3z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />,
  failed: (
    <path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
  ),
  unknown: (
    <>
      <circle cx="6" cy="6" r="5.2" {...ring} strokeWidth={1.7} strokeDasharray="1.5 1.77" />
      <path
        d="M4.7 4.8a1.4 1.3 0 1 1 2 1.2c-.5.25-.7.5-.7.9M6 8.4v.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </>
  ),
  out: <circle cx="6" cy="6" r="4.9" {...ring} strokeDasharray="3.4 2.76" />,
}

/** The glyph alone. It is hidden from screen readers: a word always stands beside it. */
export function Glyph({ look }: { look: Look }) {
  return (
    <svg
      className={`g look-${look}`}
      viewBox="0 0 12 12"
      aria-hidden="true"
      data-turning={look === 'running' ? '' : undefined}
    >
      {shapes[look]}
    </svg>
  )
}
