import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { VerdictBadge } from '@/components/state/state'
import type { Column } from '@/components/table/data-table'
import { sentenceCase } from '@/domain/wording/sentence'
import type { ImportTableRow } from '@/server/queries/import-rows'
import type { ImportSummary } from '@/server/queries/import-summary'
import { acceptRows } from '../actions'
import { FixCells } from './fix-cells'

/** Who a row is about, as well as the file says it. */
export const rowTitle = (row: ImportTableRow): string =>
  row.displayName ?? row.upn ?? row.sipAddress ?? `Row ${row.row}`

/** `why` says why nothing in the rows can be changed; null when it can. */
export const rowColumns = (file: ImportSummary, why: string | null): Column<ImportTableRow>[] => [
  {
    key: 'person',
    head: 'Row',
    always: true,
    cell: row => (
      <>
        <span className="name">{rowTitle(row)}</span>
        <span className="sub mono">{row.sipAddress ?? row.upn ?? 'no address'}</span>
        <span className="sub">
          Row {row.row}, line {row.line}
        </span>
      </>
    ),
  },
  {
    key: 'verdict',
    head: 'Verdict',
    phone: 'end',
    cell: row => (
      <VerdictBadge
        verdict={row.verdict}
        text={row.acceptedAt ? 'Flagged, accepted' : sentenceCase(row.verdict.replace('_', ' '))}
      />
    ),
  },
  {
    key: 'why',
    head: 'Why, and what to do',
    phone: 'block',
    cell: row =>
      row.findings.length + row.fixes.length > 0 || row.acceptedBy ? (
        <div className="grid max-w-xl gap-2">
          {row.findings.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: findings of one row never change places
            <div key={index}>
              {finding.reason}
              {finding.column && (
                <span className="sub mono">
                  {finding.column}
                  {finding.value && ` = ${finding.value}`}
                </span>
              )}
              <span className="sub">{finding.remedy}</span>
            </div>
          ))}
          {row.acceptedBy && (
            <div>
              Accepted by {row.acceptedBy}
              <span className="sub">{row.acceptedReason}</span>
            </div>
          )}
          {row.fixes.map((fix, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fixes are only ever added at the end
            <div key={index} className="text-s">
              <span className="mono">{fix.column}</span> <del className="mono">{fix.before || 'empty'}</del>{' '}
              <ins className="mono">{fix.after || 'empty'}</ins>
            </div>
          ))}
        </div>
      ) : null,
  },
  {
    key: 'do',
    head: 'What can be done',
    quietHead: true,
    phone: 'block',
    cell: row =>
      why === null &&
      (row.verdict === 'flagged' || row.verdict === 'refused') && (
        <div className="grid justify-items-start gap-2">
          {row.verdict === 'flagged' && !row.acceptedAt && (
            <ConfirmDialog
              button="Accept…"
              side="end"
              title={`Accept ${rowTitle(row)}?`}
              confirm="Accept this row"
              action={acceptRows}
              fields={{ import: file.id, row: String(row.row) }}
              reason="required"
              reasonHint="It stands in the ledger, and on the decision of whoever approves."
            >
              <ul>
                {row.findings.map(finding => (
                  <li key={finding.code}>{finding.reason}</li>
                ))}
              </ul>
            </ConfirmDialog>
          )}
          <FixCells importId={file.id} row={row.row} name={rowTitle(row)} cells={cellsToFix(file, row)} />
        </div>
      ),
  },
]

/** The cells that findings name; where they name none, those that Ferry uses. */
function cellsToFix(file: ImportSummary, row: ImportTableRow): { column: string; value: string }[] {
  const named = [...new Set(row.findings.flatMap(finding => (finding.column ? [finding.column] : [])))]
  const columns = named.length > 0 ? named : file.columns.filter(one => one.role).map(one => one.name)
  return columns.map(column => ({ column, value: row.cells[column] ?? '' }))
}
