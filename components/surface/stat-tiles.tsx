import Link from 'next/link'
import type { CSSProperties, ReactNode } from 'react'

export type Stat = {
  label: string
  value: ReactNode
  unit?: string
  hint?: ReactNode
  /** Exactly those people. */
  href?: string
}

/** A few numbers that matter most, in one strip. */
export function StatTiles({ stats }: { stats: readonly Stat[] }) {
  return (
    <div className="stats" style={{ '--tiles': stats.length } as CSSProperties}>
      {stats.map(stat => {
        const inside = (
          <>
            <span className="label">{stat.label}</span>
            <span className="value">
              {stat.value}
              {stat.unit && <span className="unit"> {stat.unit}</span>}
            </span>
            {stat.hint && <span className="hint">{stat.hint}</span>}
          </>
        )
        return stat.href ? (
          <Link key={stat.label} href={stat.href} prefetch={false} className="stat">
            {inside}
          </Link>
        ) : (
          <div key={stat.label} className="stat">
            {inside}
          </div>
        )
      })}
    </div>
  )
}
