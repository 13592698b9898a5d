import { rowFinding } from './finding'
import { type Column, type ColumnRole, nameOf } from './header'
import { type JudgedRow, withFinding } from './row'

type Claim = {
  readonly row: number
  readonly line: number
  readonly name: string
  readonly enters: boolean
  readonly upnToo: boolean
}

/**
 * Who has claimed which address in one file. The first row that can enter keeps its address; a later one with the same
 * address, in whatever letter case, is refused and names it. Two rows of one user principal name are refused likewise.
 */
export class Claims {
  readonly #columns: readonly Column[]
  readonly #bySip = new Map<string, Claim>()
  /** Only where it differs from the SIP address: else the first map says it already. */
  readonly #byUpn = new Map<string, Claim>()

  constructor(columns: readonly Column[]) {
    this.#columns = columns
  }

  /** The row as it stands beside the rows before it. Rows come in the order of the file. */
  claim(judged: JudgedRow): JudgedRow {
    const sip = judged.identity
    if (sip === null) return judged
    const upn = judged.upn?.toLowerCase() ?? sip
    const before = this.#bySip.get(sip)
    let result = judged
    if (before?.enters) {
      const reason = `${at(before)} has the same address${differs(before, judged)}.`
      result = withFinding(judged, rowFinding('duplicate-address', this.#where(judged, 'SipAddress'), reason))
    } else {
      const account = this.#byUpn.get(upn) ?? this.#sameName(upn, sip)
      if (account?.enters) {
        const reason = `${at(account)} has the same user principal name and another SIP address.`
        const where = this.#where(judged, 'UserPrincipalName')
        result = withFinding(judged, rowFinding('duplicate-upn', where, reason))
      } else if (before) {
        const reason = `${at(before)} has the same address and is refused.`
        const where = this.#where(judged, 'SipAddress')
        result = withFinding(judged, rowFinding('earlier-row-refused', where, reason))
      }
    }
    this.#keep(result, sip, upn, before)
    return result
  }

  #sameName(upn: string, sip: string): Claim | undefined {
    const claim = upn === sip ? undefined : this.#bySip.get(upn)
    return claim?.upnToo ? claim : undefined
  }

  #keep(judged: JudgedRow, sip: string, upn: string, before: Claim | undefined): void {
    const enters = judged.verdict === 'ready' || judged.verdict === 'flagged'
    if (before?.enters || (before && !enters)) return
    const claim = {
      row: judged.row,
      line: judged.line,
      name: judged.displayName,
      enters,
      upnToo: upn === sip,
    }
    this.#bySip.set(sip, claim)
    if (enters && upn !== sip) this.#byUpn.set(upn, claim)
  }

  #where(judged: JudgedRow, role: ColumnRole) {
    const index = this.#columns.findIndex(column => column.role === role)
    return { row: judged.row, column: nameOf(this.#columns, role), value: judged.cells[index] ?? null }
  }
}

function at({ row, line }: { readonly row: number; readonly line: number }): string {
  return `Row ${row} (line ${line})`
}

function differs(before: { readonly name: string }, judged: { readonly displayName: string }): string {
  return before.name === judged.displayName
    ? ''
    : ` and another name: “${before.name}” there, “${judged.displayName}” here`
}
