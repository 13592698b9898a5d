import Link from 'next/link'
import { formatCount } from '@/domain/wording/count'

/**
 * Keyset pages: there is a way on and a way back, no page numbers. `from` is the first row's number where it is known (it is
 * on the first page, and while going on from there).
 */
export function Pager({
  shown,
  total,
  more = false,
  from,
  backHref,
  onHref,
  firstHref,
  noun = 'people',
  keys = true,
}: {
  shown: number
  total: number
  /** There are more than `total`, which were not all counted. */
  more?: boolean
  from?: number | null
  firstHref?: string | null
  backHref?: string | null
  onHref?: string | null
  noun?: string
  /** Say which keys work in the table above. */
  keys?: boolean
}) {
  const all = `${more ? 'more than ' : ''}${formatCount(total)}`
  const range = from
    ? `${formatCount(from)} to ${formatCount(from + shown - 1)} of ${all}`
    : `${formatCount(shown)} of ${all}`
  return (
    <nav className="pager" aria-label="Pages">
      <span className="num">
        {range} {noun}
      </span>
      {keys && (
        <span className="keys">
          <kbd>J</kbd> <kbd>K</kbd> to move, <kbd>X</kbd> to select, <kbd>Enter</kbd> to open
        </span>
      )}
      <span className="ways">
        {firstHref && (
          <Link className="btn" href={firstHref} scroll={false}>
            First
          </Link>
        )}
        {backHref && (
          <Link className="btn" href={backHref} scroll={false} rel="prev">
            Back
          </Link>
        )}
        {onHref && (
          <Link className="btn" href={onHref} scroll={false} rel="next">
            On
          </Link>
        )}
      </span>
    </nav>
  )
}
