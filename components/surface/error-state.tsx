import type { ReactNode } from 'react'
import { Glyph } from '../state/glyph'

/** What happened, what it means, what to do; and a reference to quote, under which the log knows more. */
export function ErrorState({
  happened,
  means,
  remedy,
  reference,
  action,
  level = 1,
}: {
  happened: string
  means: ReactNode
  remedy: ReactNode
  reference?: string | null
  action?: ReactNode
  level?: 1 | 2
}) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="error-state look-failed" role="alert">
      <Heading>
        <Glyph look="failed" /> {happened}
      </Heading>
      <p>{means}</p>
      <p>{remedy}</p>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
      {reference && (
        <p className="reference">
          Reference <code className="mono">{reference}</code>
        </p>
      )}
    </div>
  )
}
