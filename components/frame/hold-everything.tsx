'use client'

import { releasesEverything } from '@/domain/wording/hold-words'
import { ConfirmDialog } from '../forms/confirm-dialog'
import type { FormAction } from '../forms/form-result'
import { Icon } from './icons'

/** The one switch that holds everything, in every bar. While it is on, the same place lets go of it again. */
export function HoldEverything({
  held,
  why,
  hold,
  release,
}: {
  /** Since when and by whom, when everything is held now. */
  held: { since: string; by: string; reason: string } | null
  /** Why this person may not; null when they may. */
  why: string | null
  hold: FormAction
  release: FormAction
}) {
  return held ? (
    <ConfirmDialog
      key="release"
      button={
        <>
          <Icon name="play" />
          <span className="hold-words">Release everything</span>
        </>
      }
      why={why}
      side="end"
      title="Let everything go on?"
      confirm="Let it go on"
      action={release}
      reason="required"
    >
      <p>
        Held by {held.by} since {held.since}: {held.reason}
      </p>
      <p>{releasesEverything}</p>
    </ConfirmDialog>
  ) : (
    <ConfirmDialog
      key="hold"
      button={
        <>
          <Icon name="pause" />
          <span className="hold-words">Hold everything</span>
        </>
      }
      tone="danger"
      why={why}
      side="end"
      title="Hold everything?"
      confirm="Hold everything"
      confirmTone="danger"
      action={hold}
      reason="required"
    >
      <ul>
        <li>Nothing new starts, on any lane of any estate.</li>
        <li>What runs now is not broken off. It ends by itself and is recorded.</li>
        <li>Approvals stay as they are; their end times keep running.</li>
      </ul>
    </ConfirmDialog>
  )
}
