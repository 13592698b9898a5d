import type { ReactNode } from 'react'
import { Glyph } from '../state/glyph'
import type { Look } from '../state/look'

/** Something to know beside the matter. With a look it carries that state's hue and glyph. */
export function Note({ look, title, children }: { look?: Look; title?: ReactNode; children: ReactNode }) {
  return (
    <div className={look ? `note look-${look}` : 'note'}>
      {title && (
        <p className="title">
          {look && <Glyph look={look} />}
          {title}
        </p>
      )}
      <div>{children}</div>
    </div>
  )
}

/** One thing that waits for a person: what it is, why it waits, and the button that leads there. */
export function AskList({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ul className="rows" aria-label={label}>
      {children}
    </ul>
  )
}

export function Ask({
  look = 'person',
  title,
  why,
  action,
}: {
  look?: Look
  title: ReactNode
  why: ReactNode
  action?: ReactNode
}) {
  return (
    <li className="ask">
      <Glyph look={look} />
      <div>
        <div>{title}</div>
        <div className="why">{why}</div>
      </div>
      {action}
    </li>
  )
}
