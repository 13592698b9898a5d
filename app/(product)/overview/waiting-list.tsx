import { ButtonLink } from '@/components/button/button'
import { Card } from '@/components/surface/card'
import { Ask, AskList } from '@/components/surface/note'
import type { Actor } from '@/domain/people/actor'
import { hasPermission } from '@/domain/people/permissions'
import { clusterWords } from '@/domain/wording/cluster-words'
import { formatCount, people } from '@/domain/wording/count'
import { agoWords, coarse } from '@/domain/wording/duration'
import type { Overview } from '@/server/queries/overview'
import { type Entry, standingStill } from './standing-still'

/** What goes on only when a person acts, the longest wait first. */
export function WaitingList({ data, actor }: { data: Overview; actor: Extract<Actor, { kind: 'person' }> }) {
  const now = data.now.getTime()
  const decides = hasPermission(actor.roles, 'approvals.decide').ok
  const nameOf = new Map(data.batches.map(batch => [batch.id, batch.name]))
  const entries: Entry[] = [
    ...standingStill(data),
    ...data.approvals.map((one): Entry => {
      const mine = decides && !one.involvedIds.includes(actor.personId)
      const left = one.endsAt.getTime() - now
      return {
        key: one.id,
        since: one.askedAt.getTime(),
        row: (
          <Ask
            key={one.id}
            title={
              <>
                <b>
                  Approve: {one.asks.toLowerCase()} {one.waveName}
                </b>{' '}
                · {one.batchName}, {people(one.people)}
              </>
            }
            why={
              <>
                {one.bySystem ? `Asked on behalf of ${one.askedBy}` : `Asked by ${one.askedBy}`}{' '}
                {agoWords(now - one.askedAt.getTime())}.{' '}
                {left > 0 ? `Lapses into no in ${coarse(left)}.` : 'It has lapsed into no.'}
                {!mine && decides && ' Somebody else decides, since you had a part in it.'}
              </>
            }
            action={
              <ButtonLink href={`/approvals/${one.id}`} tone={mine ? 'primary' : undefined}>
                {mine ? 'Review' : 'Look'}
              </ButtonLink>
            }
          />
        ),
      }
    }),
    ...data.clusters
      .filter(cluster => cluster.state !== 'unknown')
      .map((cluster): Entry => {
        const words = clusterWords(cluster)
        return {
          key: `${cluster.batchId}${cluster.key}${cluster.state}`,
          since: cluster.since.getTime(),
          row: (
            <Ask
              key={`${cluster.batchId}${cluster.key}${cluster.state}`}
              look={cluster.state === 'failed' ? 'failed' : 'person'}
              title={
                <>
                  <b>
                    {people(cluster.people)}: {words.title}
                  </b>{' '}
                  · {nameOf.get(cluster.batchId)}
                </>
              }
              why={
                <>
                  {words.owner && `Owner: ${words.owner}. `}
                  {words.remedy ?? words.cause}
                </>
              }
              action={
                <ButtonLink
                  href={`/batches/${cluster.batchId}?cluster=${encodeURIComponent(cluster.key)}#people`}
                >
                  Open the cluster
                </ButtonLink>
              }
            />
          ),
        }
      }),
    ...data.gates.map(
      (gate): Entry => ({
        key: gate.waveId,
        since: now,
        row: (
          <Ask
            key={gate.waveId}
            title={
              <>
                <b>Open the gate to {gate.waveName}</b> · {gate.batchName}
              </>
            }
            why={`${gate.pilotName} ended with ${formatCount(gate.pilotVerified)} of ${people(gate.pilotPeople)} verified, so the gate does not open by itself.`}
            action={<ButtonLink href={`/batches/${gate.batchId}#waves`}>Look at the pilot</ButtonLink>}
          />
        ),
      }),
    ),
  ]
  if (entries.length === 0) return null
  entries.sort((a, b) => a.since - b.since)
  return (
    <Card title="Waiting for a person" hint="longest first">
      <AskList label="Waiting for a person">{entries.map(entry => entry.row)}</AskList>
    </Card>
  )
}
