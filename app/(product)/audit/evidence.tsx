import Link from 'next/link'
import type { Look } from '@/components/state/look'
import type { StoryEntry } from '@/components/story/story'
import { Sheet } from '@/components/surface/card'
import { utc } from '@/domain/export/utc'
import type { EventType } from '@/domain/ledger/event-types'
import { type AuditEvent, auditSentence } from '@/server/queries/audit-events'
import { OwnMoment } from '../own-moment'

/** An entry of the ledger as a sentence; what it rests on folds open. */
export function auditEntry(event: AuditEvent, now: Date): StoryEntry {
  return {
    key: `${event.chain}.${event.seq}`,
    look: lookOf(event.type),
    title: auditSentence(event),
    at: <OwnMoment at={event.at} now={now} seconds />,
    text: <About event={event} />,
    detail: { summary: `Evidence, ${event.chain} ${event.seq}`, content: <Evidence event={event} /> },
  }
}

function About({ event }: { event: AuditEvent }) {
  const batch = event.batchName && event.batchId
  return (
    <>
      <span className="mono">{event.type}</span> · by {event.actor === 'ferry' ? 'Ferry' : event.actor}
      {event.via !== 'system' && ` (${event.via})`}
      {batch && (
        <>
          {' · '}
          <Link href={`/batches/${event.batchId}`} prefetch={false}>
            {event.batchName}
          </Link>
        </>
      )}
      {event.waveName && ` · ${event.waveName}`}
      {batch && event.itemId && event.personName && (
        <>
          {' · '}
          <Link href={`/batches/${event.batchId}/people/${event.itemId}`} prefetch={false}>
            {event.personName}
          </Link>
        </>
      )}
    </>
  )
}

function Evidence({ event }: { event: AuditEvent }) {
  return (
    <>
      <pre className="mono m-0 whitespace-pre-wrap break-all rounded-l border border-line bg-sunken p-3 text-s">
        {JSON.stringify(event.data, null, 2)}
      </pre>
      <Sheet
        facts={[
          { term: 'Chain', value: event.chain, mono: true },
          { term: 'Sequence', value: event.seq, mono: true },
          { term: 'Recorded', value: utc(event.at), mono: true },
          {
            term: 'Actor',
            value: `${event.actorKind} ${event.actorId ?? event.actor}, by ${event.via}`,
            mono: true,
          },
          { term: 'Version', value: `${event.type} ${event.version}`, mono: true },
          { term: 'Hash', value: <span className="break-all">{event.hash}</span>, mono: true },
          {
            term: 'Previous hash',
            value: <span className="break-all">{event.previousHash}</span>,
            mono: true,
          },
        ]}
      />
    </>
  )
}

const looks: Partial<Record<EventType, Look>> = {
  'attempt.done': 'done',
  'attempt.no_change': 'done',
  'wave.done': 'done',
  'batch.done': 'done',
  'approval.approved': 'done',
  'approval.requested': 'person',
  'attempt.blocked': 'person',
  'attempt.failed': 'failed',
  'sync.failed': 'failed',
  'lane.stopped': 'failed',
  'approval.rejected': 'failed',
  'attempt.unknown': 'unknown',
  'attempt.lost': 'out',
  'hold.set': 'held',
  'approval.carved_out': 'out',
  'approval.lapsed': 'out',
  'approval.voided': 'out',
  'approval.withdrawn': 'out',
  'wave.cancelled': 'out',
  'batch.cancelled': 'out',
  'batch.deleted': 'out',
  'item.skipped': 'out',
  'wave.started': 'running',
  'sync.started': 'running',
  'attempt.started': 'running',
  'attempt.apply_began': 'running',
}

const lookOf = (type: EventType): Look => looks[type] ?? 'waiting'
