import Link from 'next/link'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { TextArea, TextField } from '@/components/forms/field'
import { Moment } from '@/components/time/moment'
import type { Actor } from '@/domain/people/actor'
import type { BatchDetail } from '@/server/queries/batch'
import type { ClusterRow } from '@/server/queries/failure-clusters'
import { whyNot } from '../../why-not'
import { noteThisCluster } from './cluster-actions'

/** What stands beside a cluster: that it is new, one of its people, and what people wrote about it. */
export function ClusterNote({ batch, cluster }: { batch: BatchDetail; cluster: ClusterRow }) {
  const { note } = cluster
  return (
    <span className="block">
      {cluster.isNew && <strong>New: Ferry has not met this before this batch. </strong>}
      For example{' '}
      <Link href={`/batches/${batch.id}/people/${cluster.sample.itemId}`} prefetch={false}>
        {cluster.sample.name}
      </Link>
      {cluster.errorClass && <>, class {cluster.errorClass}</>}, first{' '}
      <Moment at={cluster.since} zone={batch.zone} now={batch.now} />.
      {note && (
        <span className="block">
          {note.owner && `${note.owner} looks after it. `}
          {note.note && `“${note.note}” `}({note.by},{' '}
          <Moment at={note.at} zone={batch.zone} now={batch.now} />)
        </span>
      )}
    </span>
  )
}

export function NoteDialog({
  batch,
  cluster,
  title,
  actor,
}: {
  batch: BatchDetail
  cluster: ClusterRow
  title: string
  actor: Extract<Actor, { kind: 'person' }>
}) {
  return (
    <ConfirmDialog
      button={cluster.note ? 'Change the note…' : 'Note…'}
      tone="quiet"
      why={whyNot(actor, 'clusters.note')}
      title={`What is known about “${title}”?`}
      confirm="Write it down"
      action={noteThisCluster}
      fields={{ batch: batch.id, cluster: cluster.key }}
      extra={
        <div className="grid gap-3">
          <TextField
            label="Whose it is"
            name="owner"
            maxLength={200}
            defaultValue={cluster.note?.owner ?? ''}
          />
          <TextArea
            label="What is being done"
            name="note"
            maxLength={2000}
            defaultValue={cluster.note?.note ?? ''}
          />
        </div>
      }
    >
      <p>It stands beside this cluster for everybody, and in the ledger. Both empty takes it away.</p>
    </ConfirmDialog>
  )
}
