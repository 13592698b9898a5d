import Link from 'next/link'
import type { ReactNode } from 'react'
import { ViewerZone } from '../time/viewer-zone'
import { Mark } from './icons'
import { Rail } from './rail'
import { ToolsProvider } from './tools'

/**
 * What stays while one goes from page to page: the rail, and the tools that every bar shows. Belongs into a layout; each page
 * draws a `Screen` in it.
 */
export function Shell({
  shown,
  counts,
  tools,
  foot,
  zone,
  children,
}: {
  /** The places this person can reach, by href. */
  shown: readonly string[]
  /** What waits at each place for this person. */
  counts?: Readonly<Record<string, number>>
  /** Search and “Hold everything”. */
  tools?: ReactNode
  /** Who is signed in, and the theme. */
  foot?: ReactNode
  /** The zone this person keeps, for times on hover. */
  zone?: string | null
  children: ReactNode
}) {
  return (
    <div className="frame">
      <a href="#page" className="skip">
        Skip to the page
      </a>
      <header className="rail">
        <Link href="/" prefetch={false} className="brand">
          <Mark />
          Ferry
        </Link>
        <Rail shown={shown} counts={counts} />
        {foot && <div className="rail-foot">{foot}</div>}
      </header>
      <ToolsProvider tools={tools}>{children}</ToolsProvider>
      <ViewerZone kept={zone} />
    </div>
  )
}

/** Who is signed in, at the rail's foot. */
export function Who({ name, roles, children }: { name: string; roles: string; children?: ReactNode }) {
  return (
    <div className="who">
      <b>{name}</b>
      {roles}
      {children}
    </div>
  )
}
