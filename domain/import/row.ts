import { type CellFinding, judgeHidden, judgeSipAddress, judgeTargetPool, judgeUpn } from './address'
import {
  bidiOverrides,
  controls,
  invisibles,
  keepable,
  lineBreaksAndTabs,
  nameCharacter,
  nameCharacters,
  typographicQuotes,
  visible,
} from './characters'
import { type RowFinding, rowFinding } from './finding'
import { type Column, type ColumnRole, nameOf } from './header'
import { importLimits } from './limits'
import { type RowVerdict, verdictOf } from './verdicts'

/** A row as read. `row` counts people from 1, without the header; `line` is the line of the file it begins in, from 1. */
export type RowInput = { readonly row: number; readonly line: number; readonly cells: readonly string[] }

/** What a row's judgement depends on besides the row. */
export type RowContext = {
  readonly columns: readonly Column[]
  /** Set where the letters were read by a guess, so that a person looks at them. */
  readonly guessedEncoding: boolean
}

export type JudgedRow = {
  readonly row: number
  readonly line: number
  readonly verdict: RowVerdict
  /** Lower-case SIP address without `sip:`; null where the row has no usable one. */
  readonly identity: string | null
  /** `sip:user@domain`, letter case as read. */
  readonly sipAddress: string | null
  /** The row's own, or the SIP address without `sip:` where the row has none. */
  readonly upn: string | null
  readonly displayName: string
  /** Evidence of where somebody is; never a target. */
  readonly registrarPool: string
  /** The row's own target pool; null means the batch's. */
  readonly targetPool: string | null
  /** Every cell as read, in the order of the file's columns. */
  readonly cells: readonly string[]
  readonly findings: readonly RowFinding[]
}

const nonAscii = /[^\p{ASCII}]/u
const formulaStart = /^[=+\-@\t\r]/

/** Judges one row by itself; other rows and open batches are looked at by {@link Claims} and the caller. */
export function judgeRow(input: RowInput, context: RowContext): JudgedRow {
  const findings: RowFinding[] = []
  const found = (role: ColumnRole, of: readonly CellFinding[]) => {
    const column = nameOf(context.columns, role)
    const value = cellOf(input, context, role)
    for (const { code, reason } of of)
      findings.push(rowFinding(code, { row: input.row, column, value }, reason))
  }
  const whole = judgeShape(input, context)
  if (whole) return finish(input, context, [whole], {})

  const sip = judgeSipAddress(cellOf(input, context, 'SipAddress'))
  if (sip.findings[0]?.code === 'deleted-account') {
    found('SipAddress', sip.findings)
    return finish(input, context, findings, {})
  }
  found('SipAddress', sip.findings)

  let upn = sip.address
  const upnCell = cellOf(input, context, 'UserPrincipalName')
  if (upnCell.trim() !== '') {
    const judged = judgeUpn(upnCell)
    found('UserPrincipalName', judged.findings)
    upn = judged.address
    if (upn && sip.address && upn.toLowerCase() !== sip.address.toLowerCase()) {
      const reason = `The user principal name is ${upn}, the SIP address is sip:${sip.address}.`
      found('UserPrincipalName', [{ code: 'upn-differs', reason }])
    }
  } else if (sip.address && nameOf(context.columns, 'UserPrincipalName') !== null) {
    found('UserPrincipalName', [
      { code: 'no-upn', reason: `The cell is empty. Ferry would use ${sip.address}.` },
    ])
  }

  found('DisplayName', judgeName(cellOf(input, context, 'DisplayName'), context))
  const poolCell = cellOf(input, context, 'TargetPool')
  const target = poolCell.trim() === '' ? null : judgeTargetPool(poolCell)
  if (target) found('TargetPool', target.findings)
  judgeEvidence(input, context, findings)
  return finish(input, context, findings, { sip: sip.address, upn, targetPool: target?.pool ?? null })
}

/** The row with one more finding, its verdict taken anew. */
export function withFinding(judged: JudgedRow, finding: RowFinding): JudgedRow {
  const findings = [...judged.findings, finding]
  return { ...judged, findings, verdict: verdictOf(findings) }
}

/** A cell by what it is used for; empty where the file has no such column. */
export function cellOf(
  input: { readonly cells: readonly string[] },
  context: RowContext,
  role: ColumnRole,
): string {
  const index = context.columns.findIndex(column => column.role === role)
  return index < 0 ? '' : (input.cells[index] ?? '')
}

