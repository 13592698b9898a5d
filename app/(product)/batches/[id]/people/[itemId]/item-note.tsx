import { Note } from '@/components/surface/note'
import { Moment } from '@/components/time/moment'
import { clusterWords, plainReason } from '@/domain/wording/cluster-words'
import { counted } from '@/domain/wording/count'
import { durationWords } from '@/domain/wording/duration'
import type { ItemDetail } from '@/server/queries/item'

/** What this person stands in front of, what it means, and what helps; nothing where all goes its way. */
export function ItemNote({ item }: { item: ItemDetail }) {
  return (
    <>
      {item.holds.map(hold => (
        <Note
          key={hold.id}
          look="held"
          title={
            hold.scope === 'item'
              ? 'Held'
              : `Held with the ${hold.scope === 'everything' ? 'rest of the work' : hold.lane ? `lane ${hold.lane.name}` : hold.scope}`
          }
        >
          {hold.heldBy} holds it since <Moment at={hold.heldAt} zone={item.batch.zone} now={item.now} />:{' '}
          {hold.reason}
        </Note>
      ))}
      <StateNote item={item} />
    </>
  )
}

function StateNote({ item }: { item: ItemDetail }) {
  switch (item.state) {
    case 'unknown':
      return (
        <Note look="unknown">
          {plainReason(item.reason)}. Ferry does not know whether the change took place, so it reads the real
          state back and repeats nothing until it is known.{' '}
          {item.readbacksFailed > 0 &&
            `${counted(item.readbacksFailed, 'reading has', 'readings have')} failed so far. `}
          {item.dueAt && item.dueAt > item.now && (
            <>The next one is in {durationWords(item.dueAt.getTime() - item.now.getTime())}.</>
          )}
        </Note>
      )
    case 'needs_person':
    case 'failed': {
      const words = clusterWords({ ...item, state: item.state })
      return (
        <Note look={item.state === 'failed' ? 'failed' : 'person'} title={words.title}>
          {words.cause} {words.owner && `Owner: ${words.owner}. `}
          {words.remedy && (
            <>
              <b>What to do:</b> {words.remedy}
            </>
          )}
        </Note>
      )
    }
    case 'left_out':
      return <Note look="out">{plainReason(item.reason) ?? 'Left out'}.</Note>
    case 'waiting':
      return item.reason && /^[a-z0-9-]+: /.test(item.reason) ? (
        <Note look="held">
          {plainReason(item.reason)}.{' '}
          {item.dueAt && item.dueAt > item.now && (
            <>Ferry looks again in {durationWords(item.dueAt.getTime() - item.now.getTime())}.</>
          )}
        </Note>
      ) : null
    case 'not_started':
    case 'running':
    case 'done':
    case 'no_change':
      return null
    default:
      return item.state satisfies never
  }
}
