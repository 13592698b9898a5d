import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatCount } from '@/domain/wording/count'
import { Glyph } from '../state/glyph'
import { CrossingBar } from './crossing-bar'
import { type CrossingPart, sumOf } from './parts'

/** Every part with its number, its words and the way to exactly those people, and what they add up to. */
export function Legend({ parts, totalHref }: { parts: readonly CrossingPart[]; totalHref?: string }) {
  const total = formatCount(sumOf(parts))
  return (
    <div className="legend">
      {parts
        .filter(part => part.count > 0)
        .map(part => {
          const inside = (
            <>
              <Glyph look={part.look} />
              <span>
                <b>{formatCount(part.count)}</b> {part.label}
              </span>
            </>
          )
          return part.href ? (
            <Link key={part.key} href={part.href} prefetch={false} className="entry">
              {inside}
            </Link>
          ) : (
            <span key={part.key} className="entry">
              {inside}
            </span>
          )
        })}
      {total === '0' && <span className="muted">Nobody yet</span>}
      <span className="sum">
        ={' '}
        {totalHref ? (
          <Link href={totalHref} prefetch={false} className="entry">
            <b>{total}</b>
          </Link>
        ) : (
          <b>{total}</b>
        )}
      </span>
    </div>
  )
}

/** The thick bar with its shores and its legend. `from` and `to` name the shores. */
export function Crossing({
  parts,
  from,
  to,
  totalHref,
}: {
  parts: readonly CrossingPart[]
  from?: ReactNode
  to?: ReactNode
  totalHref?: string
}) {
  return (
    <div className="grid gap-2.5">
      <CrossingBar parts={parts} beside />
      {(from || to) && (
        <div className="shores">
          <span>{from}</span>
          <span>{to}</span>
        </div>
      )}
      <Legend parts={parts} totalHref={totalHref} />
    </div>
  )
}
