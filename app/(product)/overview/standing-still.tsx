import { ButtonLink } from '@/components/button/button'
import { Ask } from '@/components/surface/note'
import { agoWords, coarse } from '@/domain/wording/duration'
import { sentenceCase } from '@/domain/wording/sentence'
import type { Overview } from '@/server/queries/overview'

export type Entry = { key: string; since: number; row: React.ReactNode }

/** What stands still until a person lets it go on: holds, lanes that a credential stopped, breakers. */
export function standingStill(data: Overview): Entry[] {
  const now = data.now.getTime()
  return [
    ...data.held.map((hold): Entry => {
      const since = hold.heldAt.getTime()
      return {
        key: hold.id,
        since,
        row: (
          <Ask
            key={hold.id}
            look="held"
            title={<b>{sentenceCase(hold.on)} is held</b>}
            why={`${hold.heldBy} has held it for ${coarse(now - since)}: ${hold.reason}`}
            action={<ButtonLink href={hold.href}>Look</ButtonLink>}
          />
        ),
      }
    }),
    ...data.lanes.flatMap((lane): Entry[] => {
      if (!lane.stopped) return []
      const since = lane.stopped.since.getTime()
      return [
        {
          key: lane.id,
          since,
          row: (
            <Ask
              key={lane.id}
              look="failed"
              title={
                <b>
                  The lane {lane.name} of {lane.estate} has stopped
                </b>
              }
              why={`Stopped ${agoWords(now - since)}: ${lane.stopped.why || 'no reason was recorded'}`}
              action={<ButtonLink href={`/estates/${lane.estateId}`}>Look</ButtonLink>}
            />
          ),
        },
      ]
    }),
    ...data.breakers.map((breaker): Entry => {
      const since = breaker.openedAt?.getTime() ?? now
      return {
        key: breaker.id,
        since,
        row: (
          <Ask
            key={breaker.id}
            look={breaker.state === 'half_open' ? 'unknown' : 'failed'}
            title={<b>{breaker.title}: nothing new begins</b>}
            why={`${breaker.cause.replace(/\.$/, '')}. ${breaker.wayOn}`}
            action={<ButtonLink href="/workers">Look</ButtonLink>}
          />
        ),
      }
    }),
  ]
}
