import { ButtonLink } from '@/components/button/button'
import { FilterChips } from '@/components/chips/filter-chips'
import { SearchBox } from '@/components/chips/search-box'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { type Look, verdictLook } from '@/components/state/look'
import { Card } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { DataTable } from '@/components/table/data-table'
import { Pager } from '@/components/table/pager'
import { SelectedCount, SelectedFields } from '@/components/table/selection'
import { hrefWith, type Query } from '@/components/url/params'
import { mayEditImport } from '@/domain/import/states'
import { rowVerdicts, type Severity } from '@/domain/import/verdicts'
import type { Actor } from '@/domain/people/actor'
import { counted, formatCount } from '@/domain/wording/count'
import { sentenceCase } from '@/domain/wording/sentence'
import { type ImportFilter, importFilterWords } from '@/server/queries/import-filter'
import type { ImportPage, ImportTableRow } from '@/server/queries/import-rows'
import type { ImportSummary } from '@/server/queries/import-summary'
import { whyNot } from '../../why-not'
import { acceptRows } from '../actions'
import { rowColumns, rowTitle } from './row-columns'

type Props = {
  file: ImportSummary
  actor: Extract<Actor, { kind: 'person' }>
  query: Query
  filter: ImportFilter
  page: ImportPage
}

/** The rows of the file, a page at a time, each with why it stands where it does and what can be done about it. */
export function RowsCard({ file, actor, query, filter, page }: Props) {
  const path = `/import/${file.id}`
  const why = whyNot(actor, 'imports.write', mayEditImport(file))
  const narrowed = Object.keys(filter).length > 0
  return (
    <Card
      title={<span id="rows">Rows</span>}
      hint={
        narrowed
          ? `${formatCount(page.found)} of ${counted(file.totals.rowsRead, 'row', 'rows')}`
          : counted(file.totals.rowsRead, 'row', 'rows')
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-3">
        <SearchBox label="Search rows" placeholder="Name or address" name="search" />
        <FilterChips label="Filters" chips={verdictChips(file, query, filter)} />
        {file.codes.length > 0 && (
          <details open={filter.code !== undefined}>
            <summary className="min-h-6 cursor-pointer text-s">
              By finding, {counted(file.codes.length, 'kind', 'kinds')}
            </summary>
            <div className="pt-2">
              <FilterChips label="Findings" chips={findingChips(file, query, filter)} />
            </div>
          </details>
        )}
      </div>
      <DataTable<ImportTableRow>
        label="Rows"
        listKey={JSON.stringify([filter, query.after, query.before])}
        columns={rowColumns(file, why)}
        rows={page.rows}
        rowKey={row => String(row.row)}
        rowName={rowTitle}
        version={row => JSON.stringify([row.verdict, row.cells, row.acceptedAt, row.findings.length])}
        out={row => row.verdict === 'left_out'}
        selectable={why === null}
        bulk={
          <ConfirmDialog
            button={
              <>
                Accept <SelectedCount one="row" many="rows" />…
              </>
            }
            why={why}
            title="Accept the selected rows?"
            confirm={
              <>
                Accept <SelectedCount one="row" many="rows" />
              </>
            }
            action={acceptRows}
            fields={{ import: file.id }}
            reason="required"
            reasonHint="It stands in the ledger beside each name, and on the decision of whoever approves."
            extra={<SelectedFields name="row" />}
          >
            <p>Only flagged rows can be accepted. When any other is among them, none is.</p>
          </ConfirmDialog>
        }
        empty={
          <EmptyState
            level={3}
            title="No row fits"
            action={
              <ButtonLink href={path} scroll={false}>
                Show every row
              </ButtonLink>
            }
          >
            Filter: {importFilterWords(filter)}.
          </EmptyState>
        }
      />
      {page.rows.length > 0 && (
        <Pager
          shown={page.rows.length}
          total={page.found}
          noun="rows"
          keys={false}
          firstHref={page.previous === null ? null : hrefWith(path, query, {})}
          backHref={page.previous === null ? null : hrefWith(path, query, { before: String(page.previous) })}
          onHref={page.next === null ? null : hrefWith(path, query, { after: String(page.next) })}
        />
      )}
    </Card>
  )
}

const severityLook: Record<Severity, Look> = {
  note: 'waiting',
  flagged: 'person',
  refused: 'failed',
  left_out: 'out',
}

function verdictChips(file: ImportSummary, query: Query, filter: ImportFilter) {
  const path = `/import/${file.id}`
  const counts = { ...file.totals, left_out: file.totals.leftOut }
  const open = file.totals.flagged - file.accepted
  const accepted = (value: 'yes' | 'no', label: string, count: number) => ({
    key: value,
    label,
    count,
    on: filter.accepted === (value === 'yes'),
    href: hrefWith(path, query, { accepted: filter.accepted === (value === 'yes') ? null : value }),
  })
  return [
    ...rowVerdicts
      .filter(verdict => counts[verdict] > 0 || filter.verdict === verdict)
      .map(verdict => ({
        key: verdict,
        label: sentenceCase(verdict.replace('_', ' ')),
        look: verdictLook[verdict],
        count: counts[verdict],
        on: filter.verdict === verdict,
        href: hrefWith(path, query, { verdict: filter.verdict === verdict ? null : verdict }),
      })),
    ...(file.totals.flagged > 0
      ? [accepted('no', 'To accept', open), accepted('yes', 'Accepted', file.accepted)]
      : []),
  ]
}

const findingChips = (file: ImportSummary, query: Query, filter: ImportFilter) =>
  file.codes.map(({ code, title, severity, rows }) => ({
    key: code,
    label: title,
    look: severityLook[severity],
    count: rows,
    on: filter.code === code,
    href: hrefWith(`/import/${file.id}`, query, { code: filter.code === code ? null : code }),
  }))
