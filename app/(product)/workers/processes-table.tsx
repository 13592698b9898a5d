import { State } from '@/components/state/state'
import { ScrollRegion } from '@/components/table/data-table'
import { agoWords, coarse } from '@/domain/wording/duration'
import type { WorkerLine } from '@/server/queries/workers'
import { OwnMoment } from '../own-moment'

/** A process reports every few seconds; after this long it counts as quiet. */
export const quietAfterMs = 30_000

const kinds: Record<string, string> = { lane: 'Lane worker', coordinator: 'Coordinator' }

/** Processes: where each runs, since when, and when it was last heard of. */
export function ProcessesTable({ workers, now }: { workers: readonly WorkerLine[]; now: Date }) {
  return (
    <ScrollRegion label="Processes">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">State</th>
            <th scope="col">Host</th>
            <th scope="col">Lanes</th>
            <th scope="col">Since</th>
            <th scope="col">Last seen</th>
            <th scope="col">Version</th>
            <th scope="col" className="n">
              Sessions
            </th>
          </tr>
        </thead>
        <tbody>
          {workers.map(worker => (
            <tr key={worker.id}>
              <td data-phone="title">
                <span className="name">{kinds[worker.kind] ?? worker.kind}</span>
                <span className="sub mono">{worker.name}</span>
              </td>
              <td data-phone="end">
                <Standing worker={worker} />
              </td>
              <td data-phone="line" data-label="Host">
                {worker.host}
                <span className="sub">process {worker.pid}</span>
              </td>
              <td data-phone="line" data-label="Lanes">
                {worker.lanes.length > 0 ? worker.lanes.join(', ') : <span className="text-muted">None</span>}
              </td>
              <td data-phone="line" data-label="Since" className="whitespace-nowrap">
                <OwnMoment at={worker.startedAt} now={now} bare />
              </td>
              <td data-phone="line" data-label="Last seen" className="whitespace-nowrap">
                {agoWords(worker.seenMs)}
              </td>
              <td data-phone="line" data-label="Version" className="mono">
                {worker.version}
              </td>
              <td data-phone="line" data-label="Sessions" className="n">
                {worker.openSeats}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Standing({ worker }: { worker: WorkerLine }) {
  if (worker.stoppedAt)
    return (
      <>
        <State look="out">Stopped</State>
        {worker.stoppedWhy && <span className="sub">{worker.stoppedWhy}</span>}
      </>
    )
  if (worker.seenMs > quietAfterMs)
    return <State look="unknown">Not heard of for {coarse(worker.seenMs)}</State>
  return <State look="running">Running</State>
}
