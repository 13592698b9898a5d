import type { ReactNode } from 'react'
import { Mark } from '@/components/frame/icons'

/** The frame of the pages that people see before they are signed in. */
export function FrontDoor({
  title,
  lead,
  wide,
  children,
}: {
  title: string
  lead?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className={`grid w-full gap-5 ${wide ? 'max-w-[860px]' : 'max-w-[400px]'}`}>
        <div className="flex items-center gap-2 text-l font-semibold">
          <span className="w-6 text-accent">
            <Mark />
          </span>
          Ferry
        </div>
        <div className="head">
          <div>
            <h1>{title}</h1>
            {lead && <p className="lead">{lead}</p>}
          </div>
        </div>
        {children}
      </div>
    </main>
  )
}
