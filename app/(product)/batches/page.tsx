import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { FilterChips } from '@/components/chips/filter-chips'
import { SearchBox } from '@/components/chips/search-box'
import { CrossingBar } from '@/components/crossing/crossing-bar'
import { itemParts } from '@/components/crossing/parts'
import { Kind, Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { batchLook } from '@/components/state/look'
import { BatchStateBadge } from '@/components/state/state'
import { Card, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { Pager } from '@/components/table/pager'
import { hrefWith, type Query } from '@/components/url/params'
import { batchStates, batchWord } from '@/domain/lifecycle/batch'
import { hasPermission } from '@/domain/people/permissions'
import { counted, formatCount } from '@/domain/wording/count'
import { sentenceCase } from '@/domain/wording/sentence'
import { requireActor } from '@/server/auth/current-actor'
import { writePositions } from '@/server/live/positions'
import { type BatchLine, listBatches } from '@/server/queries/batches'
import { estatesKind } from '@/server/queries/frame'
import { bound, verifiedOf } from '@/server/queries/people-counts'
import { OwnMoment } from '../own-moment'
import { readBatchFilter } from './query'

export const metadata: Metadata = { title: 'Batches' }

export default async function BatchesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireActor()
  const query = await searchParams
  const filter = readBatchFilter(query)
  const [page, kind] = await Promise.all([listBatches(actor, filter), estatesKind(actor)])
  const all = batchStates.reduce((sum, state) => sum + page.total[state], 0)
  const matching = filter.search ? null : filter.state ? page.total[filter.state] : all
  const mayImport = hasPermission(actor.roles, 'imports.write').ok
  const first = mayImport && (
    <ButtonLink href="/import" tone="primary">
      Import people
    </ButtonLink>
  )
  return (
    <Screen crumbs={[{ name: 'Batches' }]} kind={kind}>
      <PageHead
        title={
          all === 0
            ? 'No batch has been made yet.'
            : `${sentenceCase(counted(page.total.active, 'batch is', 'batches are'))} under way, ${formatCount(page.total.draft)} in draft, ${formatCount(page.total.done)} done.`
        }
        actions={
          <>
            <LiveRefresh url="/api/live" lastEventId={writePositions(page.heads)} />
            {all > 0 && first}
          </>
        }
      />
      <Card title="Batches" hint={counted(all, 'batch', 'batches')}>
        <div className="flex flex-wrap items-center gap-2 px-4 pb-3">
          <SearchBox label="Search batches" placeholder="Name of a batch" />
          <FilterChips
            label="State"
            chips={batchStates.map(state => ({
              key: state,
              label: sentenceCase(batchWord(state)),
              look: batchLook[state],
              count: page.total[state],
              on: filter.state === state,
              href: hrefWith('/batches', query, { state: filter.state === state ? null : state }),
            }))}
          />
        </div>
        <DataTable<BatchLine>
          label="Batches"
          listKey={JSON.stringify(filter)}
          columns={columns(page.now)}
          rows={page.batches}
          rowKey={batch => batch.id}
          rowName={batch => batch.name}
          version={batch => JSON.stringify([batch.state, batch.counts, batch.name])}
          href={batch => `/batches/${batch.id}`}
          empty={
            <EmptyState
              level={3}
              art={all === 0}
              title={all === 0 ? 'The first batch begins with a file' : 'No batch is called that'}
              action={all === 0 ? first : <ButtonLink href="/batches">Show all batches</ButtonLink>}
            >
              {all === 0
                ? 'Every batch will stand here with how many of its people are across, in which waves, and in what state.'
                : 'Nothing fits the search and the filter together.'}
            </EmptyState>
          }
        />
        {page.batches.length > 0 && (
          <Pager
            shown={page.batches.length}
            total={matching ?? page.batches.length}
            from={filter.before ? null : 1}
            firstHref={filter.before ? hrefWith('/batches', query, {}) : null}
            onHref={page.next ? hrefWith('/batches', query, { before: page.next }) : null}
            noun="batches"
          />
        )}
      </Card>
    </Screen>
  )
}

const columns = (now: Date): Column<BatchLine>[] => [
  {
    key: 'name',
    head: 'Batch',
    always: true,
    cell: batch => (
      <>
        <span className="name">{batch.name}</span>
        <span className="sub">
          {batch.runbook} · {counted(batch.waves, 'wave', 'waves')}
        </span>
      </>
    ),
  },
  {
    key: 'estate',
    head: 'Estate',
    cell: batch => (
      <span className="inline-flex items-center gap-2">
        {batch.estate.name} <Kind kind={batch.estate.kind} />
      </span>
    ),
  },
  { key: 'state', head: 'State', phone: 'end', cell: batch => <BatchStateBadge state={batch.state} /> },
  {
    key: 'crossing',
    head: 'Crossing',
    cell: batch => (
      <div className="min-w-40">
        <CrossingBar parts={itemParts(batch.counts)} thin label={batch.name} />
      </div>
    ),
  },
  {
    key: 'verified',
    head: 'Across',
    numeric: true,
    cell: batch => `${formatCount(verifiedOf(batch.counts))} of ${formatCount(bound(batch.counts))}`,
  },
  {
    key: 'made',
    head: 'Made',
    numeric: true,
    cell: batch => (
      <>
        <OwnMoment at={batch.createdAt} now={now} />
        <span className="sub">{batch.createdBy}</span>
      </>
    ),
  },
]
