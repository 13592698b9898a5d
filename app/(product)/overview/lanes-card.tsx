import Link from 'next/link'
import { Lane, LaneList, type Seat } from '@/components/lanes/lane'
import { Card, CardBody } from '@/components/surface/card'
import { isSlow } from '@/domain/wording/duration'
import type { LaneNow, LaneSeat } from '@/server/queries/lanes'

/** Every lane: a seat for each session its credential may hold, and what each one does, since when. */
export function LanesCard({ lanes }: { lanes: readonly LaneNow[] }) {
  const estates = [...new Set(lanes.map(lane => lane.estate))]
  return (
    <Card title="Lanes" hint="sessions in use" right={<Link href="/workers">Workers</Link>}>
      {lanes.length === 0 && (
        <CardBody>
          <p className="text-s text-muted">No estate is described yet, so there is no lane to work on.</p>
        </CardBody>
      )}
      {estates.map(estate => (
        <LaneList key={estate} label={`Lanes of ${estate}`}>
          {lanes
            .filter(lane => lane.estate === estate)
            .map(lane => (
              <Lane
                key={lane.id}
                name={estates.length > 1 ? `${lane.name} · ${estate}` : lane.name}
                seats={seatsOf(lane)}
                hint={hintOf(lane)}
              />
            ))}
        </LaneList>
      ))}
    </Card>
  )
}

function seatsOf(lane: LaneNow): Seat[] {
  const taken = lane.seats.map(seatOf)
  const free = Math.max(0, lane.cap - taken.length)
  return [
    ...taken,
    ...Array.from({ length: free }, (_, index): Seat => ({ key: `off${index}`, state: 'off' })),
  ]
}

function seatOf(seat: LaneSeat): Seat {
  if (seat.state === 'orphan') return { key: seat.id, state: 'orphan' }
  if (seat.busyForMs === null) return { key: seat.id, state: 'free' }
  return {
    key: seat.id,
    state: isSlow(seat.busyForMs, seat.usualMs) ? 'slow' : 'busy',
    ageMs: seat.busyForMs,
    about: seat.item ? `${seat.item.name}, ${seat.stepKey ?? 'at work'}, on ${seat.worker}` : seat.worker,
  }
}

function hintOf(lane: LaneNow): string {
  if (lane.stopped) return 'stopped'
  if (lane.held) return 'held'
  if (lane.cap === 1) return 'one at a time'
  return lane.seats.some(seat => seat.state === 'busy') ? `cap ${lane.cap}` : 'idle'
}
