import { rowCodes } from '../import/catalogue'
import { visible } from '../import/characters'
import type { RowVerdict } from '../import/verdicts'
import { utc } from './utc'

export const verdictColumns = [
  'Row',
  'Line',
  'Verdict',
  'Enters',
  'SipAddress',
  'UserPrincipalName',
  'DisplayName',
  'TargetPool',
  'Findings',
  'Codes',
  'AcceptedBy',
  'AcceptedReason',
  'AcceptedAtUtc',
  'CellsAsRead',
] as const
export type VerdictColumn = (typeof verdictColumns)[number]

export type VerdictLine = {
  readonly row: number
  readonly line: number
  readonly verdict: RowVerdict
  readonly sipAddress: string | null
  readonly upn: string | null
  readonly displayName: string | null
  readonly targetPool: string | null
  readonly cells: Readonly<Record<string, string>>
  readonly findings: readonly {
    column: string | null
    value: string | null
    code: string
    reason: string
    remedy: string
  }[]
  readonly acceptedBy: string | null
  readonly acceptedReason: string | null
  readonly acceptedAt: Date | null
}

/** One judged row as a line of the export: what was found, and what to do about it. */
export function verdictLine(row: VerdictLine): Record<VerdictColumn, string | number | null> {
  const enters = row.verdict === 'ready' || (row.verdict === 'flagged' && row.acceptedAt !== null)
  return {
    Row: row.row,
    Line: row.line,
    Verdict: row.verdict,
    Enters: enters ? 'yes' : 'no',
    SipAddress: row.sipAddress === null ? '' : `sip:${row.sipAddress}`,
    UserPrincipalName: row.upn,
    DisplayName: row.displayName,
    TargetPool: row.targetPool,
    Findings: row.findings.map(findingText).join('\n'),
    Codes: row.findings.map(({ code }) => code).join(' '),
    AcceptedBy: row.acceptedBy,
    AcceptedReason: row.acceptedReason,
    AcceptedAtUtc: utc(row.acceptedAt),
    CellsAsRead: Object.entries(row.cells)
      .map(([name, cell]) => `${name}: ${visible(cell)}`)
      .join('\n'),
  }
}

function findingText({ column, value, code, reason, remedy }: VerdictLine['findings'][number]): string {
  const title = code in rowCodes ? rowCodes[code as keyof typeof rowCodes].title : code
  const where = column === null ? '' : ` in ${column}`
  const what = value === null || value === '' ? '' : ` “${visible(value)}”`
  return `${title}${where}${what}. ${reason} ${remedy}`
}