function judgeShape(input: RowInput, { columns }: RowContext): RowFinding | null {
  const { row, cells } = input
  const at = { row, column: null }
  if (cells.every(cell => cell.trim() === '')) {
    return rowFinding('empty-row', at, 'No cell of the row holds anything.')
  }
  const repeats =
    cells.length === columns.length &&
    columns.every(({ name, role }, index) => role === null || cells[index]?.trim() === name)
  if (repeats || /^#TYPE /i.test(cells[0] ?? '')) {
    return rowFinding('repeated-header', at, 'The row repeats the line at the top of the file.')
  }
  if (cells.length === columns.length) return null
  const code = cells.length < columns.length ? 'too-few-cells' : 'too-many-cells'
  const reason = `Line ${input.line} has ${count(cells.length, 'cell')}; the header has ${count(columns.length, 'column')}.`
  return rowFinding(code, { ...at, value: cells.join(' | ') }, reason)
}

function judgeName(cell: string, context: RowContext): CellFinding[] {
  if (nameOf(context.columns, 'DisplayName') === null) return []
  const name = cell.trim()
  if (name === '') return [{ code: 'no-display-name', reason: 'The cell is empty.' }]
  const findings: CellFinding[] = []
  const add = (code: CellFinding['code'], reason: string) => findings.push({ code, reason })
  const hidden = judgeHidden(cell)
  if (hidden) findings.push(hidden)
  if (name.length > importLimits.displayName) {
    add('too-long', `${name.length} characters; a display name has ${importLimits.displayName} at most.`)
  }
  if (lineBreaksAndTabs.test(name)) {
    add('line-break', `A line break or tab stands inside it: ${nameCharacters(name, lineBreaksAndTabs)}.`)
  }
  if (formulaStart.test(name)) {
    add('formula', `It begins with ${name.charAt(0)}, which a spreadsheet takes for a formula.`)
  }
  if (name.includes('?')) add('lost-letters', 'A ? stands where a letter probably was.')
  if (name.includes('\ufffd')) add('unreadable-character', `It holds ${nameCharacter('\ufffd')}.`)
  if (context.guessedEncoding && nonAscii.test(name)) {
    add('guessed-encoding', `Read as Windows-1252, the name is “${visible(name)}”.`)
  }
  if (invisibles.test(name)) add('invisible-character', `It holds ${nameCharacters(name, invisibles)}.`)
  if (typographicQuotes.test(name)) {
    add('typographic-quote', `It holds ${nameCharacters(name, typographicQuotes)}.`)
  }
  if (name !== cell) add('blanks-around-name', 'Blanks stand around it.')
  return findings
}

/** Cells that nothing is done with: only what could mislead a reader or is too long to keep is said. */
function judgeEvidence(input: RowInput, { columns }: RowContext, findings: RowFinding[]): void {
  columns.forEach(({ name, role }, index) => {
    if (role !== null && role !== 'RegistrarPool') return
    const value = input.cells[index] ?? ''
    const at = { row: input.row, column: name, value }
    const odd = strange(value)
    if (odd !== '') findings.push(rowFinding('invisible-character', at, `It holds ${odd}.`))
    if (value.length > importLimits.evidenceCharacters) {
      const reason = `${value.length} characters; the first ${importLimits.evidenceCharacters} are kept.`
      findings.push(rowFinding('evidence-cut', at, reason))
    }
  })
}

function strange(value: string): string {
  if (controls.test(value)) return nameCharacters(value, controls)
  return bidiOverrides.test(value) ? nameCharacters(value, bidiOverrides) : ''
}

function finish(
  input: RowInput,
  context: RowContext,
  findings: readonly RowFinding[],
  used: { sip?: string | null; upn?: string | null; targetPool?: string | null },
): JudgedRow {
  return {
    row: input.row,
    line: input.line,
    verdict: verdictOf(findings),
    identity: used.sip?.toLowerCase() ?? null,
    sipAddress: used.sip ? `sip:${used.sip}` : null,
    upn: used.upn ?? null,
    displayName: keepable(cellOf(input, context, 'DisplayName').trim()).slice(0, 1_000),
    registrarPool: keepable(cellOf(input, context, 'RegistrarPool').trim()).slice(0, 1_000),
    targetPool: used.targetPool ?? null,
    cells: input.cells.map(cell => keepable(cell.slice(0, importLimits.evidenceCharacters))),
    findings,
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
