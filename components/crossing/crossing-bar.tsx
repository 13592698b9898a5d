import Link from 'next/link'
import type { CSSProperties } from 'react'
import { formatCount } from '@/domain/wording/count'
import { type CrossingPart, sumOf } from './parts'

const width = (part: CrossingPart) => ({ '--n': part.count }) as CSSProperties
const words = (part: CrossingPart) => `${formatCount(part.count)} ${part.label}`

/**
 * The bar alone. With `beside` it stands next to a legend that carries the same links: then it is a picture that can be
 * clicked, and screen readers and the keyboard use the legend. Parts of no people take no room.
 */
export function CrossingBar({
  parts,
  thin,
  beside,
  label,
}: {
  parts: readonly CrossingPart[]
  thin?: boolean
  beside?: boolean
  /** What the bar counts, e.g. “Wave 2”. */
  label?: string
}) {
  const shown = parts.filter(part => part.count > 0)
  const name = `${label ? `${label}: ` : ''}${shown.map(words).join(', ') || 'nobody'}`
  if (!shown.some(part => part.href) || thin)
    return (
      <div className={thin ? 'crossing thin' : 'crossing'} role="img" aria-label={name}>
        {shown.map(part => (
          <i key={part.key} className={`look-${part.look}`} style={width(part)} title={words(part)} />
        ))}
      </div>
    )
  return (
    <div
      className="crossing"
      aria-hidden={beside || undefined}
      {...(beside
        ? {}
        : { role: 'group', 'aria-label': `${label ?? 'Crossing'}, ${formatCount(sumOf(parts))} in all` })}
    >
      {shown.map(part =>
        part.href ? (
          <Link
            key={part.key}
            href={part.href}
            prefetch={false}
            tabIndex={beside ? -1 : undefined}
            className={`look-${part.look}`}
            style={width(part)}
            title={words(part)}
          >
            <span className="visually-hidden">{words(part)}</span>
          </Link>
        ) : (
          <i key={part.key} className={`look-${part.look}`} style={width(part)} title={words(part)} />
        ),
      )}
    </div>
  )
}
