import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Screen } from '@/components/frame/screen'
import { Columns } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import { Moment } from '@/components/time/moment'
import type { Query } from '@/components/url/params'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { type BatchDetail, batchDetail } from '@/server/queries/batch'
import { batchItems } from '@/server/queries/batch-items'
import { breakersNow } from '@/server/queries/breakers'
import { OpenBreakers } from '../../breakers/open-breakers'
import { readItemFilter, readPage } from '../query'
import { AccountingCard } from './accounting-card'
import { BatchFunnel } from './batch-funnel'
import { BatchHead } from './batch-head'
import { ClustersCard } from './clusters-card'
import { PaceCard } from './pace-card'
import { PeopleCard } from './people-card'
import { WavesCard } from './waves-card'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

export const metadata: Metadata = { title: 'Batch' }

export default async function BatchPage({ params, searchParams }: Props) {
  const [actor, { id }, query] = await Promise.all([requireActor(), params, searchParams])
  const filter = readItemFilter(query)
  const [batch, page, breakers] = await Promise.all([
    batchDetail(actor, id).catch(missing),
    batchItems(actor, { batchId: id, ...filter, ...readPage(query) }),
    breakersNow(actor, id),
  ])
  const ended = batch.state === 'done' || batch.state === 'cancelled'
  return (
    <Screen
      crumbs={[{ name: 'Batches', href: '/batches' }, { name: batch.name }]}
      kind={batch.estate.kind}
      estate={batch.estate.name}
    >
      <BatchHead batch={batch} actor={actor} query={query} filter={filter} />
      <Holds batch={batch} />
      <OpenBreakers breakers={breakers} actor={actor} now={batch.now} zone={batch.zone} />
      <BatchFunnel batch={batch} />
      <Columns
        main={
          <>
            <WavesCard batch={batch} actor={actor} showAll={query.waves === 'all'} query={query} />
            {batch.pace && <PaceCard batch={batch} />}
          </>
        }
        side={
          <>
            {!(ended && batch.clusters.length === 0) && <ClustersCard batch={batch} actor={actor} />}
            <AccountingCard batch={batch} />
          </>
        }
      />
      <PeopleCard batch={batch} actor={actor} query={query} filter={filter} page={page} />
    </Screen>
  )
}

/** A batch nobody has is a page that is not there; anything else is an error. */
function missing(error: unknown): never {
  if (error instanceof Refused && error.code === 'not_found') notFound()
  throw error
}

function Holds({ batch }: { batch: BatchDetail }) {
  const here = batch.holds.filter(hold => hold.scope !== 'everything' && hold.scope !== 'wave')
  return here.map(hold => (
    <Note
      key={hold.id}
      look="held"
      title={
        hold.scope === 'batch'
          ? 'This batch is held'
          : hold.lane
            ? `The lane ${hold.lane.name} of ${batch.estate.name} is held`
            : `${batch.estate.name} is held`
      }
    >
      {hold.heldBy} holds it since <Moment at={hold.heldAt} zone={batch.zone} now={batch.now} />:{' '}
      {hold.reason}
    </Note>
  ))
}
