import { ButtonLink } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ItemStateBadge } from '@/components/state/state'
import { PageHead } from '@/components/surface/card'
import { mayResolveItem, mayRetryItem, maySkipItem } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { writePositions } from '@/server/live/positions'
import type { ItemDetail } from '@/server/queries/item'
import { HoldButton } from '../../../../hold-button'
import { whyNot } from '../../../../why-not'
import { retryPeople, skipPerson } from '../../actions'
import { decideUnknown, readPersonBack } from '../../retry-actions'
import { phraseOf } from './item-words'

/** Who it is, in what state, and what a person may do about it. */
export function ItemHead({ item, actor }: { item: ItemDetail; actor: Extract<Actor, { kind: 'person' }> }) {
  const path = `/batches/${item.batch.id}`
  const retry = mayRetryItem(item)
  const ended = item.state === 'done' || item.state === 'no_change' || item.state === 'left_out'
  return (
    <PageHead
      title={item.displayName}
      lead={
        <>
          <span className="mono">{item.upn}</span> · {item.wave.name} ·{' '}
          <ItemStateBadge state={item.state} text={phraseOf(item)} />
        </>
      }
      actions={
        <>
          <LiveRefresh url={`/api/live/${item.batch.id}`} lastEventId={writePositions(item.heads)} />
          {item.neighbours.previous && (
            <ButtonLink href={`${path}/people/${item.neighbours.previous}`} prefetch={false} rel="prev">
              Back
            </ButtonLink>
          )}
          {item.neighbours.next && (
            <ButtonLink href={`${path}/people/${item.neighbours.next}`} prefetch={false} rel="next">
              Next
            </ButtonLink>
          )}
          <HoldButton
            scope="item"
            target={item.id}
            name={item.displayName}
            held={item.holds.some(hold => hold.scope === 'item')}
            why={whyNot(
              actor,
              'holds.write',
              ended
                ? { ok: false, why: 'Nothing more happens here, so there is nothing to hold.' }
                : { ok: true },
            )}
            side="end"
          />
          <ConfirmDialog
            button="Skip…"
            tone="danger"
            side="end"
            why={whyNot(actor, 'items.skip', maySkipItem(item))}
            title={`Skip ${item.displayName}?`}
            confirm="Skip 1 person"
            confirmTone="danger"
            action={skipPerson}
            fields={{ item: item.id }}
            reason="required"
            reasonHint="Recorded as said by you, not seen."
          >
            <ul>
              <li>Nothing more is done for this person in this batch; they end as left out.</li>
              <li>What has been changed so far stays as it is. Another batch may take them up.</li>
            </ul>
          </ConfirmDialog>
          {item.state === 'unknown' && (
            <ActionForm action={readPersonBack} className="contents">
              <input type="hidden" name="item" value={item.id} />
              <SubmitButton pending="Asking…" side="end" why={whyNot(actor, 'items.retry')}>
                Read back now
              </SubmitButton>
            </ActionForm>
          )}
          {item.state === 'unknown' && (
            <ConfirmDialog
              button="Decide by hand…"
              side="end"
              why={whyNot(actor, 'items.resolve', mayResolveItem(item))}
              title={`Say that ${item.displayName} needs a person?`}
              confirm="Decide for 1 person"
              action={decideUnknown}
              fields={{ item: item.id }}
              reason="required"
              reasonHint="Recorded as said by you, not seen."
            >
              <ul>
                <li>Ferry stops reading the state back. It can never be called done by hand.</li>
                <li>A later retry reads the real state first and repeats nothing until it is known.</li>
              </ul>
            </ConfirmDialog>
          )}
          <ConfirmDialog
            button="Retry"
            tone={retry.ok ? 'primary' : undefined}
            side="end"
            why={whyNot(actor, 'items.retry', retry)}
            title={`Retry ${item.displayName}?`}
            confirm="Retry 1 person"
            action={retryPeople}
            fields={{ batch: item.batch.id, item: item.id }}
            reason="required"
            reasonHint="What was put right since."
          >
            <p>
              The real state is read first. When it is there already, nothing is changed; else the step runs
              again with the scripts that were approved.
            </p>
          </ConfirmDialog>
        </>
      }
    />
  )
}
