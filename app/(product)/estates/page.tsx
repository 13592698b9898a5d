import type { Metadata } from 'next'
import { Kind, Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { State } from '@/components/state/state'
import { Card, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { hasPermission } from '@/domain/people/permissions'
import { counted } from '@/domain/wording/count'
import { sentenceCase } from '@/domain/wording/sentence'
import { requireActor } from '@/server/auth/current-actor'
import { writePositions } from '@/server/live/positions'
import { type EstateLine, listEstates } from '@/server/queries/estates'
import { chainsToFollow } from '@/server/queries/live'
import { DescribeCard } from './describe-card'
import { StoppedLanes } from './stopped-lanes'

export const metadata: Metadata = { title: 'Estates' }

export default async function EstatesPage() {
  const actor = await requireActor()
  const heads = await chainsToFollow(actor, null)
  const { now, estates } = await listEstates(actor)
  const live = estates.filter(estate => estate.kind === 'live')
  const lanes = estates.flatMap(estate => estate.lanes)
  const stopped = lanes.filter(lane => lane.stopped).length
  return (
    <Screen
      crumbs={[{ name: 'Estates' }]}
      kind={live.length > 0 ? 'live' : estates.length > 0 ? 'lab' : null}
    >
      <PageHead
        title={
          estates.length === 0
            ? 'No estate is described yet.'
            : `${sentenceCase(counted(estates.length, 'estate', 'estates'))}, ${live.length === 0 ? 'none of them LIVE' : `${live.length} of them LIVE`}${stopped > 0 ? `; ${counted(stopped, 'lane is', 'lanes are')} stopped` : ''}.`
        }
        lead="An estate is one set of systems that people are moved on. Ferry keeps the names of credentials, never the secrets."
        actions={<LiveRefresh url="/api/live" lastEventId={writePositions(heads)} />}
      />
      {stopped > 0 && (
        <Card title="Stopped lanes">
          <StoppedLanes lanes={lanes} actor={actor} now={now} />
        </Card>
      )}
      <Card title="Estates" hint={counted(estates.length, 'estate', 'estates')}>
        <DataTable<EstateLine>
          label="Estates"
          listKey="estates"
          columns={columns}
          rows={estates}
          rowKey={estate => estate.id}
          rowName={estate => estate.name}
          version={estate =>
            JSON.stringify([estate.switchedOnAt, estate.openBatches, estate.lanes.map(standing)])
          }
          href={estate => `/estates/${estate.id}`}
          empty={
            <EmptyState level={3} art title="No estate is described yet">
              Each estate will stand here with its pools, its lanes and whether it is LAB or LIVE.
            </EmptyState>
          }
        />
      </Card>
      {hasPermission(actor.roles, 'estates.write').ok && <DescribeCard />}
    </Screen>
  )
}

const standing = (lane: EstateLine['lanes'][number]): string =>
  lane.stopped ? 'stopped' : `${lane.seats.filter(seat => seat.state === 'busy').length}`

const columns: Column<EstateLine>[] = [
  {
    key: 'name',
    head: 'Estate',
    always: true,
    cell: estate => (
      <>
        <span className="name inline-flex items-center gap-2">
          {estate.name} <Kind kind={estate.kind} />
        </span>
        <span className="sub">{estate.zone}</span>
      </>
    ),
  },
  { key: 'on', head: 'Applies changes', phone: 'end', cell: estate => <Switched estate={estate} /> },
  {
    key: 'pools',
    head: 'Pools',
    cell: estate => (
      <>
        {estate.pools.join(', ') || 'None described'}
        <span className="sub">{estate.sipDomains.join(', ')}</span>
      </>
    ),
  },
  {
    key: 'lanes',
    head: 'Lanes',
    cell: estate =>
      estate.lanes.map(lane => (
        <span key={lane.id} className="block whitespace-nowrap">
          {lane.name}:{' '}
          {lane.stopped
            ? 'stopped'
            : `${lane.seats.filter(seat => seat.state === 'busy').length} of ${lane.cap} at work`}
        </span>
      )),
  },
  { key: 'batches', head: 'Open batches', numeric: true, cell: estate => estate.openBatches },
]

/** Whether an estate may apply anything; a lab always may. */
function Switched({ estate }: { estate: EstateLine }) {
  if (estate.kind === 'lab') return <State look="done">Yes, it is a lab</State>
  return estate.switchedOnAt ? (
    <State look="done">Switched on</State>
  ) : (
    <State look="held">Not switched on</State>
  )
}
