import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { TextField } from '@/components/forms/field'
import { Card } from '@/components/surface/card'
import { Ask, AskList } from '@/components/surface/note'
import { raiseAfterSeconds } from '@/domain/pacing/budget'
import type { Actor } from '@/domain/people/actor'
import { counted } from '@/domain/wording/count'
import { durationWords } from '@/domain/wording/duration'
import type { LaneNow } from '@/server/queries/lanes'
import type { PaceLine } from '@/server/queries/paces'
import { HoldButton } from '../hold-button'
import { OwnMoment } from '../own-moment'
import { whyNot } from '../why-not'
import { paceLane } from './actions'

/** Every lane with how many sessions may work in it, what its service has asked for, and the way to change it while it runs. */
export function LanesCard({
  lanes,
  paces,
  actor,
  now,
}: {
  lanes: readonly LaneNow[]
  paces: readonly PaceLine[]
  actor: Extract<Actor, { kind: 'person' }>
  now: Date
}) {
  return (
    <Card title="Lanes" hint="how much may work at once">
      <AskList label="Lanes">
        {lanes.map(lane => {
          const pace = paces.find(one => one.credentialId === lane.credentialId)
          const busy = lane.seats.filter(seat => seat.state === 'busy').length
          const name = `${lane.name} of ${lane.estate}`
          return (
            <Ask
              key={lane.id}
              look={lane.stopped ? 'failed' : lane.held ? 'held' : pace ? 'waiting' : 'done'}
              title={`${name}: ${busy} of ${counted(lane.concurrency, 'session', 'sessions')} at work`}
              why={
                <>
                  {lane.credential} may hold {counted(lane.cap, 'session', 'sessions')}.{' '}
                  {pace ? paceWords(pace) : 'Its service has not asked for less.'}
                  {lane.held && (
                    <>
                      {' '}
                      {lane.held.heldBy} holds the lane since <OwnMoment at={lane.held.heldAt} now={now} />:{' '}
                      {lane.held.reason}
                    </>
                  )}
                </>
              }
              action={
                <div className="flex flex-wrap gap-2">
                  <HoldButton
                    scope="lane"
                    target={lane.id}
                    name={`lane ${name}`}
                    held={lane.held !== null}
                    why={whyNot(actor, 'holds.write')}
                    side="end"
                  />
                  <ConfirmDialog
                    button="Change…"
                    side="end"
                    why={whyNot(actor, 'lanes.pace')}
                    title={`How many sessions of ${name} may work at once?`}
                    confirm="Change the lane"
                    action={paceLane}
                    fields={{ lane: lane.id }}
                    reason="required"
                    extra={
                      <TextField
                        label={`Sessions at work, 1 to ${lane.cap}`}
                        name="concurrency"
                        type="number"
                        min={1}
                        max={lane.cap}
                        defaultValue={lane.concurrency}
                        required
                      />
                    }
                  >
                    <ul>
                      <li>It takes effect while the lane runs, on every machine.</li>
                      <li>Fewer: what runs ends by itself, and nothing new begins until fewer run.</li>
                      <li>More: more begins at once. A service that asks for less is obeyed all the same.</li>
                    </ul>
                  </ConfirmDialog>
                </div>
              }
            />
          )
        })}
      </AskList>
    </Card>
  )
}

/** “Slowed to 1 of 3 sessions …; One more session may work after each 5 s of quiet.” */
function paceWords(pace: PaceLine): string {
  const pause =
    pace.pauseSeconds > 0 ? ` Nothing begins for ${durationWords(pace.pauseSeconds * 1000)} more.` : ''
  const delayed = pace.delayedMs > 0 ? ` Delays so far add up to ${durationWords(pace.delayedMs)}.` : ''
  return `Slowed to ${pace.allowed} of ${pace.all}: ${pace.cause.replace(/\.$/, '')}.${pause}${delayed} One more session may work after each ${durationWords(raiseAfterSeconds(pace.kind) * 1000)} of quiet.`
}
