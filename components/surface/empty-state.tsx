import type { ReactNode } from 'react'

/** What a screen will show once there is something, and the first step to it. */
export function EmptyState({
  title,
  children,
  action,
  level = 2,
  art,
}: {
  title: string
  children: ReactNode
  action?: ReactNode
  /** 1 where it is all of the page. */
  level?: 1 | 2 | 3
  /** The ferry at its shore, for a whole page without anything yet. */
  art?: boolean
}) {
  const Heading = `h${level}` as const
  return (
    <div className="empty">
      {art && <Harbour />}
      <Heading>{title}</Heading>
      <p>{children}</p>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </div>
  )
}

function Harbour() {
  return (
    <svg className="art" viewBox="0 0 132 60" fill="none" stroke="currentColor" aria-hidden="true">
      <g strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M30 32h52l-7 12H38zM42 32V20h22l9 12M50 20v-9" />
        <path
          d="M2 54c5 0 5-3 10-3s5 3 10 3 5-3 10-3 5 3 10 3 5-3 10-3 5 3 10 3 5-3 10-3 5 3 10 3 5-3 10-3 5 3 10 3"
          opacity=".55"
        />
        <path d="M112 54V34h18M112 40h18" opacity=".35" />
      </g>
    </svg>
  )
}
