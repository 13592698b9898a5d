import { stringify } from 'csv-stringify/sync'
import { byteOrderMark, defused } from '../export/csv'

/** One person of a wave: a name to read, and values by parameter name. */
export type TakenPerson = { readonly displayName: string; readonly values: Readonly<Record<string, string>> }

/**
 * The people of a wave as the script reads them, with a byte order mark so that Windows PowerShell 5.1 and spreadsheets
 * take it for UTF-8. Values stand exactly as they are used; the name is only for reading and made safe for spreadsheets.
 */
export function peopleCsv(columns: readonly string[], people: readonly TakenPerson[]): string {
  const rows = people.map(({ displayName, values }) => [
    ...columns.map(column => values[column] ?? ''),
    defused(displayName.replace(/\s+/g, ' ')),
  ])
  const lines = stringify([[...columns, 'DisplayName'], ...rows], { quoted: true, record_delimiter: '\r\n' })
  return byteOrderMark + lines
}
