import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { TextField } from '@/components/forms/field'
import { totalOf } from '@/domain/lifecycle/item'
import {
  mayCancelWave,
  mayOpenGate,
  mayRequestApproval,
  maySplitWave,
  mayWithdraw,
} from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { people } from '@/domain/wording/count'
import { segmentsOf } from '@/runbooks/segments'
import type { BatchDetail, BatchWave } from '@/server/queries/batch'
import { HoldButton } from '../../hold-button'
import { whyNot } from '../../why-not'
import { askForApproval, cancelThisWave, openWaveGate, splitThisWave, takeRequestBack } from './actions'
import { WindowDialog } from './window-dialog'

/** What can be done with one wave. The step that comes next stands first; the rest behind “More”. */
export function WaveActions({
  batch,
  wave,
  actor,
}: {
  batch: BatchDetail
  wave: BatchWave
  actor: Extract<Actor, { kind: 'person' }>
}) {
  const fields = { batch: batch.id, wave: wave.id }
  const live = batch.estate.kind === 'live' ? batch.estate.name : null
  const asks = segmentsOf(batch.runbook)[wave.segment]?.approval.asks ?? 'Go on'
  const gate = { isPilot: wave.isPilot, state: wave.state, gateOpen: wave.gateOpenedAt !== null }
  const total = totalOf(wave.counts)
  const gateClosed = mayOpenGate(gate).ok
  return (
    <>
      {wave.state === 'awaiting_approval' ? (
        <ConfirmDialog
          button="Withdraw the request"
          why={whyNot(actor, 'approvals.withdraw', mayWithdraw(wave))}
          title={`Withdraw the request for ${wave.name}?`}
          confirm="Withdraw"
          action={takeRequestBack}
          fields={fields}
          reason="optional"
        >
          <p>Nothing runs. The wave can be changed, split, and asked for again.</p>
        </ConfirmDialog>
      ) : (
        wave.state === 'draft' && (
          <ConfirmDialog
            button={`Ask for approval: ${asks.toLowerCase()} ${people(wave.facts.people)}`}
            tone="primary"
            why={whyNot(actor, 'approvals.request', mayRequestApproval(wave.facts))}
            title={`Ask to ${asks.toLowerCase()} ${people(wave.facts.people)} of ${wave.name}?`}
            confirm="Ask for approval"
            action={askForApproval}
            fields={fields}
            reason="optional"
            reasonHint="Whoever decides reads it."
          >
            <ul>
              <li>The plan is fixed by a hash over people, values, scripts and readings.</li>
              <li>Somebody else decides: an operator who has not imported, changed or asked.</li>
              <li>Any change to the plan voids the request. Left alone it lapses into no.</li>
            </ul>
          </ConfirmDialog>
        )
      )}
      {!wave.isPilot && gateClosed && (
        <ConfirmDialog
          button="Open the gate"
          why={whyNot(actor, 'gates.open', mayOpenGate(gate))}
          title={`Open the gate to ${wave.name}?`}
          confirm="Open the gate"
          action={openWaveGate}
          fields={fields}
          reason="required"
          liveEstate={live}
        >
          <p>
            The pilot is not all verified, which is what the gate waits for. Once it is open, {wave.name}{' '}
            starts as soon as it is approved. An approval is still needed.
          </p>
        </ConfirmDialog>
      )}
      <HoldButton
        scope="wave"
        target={wave.id}
        name={wave.name}
        held={wave.hold !== null}
        why={whyNot(actor, 'holds.write')}
      />
      <details className="open:basis-full">
        <summary className="btn" data-tone="quiet">
          More
        </summary>
        <div className="flex flex-wrap items-center gap-2 pt-2">
          <WindowDialog batch={batch} wave={wave} actor={actor} />
          <ConfirmDialog
            button="Split…"
            why={whyNot(actor, 'batches.write', maySplitWave(wave))}
            title={`Split ${wave.name} in two`}
            confirm="Split"
            action={splitThisWave}
            fields={fields}
            extra={
              <TextField
                label={`People who stay in ${wave.name}`}
                name="keep"
                type="number"
                min={1}
                max={Math.max(1, total - 1)}
                defaultValue={Math.max(1, Math.floor(total / 2))}
                required
              />
            }
          >
            <p>
              The first of its {people(total)} stay, in import order; the others become a new wave right
              behind it. Whoever splits does not approve either of them next.
            </p>
          </ConfirmDialog>
          <ConfirmDialog
            button="Cancel wave…"
            tone="danger"
            why={whyNot(actor, 'batches.write', mayCancelWave(wave))}
            title={`Cancel ${wave.name}?`}
            confirm={`Cancel, leave ${people(wave.facts.people)} out`}
            confirmTone="danger"
            action={cancelThisWave}
            fields={fields}
            reason="required"
            liveEstate={live}
          >
            <ul>
              <li>{people(wave.facts.people)} who are not across are left out and free for another batch.</li>
              <li>Whoever is across stays across; nothing is taken back.</li>
            </ul>
          </ConfirmDialog>
        </div>
      </details>
    </>
  )
}
