import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { TextField } from '@/components/forms/field'
import { isWaveOpen } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import type { BatchDetail, BatchWave } from '@/server/queries/batch'
import { whyNot } from '../../why-not'
import { setThisWindow } from './window-actions'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** When something new of a wave may start: daily times in a zone, first and last day, and the cut-off. */
export function WindowDialog({
  batch,
  wave,
  actor,
}: {
  batch: BatchDetail
  wave: BatchWave
  actor: Extract<Actor, { kind: 'person' }>
}) {
  const { window } = wave
  const ended = { ok: false as const, why: 'The wave has ended, so nothing of it starts.' }
  return (
    <ConfirmDialog
      button="Change window…"
      why={whyNot(actor, 'windows.write', isWaveOpen(wave.state) ? { ok: true } : ended)}
      title={`When may ${wave.name} start something new?`}
      confirm="Set the window"
      action={setThisWindow}
      fields={{ batch: batch.id, wave: wave.id }}
      reason="required"
      liveEstate={batch.estate.kind === 'live' ? batch.estate.name : null}
      extra={
        <div className="grid gap-3 phone:grid-cols-2">
          <TextField
            label="From"
            name="from"
            type="time"
            defaultValue={window?.from ?? ''}
            hint="Empty: at any time."
          />
          <TextField
            label="To"
            name="to"
            type="time"
            defaultValue={window?.to ?? ''}
            hint="Not later than from: on the next day."
          />
          <TextField
            label="Time zone"
            name="zone"
            defaultValue={window?.zone ?? batch.zone}
            hint="Changes of clocks are taken into account."
          />
          <fieldset className="field">
            <legend>Opens on</legend>
            <div className="flex flex-wrap gap-x-3 gap-y-1 text-s">
              {days.map((day, index) => (
                <label key={day} className="check flex items-center gap-1">
                  <input
                    type="checkbox"
                    name="day"
                    value={index + 1}
                    defaultChecked={window ? window.days.includes(index + 1) : true}
                  />
                  {day}
                </label>
              ))}
            </div>
          </fieldset>
          <TextField label="First day" name="first_day" type="date" defaultValue={window?.firstDay ?? ''} />
          <TextField label="Last day" name="last_day" type="date" defaultValue={window?.lastDay ?? ''} />
          <TextField
            label="Cut-off"
            name="cut_off"
            type="datetime-local"
            defaultValue={wave.cutOffLocal ?? ''}
            hint="In the zone above. Empty: none."
          />
        </div>
      }
    >
      <ul>
        <li>Outside these times nothing new of the wave starts. What runs ends by itself.</li>
        <li>Unknown outcomes are read back at any time, since that changes nothing.</li>
        <li>Times are no part of the plan: an approval stays. The ledger says who changed them.</li>
      </ul>
    </ConfirmDialog>
  )
}
