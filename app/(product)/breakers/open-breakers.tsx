import Link from 'next/link'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { Ask, AskList } from '@/components/surface/note'
import { Moment } from '@/components/time/moment'
import type { Actor } from '@/domain/people/actor'
import type { BreakerLine } from '@/server/queries/breakers'
import { whyNot } from '../why-not'
import { closeThisBreaker } from './actions'

/** What stopped by itself: cause, since when, what makes it go on, and the button for it. Nothing where none is. */
export function OpenBreakers({
  breakers,
  actor,
  now,
  zone,
}: {
  breakers: readonly BreakerLine[]
  actor: Extract<Actor, { kind: 'person' }>
  now: Date
  zone: string
}) {
  if (breakers.length === 0) return null
  return (
    <AskList label="Stopped by itself">
      {breakers.map(breaker => (
        <Ask
          key={breaker.id}
          look={breaker.state === 'half_open' ? 'unknown' : 'failed'}
          title={
            <>
              {breaker.title}: nothing new begins
              {breaker.openedAt && (
                <>
                  {' '}
                  since <Moment at={breaker.openedAt} zone={zone} now={now} />
                </>
              )}
            </>
          }
          why={
            <>
              {breaker.cause.replace(/\.$/, '')}. {breaker.wayOn}
              {breaker.probing && (
                <>
                  {' '}
                  It is{' '}
                  <Link href={`/batches/${breaker.probing.batchId}/people/${breaker.probing.itemId}`}>
                    {breaker.probing.name}
                  </Link>
                  .
                </>
              )}
            </>
          }
          action={
            <ConfirmDialog
              button="Let it go on"
              side="end"
              why={whyNot(actor, 'breakers.close')}
              title={`Let it go on: ${breaker.title}?`}
              confirm="Let it go on"
              action={closeThisBreaker}
              fields={{ breaker: breaker.id }}
              reason="required"
              reasonHint="What was put right, or why it does not matter."
            >
              <ul>
                <li>Everybody who waits for it may begin at once, not only one to try.</li>
                {breaker.harmed ? (
                  <li>
                    The {breaker.harmed.people} people who may be harmed now do not count again; it stops anew
                    after {breaker.harmed.cap} more.
                  </li>
                ) : (
                  <li>If the cause is still there, it stops again after as many failures as before.</li>
                )}
              </ul>
            </ConfirmDialog>
          }
        />
      ))}
    </AskList>
  )
}
