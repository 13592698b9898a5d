import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { HoldEverything } from '@/components/frame/hold-everything'
import { Shell, Who } from '@/components/frame/shell'
import { readTheme, themeCookie } from '@/components/frame/theme'
import { ThemeSwitch } from '@/components/frame/theme-switch'
import { CommandPalette } from '@/components/palette/command-palette'
import { setTheme } from '../set-theme'
import { findSample, showSent } from './actions'
import { commands } from './samples'

const everywhere = [
  '/',
  '/batches',
  '/approvals',
  '/import',
  '/readiness',
  '/runbooks',
  '/estates',
  '/workers',
  '/audit',
  '/people',
]

export default async function DesignLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value)
  return (
    <Shell
      shown={everywhere}
      counts={{ '/approvals': 2 }}
      tools={
        <>
          <CommandPalette commands={commands} find={findSample} />
          <HoldEverything held={null} why={null} hold={showSent} release={showSent} />
        </>
      }
      foot={
        <>
          <Who name="Megan Bowen" roles="Migration lead" />
          <ThemeSwitch theme={theme} setTheme={setTheme} />
        </>
      }
    >
      {children}
    </Shell>
  )
}
