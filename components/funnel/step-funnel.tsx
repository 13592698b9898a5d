import Link from 'next/link'
import { formatCount } from '@/domain/wording/count'
import { CrossingBar } from '../crossing/crossing-bar'
import type { CrossingPart } from '../crossing/parts'

export type FunnelStep = {
  key: string
  /** “Enabled”, “Synced”, “Moving”. */
  name: string
  count: number
  hint: string
  parts: readonly CrossingPart[]
  href?: string
  /** Something is at work in it. */
  now?: boolean
}

/** How far the people of a batch are, step by step: how many have got here, and how those stand. */
export function StepFunnel({ steps }: { steps: readonly FunnelStep[] }) {
  return (
    <ol className="funnel">
      {steps.map(step => (
        <li key={step.key} className="funnel-step" data-now={step.now ? '' : undefined}>
          <span className="funnel-name">
            {step.href ? (
              <Link href={step.href} prefetch={false}>
                {step.name}
              </Link>
            ) : (
              step.name
            )}
            {step.now && <span className="visually-hidden"> (at work now)</span>}
          </span>
          <b>{formatCount(step.count)}</b>
          <span className="funnel-hint">{step.hint}</span>
          <CrossingBar parts={step.parts} thin label={step.name} />
        </li>
      ))}
    </ol>
  )
}
