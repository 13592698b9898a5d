import { ButtonLink } from '@/components/button/button'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { SelectField, TextField } from '@/components/forms/field'
import { LiveRefresh } from '@/components/live/live-refresh'
import { PageHead } from '@/components/surface/card'
import { Moment } from '@/components/time/moment'
import { hrefWith, type Query } from '@/components/url/params'
import { willMiss } from '@/domain/forecast/outlook'
import { batchWord, mayCancelBatch, mayDeleteBatch, mayEditBatch } from '@/domain/lifecycle/batch'
import { isWaveAtWork } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { batchSentence } from '@/domain/wording/batch-sentence'
import { people } from '@/domain/wording/count'
import { shortHash } from '@/domain/wording/short-hash'
import { writePositions } from '@/server/live/positions'
import type { BatchDetail, BatchWave } from '@/server/queries/batch'
import type { ItemFilter } from '@/server/queries/item-where'
import { bound, verifiedOf } from '@/server/queries/people-counts'
import { HoldButton } from '../../hold-button'
import { outlookOf } from '../../overview/overview-facts'
import { whyNot } from '../../why-not'
import { cancelThisBatch, changeBatch, deleteThisBatch } from './actions'

type Person = Extract<Actor, { kind: 'person' }>

/** The batch's answer in a sentence, what it is about, and what can be done with all of it. */
export function BatchHead({
  batch,
  actor,
  query,
  filter,
}: {
  batch: BatchDetail
  actor: Person
  query: Query
  filter: ItemFilter
}) {
  const atWork = batch.waves.find(wave => isWaveAtWork(wave.state))
  const wide = batch.holds.find(hold => hold.scope !== 'wave' && hold.scope !== 'lane')
  const approval = atWork?.approvals.find(one => one.state === 'spent')
  return (
    <PageHead
      title={batchSentence({
        state: batch.state,
        counts: batch.counts,
        waveAtWork: atWork?.name ?? null,
        wavesWaiting: batch.waves.filter(wave => wave.state === 'awaiting_approval').map(wave => wave.name),
        hold: wide ? `held by ${wide.heldBy}` : null,
        heldPart: heldPart(batch, atWork),
        willMiss: willMiss(outlookOf(batch, batch.now)),
      })}
      lead={
        <>
          <b>{batch.name}</b> · {batch.runbook.title} {batch.runbook.version} · to{' '}
          <span className="mono">{batch.targetPool ?? 'a pool for each person'}</span>
          {approval && (
            <>
              {' '}
              · plan <span className="mono">{shortHash(approval.planHash)}</span> approved by{' '}
              {approval.decidedBy}
              {approval.decidedAt && (
                <>
                  {' '}
                  <Moment at={approval.decidedAt} zone={batch.zone} now={batch.now} />
                </>
              )}
            </>
          )}{' '}
          · times in {batch.zone}
        </>
      }
      actions={<BatchActions batch={batch} actor={actor} query={query} filter={filter} />}
    />
  )
}

function BatchActions({
  batch,
  actor,
  query,
  filter,
}: {
  batch: BatchDetail
  actor: Person
  query: Query
  filter: ItemFilter
}) {
  const narrowed = Object.keys(filter).length > 0
  const fields = { batch: batch.id }
  const live = batch.estate.kind === 'live' ? batch.estate.name : null
  const left = bound(batch.counts) - verifiedOf(batch.counts)
  return (
    <>
      <LiveRefresh url={`/api/live/${batch.id}`} lastEventId={writePositions(batch.heads)} />
      <ButtonLink href={`/batches/${batch.id}/script`} prefetch={false}>
        What will run
      </ButtonLink>
      <a className="btn" href={hrefWith(`/api/batches/${batch.id}/export`, exported(query), {})} download>
        {narrowed ? 'Download this filter’s log' : 'Download the log'}
      </a>
      <ConfirmDialog
        button="Change…"
        why={whyNot(actor, 'batches.write', mayEditBatch(batch))}
        title="Change this batch"
        confirm="Save"
        action={changeBatch}
        fields={fields}
        extra={
          <>
            <TextField label="Name" name="name" defaultValue={batch.name} maxLength={120} required />
            <PoolField batch={batch} />
          </>
        }
      >
        <p>
          A change of the target pool voids what has been asked for or approved, since the plan is another
          one. Whoever changes a batch does not approve it next.
        </p>
      </ConfirmDialog>
      <HoldButton
        scope="batch"
        target={batch.id}
        name="batch"
        held={batch.holds.some(hold => hold.scope === 'batch')}
        why={whyNot(actor, 'holds.write', openOnly(batch))}
        side="end"
      />
      <ConfirmDialog
        button="Cancel batch…"
        tone="danger"
        side="end"
        why={whyNot(actor, 'batches.write', mayCancelBatch(batch))}
        title={`Cancel ${batch.name}?`}
        confirm={`Cancel, leave ${people(left)} out`}
        confirmTone="danger"
        action={cancelThisBatch}
        fields={fields}
        reason="required"
        liveEstate={live}
      >
        <ul>
          <li>{people(left)} who are not across are left out. Their places are free for another batch.</li>
          <li>{people(verifiedOf(batch.counts))} who are across stay across; nothing is taken back.</li>
          <li>A cancelled batch cannot be opened again.</li>
        </ul>
      </ConfirmDialog>
      {batch.state === 'draft' && (
        <ConfirmDialog
          button="Delete draft…"
          tone="danger"
          side="end"
          why={whyNot(actor, 'batches.write', mayDeleteBatch(batch))}
          title={`Delete the draft ${batch.name}?`}
          confirm="Delete the draft"
          confirmTone="danger"
          action={deleteThisBatch}
          fields={fields}
          reason="required"
        >
          <p>Its waves and people go. One line in the ledger remains, with your name and the reason.</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function PoolField({ batch }: { batch: BatchDetail }) {
  const hint = 'For everybody without a TargetPool of their own.'
  if (batch.estate.pools.length === 0)
    return (
      <TextField label="Target pool" name="target_pool" defaultValue={batch.targetPool ?? ''} hint={hint} />
    )
  return (
    <SelectField
      label="Target pool"
      name="target_pool"
      defaultValue={batch.targetPool ?? ''}
      hint={hint}
      options={[
        { value: '', label: 'None for the whole batch' },
        ...batch.estate.pools.map(pool => ({ value: pool, label: pool })),
      ]}
    />
  )
}

const openOnly = (batch: BatchDetail) =>
  batch.state === 'draft' || batch.state === 'active'
    ? ({ ok: true } as const)
    : ({ ok: false, why: `The batch is ${batchWord(batch.state)}, so there is nothing to hold.` } as const)

/** Where a hold on the wave at work, or on a lane of the estate, keeps anything new from starting. */
function heldPart(batch: BatchDetail, atWork: BatchWave | undefined) {
  if (atWork?.hold) return { where: `in ${atWork.name}`, why: `held by ${atWork.hold.heldBy}` }
  const lane = batch.holds.find(hold => hold.lane !== null)
  return lane ? { where: `on the lane ${lane.lane?.name}`, why: `held by ${lane.heldBy}` } : null
}

/** Only what narrows people goes into the export's address. */
const exported = (query: Query): Query =>
  Object.fromEntries(Object.entries(query).filter(([key]) => ['state', 'wave', 'cluster', 'q'].includes(key)))
