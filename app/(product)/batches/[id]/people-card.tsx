import { ButtonLink } from '@/components/button/button'
import { FilterChips } from '@/components/chips/filter-chips'
import { SearchBox } from '@/components/chips/search-box'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { itemLook } from '@/components/state/look'
import { Card } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { ColumnChoice, chosenColumns } from '@/components/table/column-choice'
import { DataTable } from '@/components/table/data-table'
import { Pager } from '@/components/table/pager'
import { SelectedCount, SelectedFields } from '@/components/table/selection'
import { hrefToggling, hrefWith, type Query } from '@/components/url/params'
import { itemStates, itemWord, totalOf } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { clusterWords } from '@/domain/wording/cluster-words'
import { people } from '@/domain/wording/count'
import type { BatchDetail } from '@/server/queries/batch'
import type { ItemLine, ItemPage } from '@/server/queries/batch-items'
import type { ItemFilter } from '@/server/queries/item-where'
import { whyNot } from '../../why-not'
import { retryPeople } from './actions'
import { peopleColumns } from './people-columns'
import { retryMatching } from './retry-actions'

/** Everybody in the batch, a page at a time; search and filters are the address's. */
export function PeopleCard({
  batch,
  actor,
  query,
  filter,
  page,
}: {
  batch: BatchDetail
  actor: Extract<Actor, { kind: 'person' }>
  query: Query
  filter: ItemFilter
  page: ItemPage
}) {
  const path = `/batches/${batch.id}`
  const columns = peopleColumns(batch)
  const chosen = chosenColumns(query, columns, ['sip'])
  const found = `${page.more ? 'more than ' : ''}${people(page.matching)}`
  const narrowed = Object.keys(filter).length > 0
  const everybody = hrefWith(path, query, { state: null, wave: null, cluster: null, q: null })
  return (
    <Card
      title={<span id="people">People</span>}
      hint={
        narrowed
          ? `${found} of ${people(totalOf(batch.counts))}`
          : `${people(totalOf(batch.counts))} in all waves`
      }
      right={<ColumnChoice path={path} query={query} columns={columns} chosen={chosen} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-3">
        <SearchBox label="Search people" placeholder="Name, address, or note of who is stuck" />
        <FilterChips label="Filters" chips={filterChips(batch, query, filter)} />
      </div>
      <DataTable<ItemLine>
        label="People"
        listKey={JSON.stringify([filter, query.after, query.before])}
        columns={columns}
        chosen={chosen}
        rows={page.items}
        rowKey={item => item.id}
        rowName={item => item.displayName}
        version={item => `${item.state}${item.stepKey}${item.tries}${item.reason}`}
        href={item => `${path}/people/${item.id}`}
        out={item => item.state === 'left_out'}
        selectable={actor.roles.includes('operator')}
        bulk={
          <ConfirmDialog
            button={
              <>
                Retry <SelectedCount />
              </>
            }
            why={whyNot(actor, 'items.retry')}
            title="Retry the selected people?"
            confirm={
              <>
                Retry <SelectedCount />
              </>
            }
            action={retryPeople}
            fields={{ batch: batch.id }}
            reason="required"
            extra={<SelectedFields name="item" />}
          >
            <ul>
              <li>Only those who failed or need a person are tried again; the others stay as they are.</li>
              <li>The real state of each is read first; who is there already is not touched.</li>
            </ul>
          </ConfirmDialog>
        }
        empty={
          <EmptyState
            level={3}
            title="Nobody fits"
            action={
              <ButtonLink href={everybody} scroll={false}>
                Show everybody
              </ButtonLink>
            }
          >
            {narrowed
              ? 'No person of this batch fits the search and the filters together. A search finds people of whom a word begins as typed, in name, address, or the note of who is stuck.'
              : 'This batch has no people.'}
          </EmptyState>
        }
      />
      {narrowed && page.matching > 0 && actor.roles.includes('operator') && (
        <div className="px-4 py-2">
          <ConfirmDialog
            button={`Retry everybody the filter finds, ${page.more ? 'more than ' : ''}${page.matching}`}
            why={whyNot(actor, 'items.retry')}
            title={`Retry ${found}?`}
            confirm={`Retry ${found}`}
            action={retryMatching}
            fields={{
              batch: batch.id,
              states: (filter.states ?? []).join(','),
              wave: filter.waveId ?? '',
              cluster: filter.cluster ?? '',
              search: filter.search ?? '',
            }}
            reason="required"
            reasonHint="What was put right since. It goes into the ledger."
          >
            <ul>
              <li>Everybody whom search and filters find at that moment, on all pages.</li>
              <li>Only those who failed or need a person are tried again; the others stay as they are.</li>
              <li>They go ahead of others, and the real state of each is read first.</li>
            </ul>
          </ConfirmDialog>
        </div>
      )}
      {page.items.length > 0 && (
        <Pager
          shown={page.items.length}
          total={page.matching}
          more={page.more}
          from={page.before === null ? null : page.before + 1}
          firstHref={page.before !== 0 ? hrefWith(path, query, {}) : null}
          backHref={page.back === null ? null : hrefWith(path, query, { before: String(page.back) })}
          onHref={page.on === null ? null : hrefWith(path, query, { after: String(page.on) })}
        />
      )}
    </Card>
  )
}

/** Every wave and every state that has somebody; a cluster only while it is the filter. */
function filterChips(batch: BatchDetail, query: Query, filter: ItemFilter) {
  const path = `/batches/${batch.id}`
  const cluster = batch.clusters.find(one => one.key === filter.cluster)
  const waves = batch.waves.length <= 12 ? batch.waves : batch.waves.filter(one => one.id === filter.waveId)
  const scope = filter.waveId
    ? (batch.waves.find(one => one.id === filter.waveId)?.counts ?? batch.counts)
    : batch.counts
  return [
    ...(filter.cluster
      ? [
          {
            key: 'cluster',
            label: cluster ? clusterWords(cluster).title : 'A cluster that is no longer there',
            look: 'person' as const,
            on: true,
            href: hrefWith(path, query, { cluster: null }),
            ...(cluster ? { count: cluster.people } : {}),
          },
        ]
      : []),
    ...waves.map(wave => ({
      key: wave.id,
      label: wave.name,
      on: wave.id === filter.waveId,
      href: hrefWith(path, query, { wave: wave.id === filter.waveId ? null : wave.id }),
    })),
    ...itemStates
      .filter(state => scope[state] > 0 || filter.states?.includes(state))
      .map(state => ({
        key: state,
        label: itemWord(state),
        look: itemLook[state],
        count: scope[state],
        on: filter.states?.includes(state) ?? false,
        href: hrefToggling(path, query, 'state', state),
      })),
  ]
}
