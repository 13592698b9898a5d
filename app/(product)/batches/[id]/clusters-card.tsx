import { ClusterCard } from '@/components/clusters/cluster-card'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { Card, CardBody } from '@/components/surface/card'
import type { Actor } from '@/domain/people/actor'
import { clusterWords } from '@/domain/wording/cluster-words'
import { people } from '@/domain/wording/count'
import type { BatchDetail } from '@/server/queries/batch'
import { whyNot } from '../../why-not'
import { retryCluster } from './actions'
import { ClusterNote, NoteDialog } from './cluster-note'

/** Who is stuck, grouped by cause, each with its remedy and a retry for just these people. */
export function ClustersCard({
  batch,
  actor,
}: {
  batch: BatchDetail
  actor: Extract<Actor, { kind: 'person' }>
}) {
  const stuck = batch.clusters.reduce((sum, cluster) => sum + cluster.people, 0)
  return (
    <Card title="What is in the way" right={<span className="hint">{people(stuck)}</span>}>
      {batch.clusters.length === 0 && (
        <CardBody>
          <p className="text-s text-muted">Nobody is stuck. Failures will stand here grouped by cause.</p>
        </CardBody>
      )}
      {batch.clusters.map(cluster => {
        const words = clusterWords(cluster)
        const unknown = cluster.state === 'unknown'
        return (
          <ClusterCard
            key={cluster.key}
            look={unknown ? 'unknown' : cluster.state === 'failed' ? 'failed' : 'person'}
            title={words.title}
            count={cluster.people}
            href={`/batches/${batch.id}?cluster=${encodeURIComponent(cluster.key)}#people`}
            cause={
              <>
                {words.cause}
                <ClusterNote batch={batch} cluster={cluster} />
              </>
            }
            remedy={words.remedy}
            owner={words.owner}
            signature={cluster.errorSignature}
            actions={
              <>
                {!unknown && (
                  <ConfirmDialog
                    button={`Retry ${cluster.people === 1 ? 'this one' : `these ${cluster.people}`}`}
                    why={whyNot(actor, 'items.retry')}
                    title={`Retry ${people(cluster.people)}?`}
                    confirm={`Retry ${people(cluster.people)}`}
                    action={retryCluster}
                    fields={{ batch: batch.id, cluster: cluster.key }}
                    reason="required"
                    reasonHint="What was put right since. It goes into the ledger."
                  >
                    <ul>
                      <li>The real state of each is read first; who is there already is not touched.</li>
                      <li>The rest goes through the step again, with the scripts that were approved.</li>
                      {words.retryHint && <li>{words.retryHint}</li>}
                    </ul>
                  </ConfirmDialog>
                )}
                <NoteDialog batch={batch} cluster={cluster} title={words.title} actor={actor} />
              </>
            }
          />
        )
      })}
    </Card>
  )
}
