import { fullMoment, momentWords } from '@/domain/wording/moment'

/**
 * A moment in the batch's zone. The element carries it in UTC for machines; its title names the zone, and adds the viewer's own
 * time on hover and focus (`ViewerZone`). `now` comes from the database's clock.
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
  return (
    <time dateTime={at.toISOString()} title={fullMoment(at, zone)} data-zone={zone} className="num">
      {momentWords(at, zone, now, seconds)}
      {showZone && ` ${zone}`}
    </time>
  )
}
