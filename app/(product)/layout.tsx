import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { HoldEverything } from '@/components/frame/hold-everything'
import { Shell, Who } from '@/components/frame/shell'
import { readTheme, themeCookie } from '@/components/frame/theme'
import { ThemeSwitch } from '@/components/frame/theme-switch'
import { CommandPalette } from '@/components/palette/command-palette'
import { hasPermission, type Permission, roleWord } from '@/domain/people/permissions'
import { listOf } from '@/domain/wording/list'
import { momentWords } from '@/domain/wording/moment'
import { sentenceCase } from '@/domain/wording/sentence'
import { requireActor } from '@/server/auth/current-actor'
import { keptZone, viewerZone } from '@/server/auth/viewer-zone'
import { frameData } from '@/server/queries/frame'
import { setTheme } from '../set-theme'
import { findInPalette, holdEverything, releaseEverything } from './frame-actions'
import { HeldBanner } from './held-banner'
import { paletteCommands } from './palette-commands'
import { QueueBanner } from './queue-banner'

/** Places and the permission without which they would only refuse. */
const places: readonly [href: string, needs: Permission][] = [
  ['/', 'batches.read'],
  ['/batches', 'batches.read'],
  ['/approvals', 'batches.read'],
  ['/import', 'imports.write'],
  ['/estates', 'estates.read'],
  ['/workers', 'workers.read'],
  ['/failures', 'failures.read'],
  ['/audit', 'audit.read'],
  ['/people', 'people.read'],
  ['/account', 'tokens.own'],
]

/** The frame around every page of the product; strangers are sent to sign in. */
export default async function ProductLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor()
  const [frame, jar, kept, zone] = await Promise.all([frameData(actor), cookies(), keptZone(), viewerZone()])
  const hold = frame.heldEverything
  const mayHold = hasPermission(actor.roles, 'holds.write')
  const why = mayHold.ok ? null : mayHold.why
  return (
    <Shell
      zone={kept}
      shown={places.filter(([, needs]) => hasPermission(actor.roles, needs).ok).map(([href]) => href)}
      counts={{ '/approvals': frame.approvalsToDecide }}
      tools={
        <>
          <CommandPalette commands={paletteCommands(actor.roles)} find={findInPalette} />
          <HoldEverything
            held={
              hold && {
                since: `${momentWords(hold.heldAt, zone, frame.now)} ${zone}`,
                by: hold.heldBy,
                reason: hold.reason,
              }
            }
            why={why}
            hold={holdEverything}
            release={releaseEverything}
          />
        </>
      }
      foot={
        <>
          <Who name={actor.name} roles={sentenceCase(listOf(actor.roles.map(roleWord)))} />
          <ThemeSwitch theme={readTheme(jar.get(themeCookie)?.value)} setTheme={setTheme} />
        </>
      }
    >
      <div className="min-w-0">
        {frame.queueTrouble && <QueueBanner why={frame.queueTrouble} />}
        {hold && <HeldBanner hold={hold} now={frame.now} why={why} />}
        {children}
      </div>
    </Shell>
  )
}
