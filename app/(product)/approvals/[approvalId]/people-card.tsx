import { ButtonLink } from '@/components/button/button'
import { FilterChips } from '@/components/chips/filter-chips'
import { SearchBox } from '@/components/chips/search-box'
import { CarveOutToggle } from '@/components/decision/carve-outs'
import { ItemStateBadge } from '@/components/state/state'
import { Card } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { type Column, DataTable, PersonCell } from '@/components/table/data-table'
import { Pager } from '@/components/table/pager'
import { hrefWith, type Query } from '@/components/url/params'
import { people } from '@/domain/wording/count'
import { readinessWords } from '@/domain/wording/readiness-words'
import type { ApprovalDecision } from '@/server/queries/approval-decision'
import type { ApprovalPeople, ApprovalPeopleFilter, ApprovalPerson } from '@/server/queries/approval-people'

/** The table's filter as it stands in the address: `q=<words>`, `code=<readiness code>`, `accepted=yes`. */
export function readPeopleFilter(query: Query): ApprovalPeopleFilter {
  const one = (key: string) => (typeof query[key] === 'string' && query[key] !== '' ? query[key] : undefined)
  const search = one('q')
  const code = one('code')
  return {
    ...(search ? { search } : {}),
    ...(code ? { code } : {}),
    ...(query.accepted === 'yes' ? { accepted: true } : {}),
  }
}

/** Everybody the request is about, a page at a time. While it waits, each can be carved out with a reason. */
export function PeopleCard({
  decision,
  page,
  query,
  filter,
}: {
  decision: ApprovalDecision
  page: ApprovalPeople
  query: Query
  filter: ApprovalPeopleFilter
}) {
  const path = `/approvals/${decision.id}`
  const isOpen = decision.state === 'requested'
  const narrowed = Object.keys(filter).length > 0
  return (
    <Card
      title={<span id="people">People</span>}
      hint={
        narrowed
          ? `${people(page.matching)} of ${people(decision.asked)}`
          : isOpen
            ? `${people(decision.asked)}; take the tick away to carve somebody out`
            : `${people(decision.asked)} were asked for`
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-3">
        <SearchBox label="Search people" placeholder="Name or address" />
        <FilterChips
          label="Filters"
          chips={[
            ...decision.readiness.map(({ code, people: count }) => ({
              key: code,
              label: readinessWords(code).short,
              count,
              on: filter.code === code,
              href: hrefWith(path, query, { code: filter.code === code ? null : code }),
              ...(readinessWords(code).blocks ? { look: 'failed' as const } : {}),
            })),
            ...(decision.accepted > 0
              ? [
                  {
                    key: 'accepted',
                    label: 'Accepted when imported',
                    count: decision.accepted,
                    look: 'person' as const,
                    on: filter.accepted === true,
                    href: hrefWith(path, query, { accepted: filter.accepted ? null : 'yes' }),
                  },
                ]
              : []),
          ]}
        />
      </div>
      <DataTable<ApprovalPerson>
        label="People"
        listKey={JSON.stringify([filter, query.after, query.before])}
        columns={columns(decision, isOpen)}
        rows={page.people}
        rowKey={person => person.id}
        rowName={person => person.displayName}
        version={person => `${person.state}${person.pool}${person.readinessCodes.join()}`}
        href={person => `/batches/${decision.batch.id}/people/${person.id}`}
        out={person => person.state === 'left_out'}
        empty={
          <EmptyState
            level={3}
            title="Nobody fits"
            action={
              <ButtonLink href={path} scroll={false}>
                Show everybody
              </ButtonLink>
            }
          >
            No person of this request fits the search and the filters together.
          </EmptyState>
        }
      />
      {page.people.length > 0 && (
        <Pager
          shown={page.people.length}
          total={page.matching}
          from={page.before + 1}
          firstHref={page.before > 0 ? hrefWith(path, query, {}) : null}
          backHref={page.back === null ? null : hrefWith(path, query, { before: String(page.back) })}
          onHref={page.on === null ? null : hrefWith(path, query, { after: String(page.on) })}
          keys={false}
        />
      )}
    </Card>
  )
}

/** Ended people are no longer part of what is approved, so they have no tick. */
const isGoing = (person: ApprovalPerson) =>
  person.state !== 'done' && person.state !== 'no_change' && person.state !== 'left_out'

const columns = (decision: ApprovalDecision, isOpen: boolean): Column<ApprovalPerson>[] => [
  {
    key: 'person',
    head: 'Person',
    always: true,
    cell: person => <PersonCell name={person.displayName} address={person.upn} />,
  },
  ...(decision.asks === 'Move'
    ? [
        {
          key: 'to',
          head: 'To',
          cell: (person: ApprovalPerson) => <span className="mono">{person.pool ?? 'no pool'}</span>,
        },
      ]
    : []),
  {
    key: 'note',
    head: 'To note',
    cell: person => (
      <>
        {person.readinessCodes.map(code => readinessWords(code).short).join(', ')}
        {person.acceptedReason && <span className="sub">Accepted: {person.acceptedReason}</span>}
      </>
    ),
  },
  {
    key: 'in',
    head: isOpen ? 'Goes along' : 'Now',
    phone: 'end',
    cell: person =>
      isOpen && isGoing(person) ? (
        <CarveOutToggle item={person.id} name={person.displayName} />
      ) : person.carvedOut ? (
        <>
          Carved out<span className="sub">{person.carvedOut}</span>
        </>
      ) : (
        <ItemStateBadge state={person.state} />
      ),
  },
]
