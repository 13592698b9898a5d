import type { CSSProperties } from 'react'
import { durationWords } from '@/domain/wording/duration'
import type { Look } from '../state/look'

/** Where the time went: one bar for each stretch, as long as its share. */
export function TimeSpent({
  stretches,
}: {
  stretches: readonly { key: string; name: string; ms: number; look: Look }[]
}) {
  const longest = Math.max(1, ...stretches.map(one => one.ms))
  return (
    <dl className="spent">
      {stretches.map(one => (
        <div key={one.key}>
          <dt>{one.name}</dt>
          <dd>
            <span
              className={`spent-bar look-${one.look}`}
              style={{ width: `${Math.max(1, (one.ms / longest) * 100)}%` } as CSSProperties}
            />
            <span className="num">{durationWords(one.ms)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
