import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { TextField } from '@/components/forms/field'
import { Card, CardBody } from '@/components/surface/card'
import { Ask, AskList } from '@/components/surface/note'
import type { Actor } from '@/domain/people/actor'
import { daysSpan } from '@/domain/wording/barred-words'
import type { BlackoutLine } from '@/server/queries/blackouts'
import type { EstateLine } from '@/server/queries/estates'
import { whyNot } from '../why-not'
import { barDays, freeDays } from './blackout-actions'

/** Days on which nothing new starts on an estate, and the way to bar more or to take them back. */
export function BlackoutsCard({
  estate,
  blackouts,
  actor,
}: {
  estate: EstateLine
  blackouts: readonly BlackoutLine[]
  actor: Extract<Actor, { kind: 'person' }>
}) {
  const why = whyNot(actor, 'windows.write')
  return (
    <Card title="Barred days" hint={`in ${estate.zone}`}>
      {blackouts.length > 0 && (
        <AskList label="Barred days">
          {blackouts.map(one => (
            <Ask
              key={one.id}
              look="held"
              title={daysSpan(one)}
              why={`${one.reason.replace(/\.$/, '')}. Barred by ${one.by}.`}
              action={
                <ConfirmDialog
                  button="Take back…"
                  side="end"
                  why={why}
                  title={`Free ${daysSpan(one)}?`}
                  confirm="Free these days"
                  action={freeDays}
                  fields={{ blackout: one.id }}
                  reason="required"
                >
                  <p>Waves that are approved and open start on these days again, at once if it is today.</p>
                </ConfirmDialog>
              }
            />
          ))}
        </AskList>
      )}
      <CardBody>
        <div className="grid justify-items-start gap-2 text-s">
          {blackouts.length === 0 && <p className="text-muted">No day is barred on this estate.</p>}
          <ConfirmDialog
            button="Bar days…"
            why={why}
            title={`On which days does nothing start on ${estate.name}?`}
            confirm="Bar these days"
            action={barDays}
            fields={{ estate: estate.id }}
            reason="required"
            reasonHint="People read it on those days: “Quarter end”."
            extra={
              <div className="grid gap-3 phone:grid-cols-2">
                <TextField label="First day" name="first_day" type="date" required />
                <TextField label="Last day" name="last_day" type="date" hint="Empty: one day." />
              </div>
            }
          >
            <ul>
              <li>Nothing new of any batch on this estate starts on these days, in any wave’s window.</li>
              <li>What runs when the first day begins ends by itself.</li>
            </ul>
          </ConfirmDialog>
        </div>
      </CardBody>
    </Card>
  )
}
