import { Note } from '@/components/surface/note'
import { Moment } from '@/components/time/moment'
import { isWaveAtWork } from '@/domain/lifecycle/wave'
import { notNowWords } from '@/domain/windows/window-words'
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
      return <WaitingNote item={item} />
    case 'not_started':
    case 'running':
    case 'done':
    case 'no_change':
      return null
    default:
      return item.state satisfies never
  }
}

/** Why somebody waits who could go on: what stands in the way, and what makes it go. Holds have notes of their own. */
function WaitingNote({ item }: { item: ItemDetail }) {
  const way = isWaveAtWork(item.wave.state) ? item.way : null
  switch (way?.kind) {
    case 'lane-stopped':
      return (
        <Note look="failed" title={`The lane ${way.lane} is stopped`}>
          {way.why.replace(/\.$/, '')}. It goes on when an operator resumes it, on the page Estates.
        </Note>
      )
    case 'switched-off':
      return (
        <Note look="held" title={`${way.estate} is LIVE and has not been switched on`}>
          Nothing is applied until an administrator switches it on, on the estate’s page.
        </Note>
      )
    case 'times':
      return <Note look="held">{notNowWords(way.may, item.batch.zone, item.now)}</Note>
    case 'unserved':
      return (
        <Note look="failed" title={`No worker serves the lane ${way.lane}`}>
          It goes on by itself once one does: start it with <code>npm run worker -- --lanes {way.lane}</code>.
          The page Workers says what those that run serve, and whether one has not found the secret of the
          lane’s credential.
        </Note>
      )
    case 'harmed':
    case 'breaker':
      return (
        <Note look="failed" title={`${way.title}: nothing new begins`}>
          {way.cause.replace(/\.$/, '')}. {way.wayOn}
        </Note>
      )
    case 'pause':
    case 'slowed':
      return (
        <Note look="waiting">
          The service asked for less. It is obeyed, and more begins by itself as soon as it allows it.
        </Note>
      )
    case 'hold':
    case undefined:
      return item.reason && /^[a-z0-9-]+: /.test(item.reason) ? (
        <Note look="held">
          {plainReason(item.reason)}.{' '}
          {item.dueAt && item.dueAt > item.now && (
            <>Ferry looks again in {durationWords(item.dueAt.getTime() - item.now.getTime())}.</>
          )}
        </Note>
      ) : null
    default:
      return way satisfies never
  }
}
