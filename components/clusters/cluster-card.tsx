import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatCount } from '@/domain/wording/count'
import { Glyph } from '../state/glyph'
import type { Look } from '../state/look'

/** People who are stuck for one and the same reason: how many, why, whose it is, what helps, and “retry these”. */
export function ClusterCard({
  look,
  title,
  count,
  href,
  cause,
  remedy,
  owner,
  signature,
  actions,
}: {
  look: Extract<Look, 'person' | 'failed' | 'unknown' | 'held'>
  title: string
  count: number
  /** Exactly those people. */
  href: string
  cause: ReactNode
  remedy?: ReactNode
  owner?: string | null
  /** Number or id by which the cause is known: “NotProvisioned”. */
  signature?: string | null
  actions?: ReactNode
}) {
  return (
    <article className="cluster">
      <h3>
        <Glyph look={look} />
        <span>{title}</span>
        <Link href={href} prefetch={false} className="cluster-count">
          {formatCount(count)}
          <span className="visually-hidden"> {count === 1 ? 'person' : 'people'}, show</span>
        </Link>
      </h3>
      <p className="muted">
        {cause}
        {owner && <> Owner: {owner}.</>}
      </p>
      {remedy && (
        <details>
          <summary>What to do</summary>
          <div className="cluster-remedy prose">{remedy}</div>
        </details>
      )}
      {(actions || signature) && (
        <div className="cluster-foot">
          {actions}
          {signature && <code className="mono">{signature}</code>}
        </div>
      )}
    </article>
  )
}
