import { ButtonLink } from '@/components/button/button'
import { FilterChips } from '@/components/chips/filter-chips'
import { SearchBox } from '@/components/chips/search-box'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { StepPlanks } from '@/components/funnel/step-planks'
import { itemLook } from '@/components/state/look'
import { ItemStateBadge } from '@/components/state/state'
import { Card } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { ColumnChoice, chosenColumns } from '@/components/table/column-choice'
import { type Column, DataTable, PersonCell } from '@/components/table/data-table'
import { Pager } from '@/components/table/pager'
import { SelectedCount, SelectedFields } from '@/components/table/selection'
import { hrefToggling, hrefWith, type Query, valuesOf } from '@/components/url/params'
import { itemStates, itemWord } from '@/domain/lifecycle/item'
import { showSent } from '../actions'
import { type SamplePerson, samplePeople, stepLooks, stepNames } from '../samples'

const path = '/design'
const waiting = { look: 'waiting', word: 'not begun' } as const

const columns: Column<SamplePerson>[] = [
  {
    key: 'person',
    head: 'Person',
    always: true,
    cell: row => <PersonCell name={row.name} address={row.address} />,
  },
  { key: 'state', head: 'State', cell: row => <ItemStateBadge state={row.state} text={row.text} /> },
  {
    key: 'steps',
    head: 'Steps',
    phone: 'end',
    cell: row => (
      <StepPlanks
        steps={stepNames.map((name, index) => ({ name, ...(stepLooks[row.steps[index] ?? ''] ?? waiting) }))}
      />
    ),
  },
  { key: 'changed', head: 'Last change', numeric: true, cell: row => row.changed || null },
  { key: 'tries', head: 'Tries', numeric: true, phone: 'hide', cell: row => row.tries || null },
  {
    key: 'note',
    head: 'Note',
    fit: true,
    cell: row => (row.note ? <span title={row.note}>{row.note}</span> : null),
  },
]

export function TableSection({ query }: { query: Query }) {
  const states = valuesOf(query, 'state')
  const q = String(query.q ?? '').toLowerCase()
  const rows = samplePeople.filter(
    row =>
      (states.length === 0 || states.includes(row.state)) &&
      `${row.name} ${row.address}`.toLowerCase().includes(q),
  )
  const chosen = chosenColumns(query, columns)
  return (
    <div id="table">
      <Card title="People" hint={`${samplePeople.length} in all waves`}>
        <div className="filter">
          <SearchBox label="Find people" placeholder="Name, address, error, pool" />
          <ColumnChoice path={path} query={query} columns={columns} chosen={chosen} />
          <FilterChips
            label="Filter by state"
            chips={itemStates.map(state => ({
              key: state,
              label: itemWord(state),
              look: itemLook[state],
              count: samplePeople.filter(row => row.state === state).length,
              on: states.includes(state),
              href: hrefToggling(path, query, 'state', state),
            }))}
          />
        </div>
        <DataTable
          label="People"
          listKey={`${states.join()}|${q}`}
          columns={columns}
          chosen={chosen}
          rows={rows}
          rowKey={row => row.address}
          rowName={row => row.name}
          version={row => `${row.state}${row.changed}`}
          href={row => `/design?q=${encodeURIComponent(row.name)}#table`}
          out={row => row.state === 'left_out'}
          selectable
          bulk={
            <ConfirmDialog
              button={
                <>
                  Retry <SelectedCount />
                </>
              }
              title="Retry them?"
              confirm={
                <>
                  Retry <SelectedCount />
                </>
              }
              action={showSent}
              reason="optional"
              extra={<SelectedFields name="item" />}
            >
              <p>Each is read first. Who is already across is left as they are.</p>
            </ConfirmDialog>
          }
          empty={
            <EmptyState
              level={3}
              title="Nobody matches"
              action={
                <ButtonLink href={hrefWith(path, query, { state: null, q: null })} scroll={false}>
                  Show all {samplePeople.length}
                </ButtonLink>
              }
            >
              No person in this batch fits the search and the filters together.
            </EmptyState>
          }
        />
        <Pager
          shown={rows.length}
          total={samplePeople.length}
          from={rows.length > 0 ? 1 : null}
          onHref={hrefWith(path, query, { after: 'next' })}
        />
      </Card>
    </div>
  )
}
