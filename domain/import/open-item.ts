import { rowFinding } from './finding'
import { type Column, nameOf } from './header'
import { type JudgedRow, withFinding } from './row'

/** An open batch of the same estate that somebody is in already (rule 15). */
export type OpenItem = { readonly batchId: string; readonly batchName: string }

/** Which of these identities (lower-case addresses without `sip:`) are in an open batch of the estate. */
export type KnownItems = (identities: readonly string[]) => Promise<ReadonlyMap<string, OpenItem>>

/** Rule 15: one open item per estate and identity. */
export function withOpenItem(row: JudgedRow, open: OpenItem, columns: readonly Column[]): JudgedRow {
  const column = nameOf(columns, 'SipAddress')
  const value = row.sipAddress
  const reason = `${row.sipAddress} is already in the open batch “${open.batchName}”.`
  return withFinding(row, rowFinding('already-in-batch', { row: row.row, column, value }, reason))
}
