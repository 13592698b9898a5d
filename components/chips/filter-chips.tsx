import Link from 'next/link'
import { formatCount } from '@/domain/wording/count'
import { Glyph } from '../state/glyph'
import type { Look } from '../state/look'

export type FilterChip = {
  key: string
  label: string
  /** Where pressing it leads: the same page with this filter put on, or taken off when it is on (see url/params). */
  href: string
  on?: boolean
  look?: Look
  count?: number
}

/** Filters that live in the address: each is a link, so it can be sent, reloaded and gone back from. */
export function FilterChips({ label, chips }: { label: string; chips: readonly FilterChip[] }) {
  return (
    <nav className="chips" aria-label={label}>
      {chips.map(chip => (
        <Link
          key={chip.key}
          href={chip.href}
          prefetch={false}
          scroll={false}
          className="chip"
          aria-current={chip.on ? 'true' : undefined}
        >
          {chip.look && <Glyph look={chip.look} />}
          {chip.label}
          {chip.count !== undefined && <b>{formatCount(chip.count)}</b>}
          {chip.on && (
            <svg className="x" viewBox="0 0 9 9" aria-hidden="true">
              <path d="M1 1l7 7M8 1L1 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
            </svg>
          )}
          {chip.on && <span className="visually-hidden">, on; press to take it off</span>}
        </Link>
      ))}
    </nav>
  )
}
