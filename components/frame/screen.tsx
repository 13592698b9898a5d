import Link from 'next/link'
import type { ReactNode } from 'react'
import { SaidAbove } from '../forms/said-above'
import { Tools } from './tools'

export type EstateKind = 'lab' | 'live'
export type Crumb = { name: string; href?: string }

/**
 * One page in the shell: the coloured edge, the bar with the way here, and the page. `kind` is that of the estate the page is
 * about; a page about several estates passes `live` when any of them is LIVE; without estates (People, Audit) it is left out.
 */
export function Screen({
  crumbs,
  kind,
  estate,
  children,
}: {
  /** From the place in the rail to here; the last one is this page. */
  crumbs: readonly Crumb[]
  kind?: EstateKind | null
  /** The estate's name, beside the word. */
  estate?: string
  children: ReactNode
}) {
  return (
    <div className="screen">
      <div className="edge" data-kind={kind ?? undefined} />
      <section className="bar" aria-label="Page bar">
        <nav aria-label="You are here" className="min-w-0">
          <ol className="crumbs">
            {crumbs.map((crumb, index) => (
              <li key={crumb.name}>
                {crumb.href && index < crumbs.length - 1 ? (
                  <Link href={crumb.href} prefetch={false}>
                    {crumb.name}
                  </Link>
                ) : (
                  <span aria-current={index === crumbs.length - 1 ? 'page' : undefined}>{crumb.name}</span>
                )}
              </li>
            ))}
          </ol>
        </nav>
        {kind && <Kind kind={kind} estate={estate} />}
        <div className="bar-tools">
          <Tools />
        </div>
      </section>
      <SaidAbove />
      <main id="page" className="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

/** LIVE or LAB as a word: filled the one, outlined the other. */
export function Kind({ kind, estate }: { kind: EstateKind; estate?: string }) {
  return (
    <span className="kind" data-kind={kind}>
      {kind === 'live' ? 'LIVE' : 'LAB'}
      {estate && <span className="estate">{estate}</span>}
    </span>
  )
}
