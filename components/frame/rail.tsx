'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Icon, type IconName } from './icons'

type Place = {
  href: string
  name: string
  icon: IconName
  /** Also in the bottom bar of a phone; the others stand behind “More” there. */
  phone?: boolean
}

/** Every place the rail leads to, in three groups. */
export const places: readonly (readonly Place[])[] = [
  [
    { href: '/', name: 'Overview', icon: 'overview', phone: true },
    { href: '/batches', name: 'Batches', icon: 'batches', phone: true },
    { href: '/approvals', name: 'Approvals', icon: 'approvals', phone: true },
    { href: '/import', name: 'Import', icon: 'import' },
  ],
  [
    { href: '/readiness', name: 'Readiness', icon: 'readiness' },
    { href: '/runbooks', name: 'Runbooks', icon: 'runbooks' },
    { href: '/estates', name: 'Estates', icon: 'estates' },
    { href: '/workers', name: 'Workers', icon: 'workers', phone: true },
    { href: '/failures', name: 'Failures', icon: 'failures' },
  ],
  [
    { href: '/audit', name: 'Audit', icon: 'audit' },
    { href: '/people', name: 'People', icon: 'people' },
    { href: '/account', name: 'Account', icon: 'account' },
  ],
]

/**
 * The main navigation. `shown` names the places this person can reach (by href), so that nothing leads to a refusal. The
 * count is what waits there for this very person.
 */
export function Rail({
  shown,
  counts = {},
}: {
  shown: readonly string[]
  counts?: Readonly<Record<string, number>>
}) {
  const path = usePathname()
  const more = useRef<HTMLDetailsElement>(null)
  // Pages are drawn per request: ten of them ahead of time for each page seen would be work for nothing. Only the one pointed at is.
  const [near, setNear] = useState<string | null>(null)
  const groups = places
    .map(group => group.filter(place => shown.includes(place.href)))
    .filter(group => group.length > 0)
  const isHere = (href: string) =>
    href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the list
  useEffect(() => {
    if (more.current) more.current.open = false
  }, [path])

  return (
    <nav className="rail-links" aria-label="Main">
      {groups.map((group, index) => (
        <div key={group[0]?.href} className="contents">
          {index > 0 && <div className="rail-rule" />}
          {group.map(place => {
            const count = counts[place.href] ?? 0
            return (
              <Link
                key={place.href}
                href={place.href}
                className={place.phone ? undefined : 'rail-wide'}
                prefetch={near === place.href ? null : false}
                onPointerEnter={() => setNear(place.href)}
                aria-current={isHere(place.href) ? 'page' : undefined}
              >
                <Icon name={place.icon} />
                <span>{place.name}</span>
                {count > 0 && (
                  <span className="count">
                    {count}
                    <span className="visually-hidden"> waiting</span>
                  </span>
                )}
              </Link>
            )
          })}
        </div>
      ))}
      <details className="rail-more" ref={more}>
        <summary>
          <Icon name="more" />
          <span>More</span>
        </summary>
        <div className="rail-more-list">
          {groups.flat().map(
            place =>
              !place.phone && (
                <Link
                  key={place.href}
                  href={place.href}
                  prefetch={false}
                  aria-current={isHere(place.href) ? 'page' : undefined}
                >
                  <Icon name={place.icon} />
                  {place.name}
                </Link>
              ),
          )}
        </div>
      </details>
    </nav>
  )
}
