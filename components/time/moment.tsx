import { fullMoment, momentWords } from '@/domain/wording/moment'

/**
 * A moment in a zone: the batch's within a batch, the viewer's elsewhere. The element carries it in UTC for machines; its
 * title says it in full with the zone's name and in UTC, and adds the viewer's own time on hover and focus (`ViewerZone`).
 * `now` comes from the database's clock, and all of it is worked out on the server, so the page reads the same everywhere.
 */
export function Moment({
  at,
  zone,
  now,
  seconds,
  showZone,
}: {
  at: Date
  /** IANA name. */
  zone: string
  now: Date
  seconds?: boolean
  showZone?: boolean
}) {
  const full = fullMoment(at, zone)
  return (
    <time
      dateTime={at.toISOString()}
      title={zone === 'UTC' ? full : `${full}\n${fullMoment(at, 'UTC')}`}
      data-zone={zone}
      className="num"
    >
      {momentWords(at, zone, now, seconds)}
      {showZone && ` ${zone}`}
    </time>
  )
}
