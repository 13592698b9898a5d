import type { ReactNode } from 'react'
import { useId } from 'react'

/** A surface with a title. The title names the region, so that it can be jumped to. */
export function Card({
  title,
  hint,
  right,
  children,
  className,
  level = 2,
}: {
  title: ReactNode
  hint?: ReactNode
  right?: ReactNode
  children?: ReactNode
  className?: string
  level?: 2 | 3
}) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={className ? `card ${className}` : 'card'} aria-labelledby={id}>
      <header className="card-head">
        <Heading id={id}>{title}</Heading>
        {hint && <span className="hint">{hint}</span>}
        {right && <span className="right">{right}</span>}
      </header>
      {children}
    </section>
  )
}

/** The padded inside of a card; tables and rows go to the edges and do without it. */
export function CardBody({ children }: { children: ReactNode }) {
  return <div className="card-body">{children}</div>
}

/** A page's first lines: the answer (its only h1), what it is about, and what can be done here. */
export function PageHead({
  title,
  lead,
  actions,
}: {
  title: ReactNode
  lead?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="head">
      <div>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </div>
  )
}

/** Main matter and a side column; one below the other where the window is narrow. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className="cols">
      <div className="stack">{main}</div>
      <div className="stack">{side}</div>
    </div>
  )
}

/** Terms with what they stand for. */
export function Sheet({ facts }: { facts: readonly { term: string; value: ReactNode; mono?: boolean }[] }) {
  return (
    <dl className="sheet">
      {facts.map(fact => (
        <div key={fact.term} className="contents">
          <dt>{fact.term}</dt>
          <dd className={fact.mono ? 'mono' : undefined}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
