import Link from 'next/link'
import { itemLook, type Look } from '@/components/state/look'
import { ItemStateBadge } from '@/components/state/state'
import { type BeforeNow, BeforeNowTable } from '@/components/story/before-now-table'
import { TimeSpent } from '@/components/story/time-spent'
import { Card, CardBody, Sheet } from '@/components/surface/card'
import { Moment } from '@/components/time/moment'
import { listOf } from '@/domain/wording/list'
import { readinessWords } from '@/domain/wording/readiness-words'
import type { ItemDetail } from '@/server/queries/item'
import { stepTitle } from './item-words'

const text = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)

/** What was read before the first change beside what was read last. */
export function SnapshotCard({ item }: { item: ItemDetail }) {
  const before = item.snapshots.find(one => one.moment === 'before')
  const after = item.snapshots.find(one => one.moment === 'after')
  const names = [...new Set([...Object.keys(before?.facts ?? {}), ...Object.keys(after?.facts ?? {})])]
  const rows: BeforeNow[] = names.map(attribute => ({
    attribute,
    before: text(before?.facts[attribute]),
    now: after ? text(after.facts[attribute]) : undefined,
  }))
  return (
    <Card title="Before and now">
      {rows.length > 0 ? (
        <BeforeNowTable rows={rows} />
      ) : (
        <CardBody>
          <p className="text-s text-muted">
            Nothing has been read for a change yet. Before the first one Ferry keeps what it finds, and beside
            it what it reads last.
          </p>
        </CardBody>
      )}
    </Card>
  )
}

/** From the import to the last change: how long each stretch took, waiting and working. */
export function TimeCard({ item }: { item: ItemDetail }) {
  const stretches = timeStretches(item)
  if (stretches.length === 0) return null
  return (
    <Card title="Where the time went">
      <CardBody>
        <TimeSpent stretches={stretches} />
      </CardBody>
    </Card>
  )
}

type Stretch = { key: string; name: string; ms: number; look: Look }

function timeStretches(item: ItemDetail): Stretch[] {
  const stretches: Stretch[] = []
  for (const one of [...item.approvals].reverse()) {
    const end = one.decidedAt ?? (one.state === 'requested' ? item.now : null)
    if (end)
      stretches.push({
        key: one.id,
        name: 'Waiting for approval',
        ms: end.getTime() - one.askedAt.getTime(),
        look: 'waiting',
      })
  }
  const waited = item.events.find(event => event.type === 'wave.sync_waiting')
  const synced = item.events.find(event => event.type === 'wave.synced')
  if (waited && (synced || item.wave.state === 'syncing'))
    stretches.push({
      key: 'sync',
      name: 'Waiting for the sync',
      ms: (synced?.at ?? item.now).getTime() - waited.at.getTime(),
      look: 'held',
    })
  for (const step of item.steps)
    if (step.startedAt)
      stretches.push({
        key: step.key,
        name: stepTitle(step.key),
        ms: (step.endedAt ?? item.now).getTime() - step.startedAt.getTime(),
        look: itemLook[step.state],
      })
  return stretches.filter(one => one.ms >= 0)
}

/** What Ferry knows of this person, as imported and as read. */
export function FactsCard({ item }: { item: ItemDetail }) {
  return (
    <Card title="This person">
      <CardBody>
        <Sheet
          facts={[
            { term: 'SIP address', value: item.sipAddress, mono: true },
            { term: 'Signs in as', value: item.upn, mono: true },
            { term: 'Target pool', value: item.targetPool ?? item.batch.targetPool ?? 'none', mono: true },
            {
              term: 'Read',
              value: item.readAt ? (
                <>
                  <Moment at={item.readAt} zone={item.batch.zone} now={item.now} />
                  {item.readinessCodes.length > 0 &&
                    `: ${listOf(item.readinessCodes.map(code => readinessWords(code).short.toLowerCase()))}`}
                </>
              ) : (
                'not yet'
              ),
            },
            ...(item.verdictCodes.length > 0
              ? [{ term: 'Flagged', value: item.verdictCodes.join(', ') }]
              : []),
            { term: 'Place', value: `${item.position + 1} in the batch` },
          ]}
        />
      </CardBody>
    </Card>
  )
}

/** The same person in other batches of this estate. */
export function ElsewhereCard({ item }: { item: ItemDetail }) {
  if (item.elsewhere.length === 0) return null
  return (
    <Card title="In other batches">
      <ul className="rows text-s">
        {item.elsewhere.map(one => (
          <li key={one.itemId} className="flex flex-wrap items-baseline justify-between gap-2">
            <Link href={`/batches/${one.batchId}/people/${one.itemId}`}>{one.batch}</Link>
            <ItemStateBadge state={one.state} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
