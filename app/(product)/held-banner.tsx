import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { Note } from '@/components/surface/note'
import { releasesEverything } from '@/domain/wording/hold-words'
import type { HoldNow } from '@/server/queries/holds-now'
import { releaseEverything } from './frame-actions'
import { OwnMoment } from './own-moment'

/** Above every page while everything is held: who, since when, why, and the way to let it go on. */
export function HeldBanner({ hold, now, why }: { hold: HoldNow; now: Date; why: string | null }) {
  return (
    <section className="px-4 pt-5 phone:px-6" aria-label="Everything is held">
      <Note look="held" title="Everything is held: nothing new starts on any lane">
        <div className="flex flex-wrap items-center gap-3">
          <span>
            {hold.heldBy} holds it since <OwnMoment at={hold.heldAt} now={now} />: {hold.reason}
          </span>
          <ConfirmDialog
            button="Release"
            why={why}
            title="Let everything go on?"
            confirm="Let it go on"
            action={releaseEverything}
            reason="required"
          >
            <p>{releasesEverything}</p>
          </ConfirmDialog>
        </div>
      </Note>
    </section>
  )
}
