import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { Ask, AskList } from '@/components/surface/note'
import type { Actor } from '@/domain/people/actor'
import type { LaneNow } from '@/server/queries/lanes'
import { OwnMoment } from '../own-moment'
import { whyNot } from '../why-not'
import { resume } from './actions'

/** Lanes that a failure of their credential stopped, with the reason and the way on. Nothing where none is. */
export function StoppedLanes({
  lanes,
  actor,
  now,
}: {
  lanes: readonly LaneNow[]
  actor: Extract<Actor, { kind: 'person' }>
  now: Date
}) {
  const stopped = lanes.filter(lane => lane.stopped)
  if (stopped.length === 0) return null
  return (
    <AskList label="Stopped lanes">
      {stopped.map(
        lane =>
          lane.stopped && (
            <Ask
              key={lane.id}
              look="failed"
              title={
                <>
                  The lane {lane.name} of {lane.estate} has stood since{' '}
                  <OwnMoment at={lane.stopped.since} now={now} />
                </>
              }
              why={lane.stopped.why || 'No reason was recorded.'}
              action={
                <ConfirmDialog
                  button="Resume"
                  side="end"
                  why={whyNot(actor, 'lanes.resume')}
                  title={`Let the lane ${lane.name} of ${lane.estate} go on?`}
                  confirm="Resume one lane"
                  action={resume}
                  fields={{ lane: lane.id }}
                  reason="required"
                  reasonHint="What was put right, such as a new password for the credential."
                >
                  <ul>
                    <li>
                      It stopped because the credential {lane.credential} failed, before the account is
                      locked.
                    </li>
                    <li>Work goes on where it stood. If the credential still fails, the lane stops again.</li>
                  </ul>
                </ConfirmDialog>
              }
            />
          ),
      )}
    </AskList>
  )
}
