import Link from 'next/link'
import { Card, CardBody } from '@/components/surface/card'
import { eventSentence } from '@/domain/wording/event-sentence'
import type { RecentEvent } from '@/server/queries/recent-events'
import { OwnMoment } from '../own-moment'

/** The last things that happened, newest first, each as a sentence. */
export function EventFeed({
  events,
  now,
  zone,
}: {
  events: readonly RecentEvent[]
  now: Date
  zone: string
}) {
  return (
    <Card title="Just now" hint={`times in ${zone}`} right={<Link href="/audit">Ledger</Link>}>
      {events.length === 0 ? (
        <CardBody>
          <p className="text-s text-muted">Nothing has happened yet. Every change will be told here.</p>
        </CardBody>
      ) : (
        <ol className="feed" aria-label="Last events">
          {events.map(event => (
            <li key={`${event.chain}.${event.seq}`}>
              <OwnMoment at={event.at} now={now} seconds bare />
              <span>
                {event.batchId && event.itemId && event.personName ? (
                  <Link href={`/batches/${event.batchId}/people/${event.itemId}`} prefetch={false}>
                    {sentenceOf(event)}
                  </Link>
                ) : (
                  sentenceOf(event)
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

const sentenceOf = (event: RecentEvent): string =>
  eventSentence(event.type, event.data, {
    actor: event.actor === 'ferry' ? 'Ferry' : event.actor,
    person: event.personName,
    wave: event.waveName,
    batch: event.batchName,
  })
