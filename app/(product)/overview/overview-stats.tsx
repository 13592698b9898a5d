import { StatTiles } from '@/components/surface/stat-tiles'
import { counted, formatCount } from '@/domain/wording/count'
import { coarse } from '@/domain/wording/duration'
import type { Overview } from '@/server/queries/overview'
import { bound, verifiedOf } from '@/server/queries/people-counts'
import { PACE_MINUTES } from '@/server/queries/verified-pace'

/** The four numbers that matter most, over all open batches. */
export function OverviewStats({ data }: { data: Overview }) {
  const sum = (pick: (batch: Overview['batches'][number]) => number) =>
    data.batches.reduce((total, batch) => total + pick(batch), 0)
  const lately = sum(batch => batch.perMinute.reduce((total, count) => total + count, 0))
  const stuck = data.clusters.filter(cluster => cluster.state !== 'unknown')
  const oldest = Math.min(...stuck.map(cluster => cluster.since.getTime()))
  const unknown = sum(batch => batch.counts.unknown)
  return (
    <StatTiles
      stats={[
        {
          label: 'Across and verified',
          value: formatCount(sum(batch => verifiedOf(batch.counts))),
          hint: `of ${formatCount(sum(batch => bound(batch.counts)))} in the open batches`,
        },
        {
          label: `Pace, last ${PACE_MINUTES} min`,
          value: (lately / PACE_MINUTES).toFixed(1),
          unit: 'a minute',
          hint: paceHint(data),
        },
        {
          label: 'Needs a person',
          value: formatCount(stuck.reduce((total, cluster) => total + cluster.people, 0)),
          hint:
            stuck.length > 0
              ? `${counted(new Set(stuck.map(cluster => cluster.key)).size, 'cause', 'causes')}, oldest ${coarse(data.now.getTime() - oldest)}`
              : 'nobody is stuck',
        },
        {
          label: 'Outcome unknown',
          value: formatCount(unknown),
          hint: unknown > 0 ? 'being read back, nothing is repeated' : 'every outcome is known',
        },
      ]}
    />
  )
}

/** What the pace is held by: a lane that stands still, a credential with every session at work, or nothing. */
function paceHint(data: Overview): string {
  const stopped = data.lanes.find(lane => lane.stopped)
  if (stopped) return `the lane ${stopped.name} is stopped`
  const full = data.lanes.find(
    lane => lane.cap > 1 && lane.seats.filter(seat => seat.state === 'busy').length >= lane.cap,
  )
  if (full) return `limit is the credential: ${full.cap} of ${full.cap} sessions`
  const busy = data.lanes.flatMap(lane => lane.seats).filter(seat => seat.state === 'busy').length
  return busy > 0 ? `${counted(busy, 'session', 'sessions')} at work` : 'no session is at work'
}
