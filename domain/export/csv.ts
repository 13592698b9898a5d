import { stringify } from 'csv-stringify/sync'

/** What a CSV for Excel begins with: without it, Excel takes UTF-8 for the machine's old code page. */
export const byteOrderMark = '\ufeff'

/**
 * A cell that no spreadsheet runs: what begins like a formula (also behind blanks, or with the wide forms of the signs)
 * gets an apostrophe in front. Everything else stays as it is.
 */
export function defused(cell: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
}

const plainCell = /^\w[^",\r\n]*$/
const quotedCell = /[",\r\n]/

/** One cell as csvText writes it, where a million of them are written one by one. */
export function csvCell(cell: string): string {
  if (cell === '' || plainCell.test(cell)) return cell
  const text = defused(cell)
  return quotedCell.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Records as CSV text after RFC 4180, each cell defused. */
export function csvText(records: readonly (readonly string[])[]): string {
  return stringify(
    records.map(cells => cells.map(defused)),
    // The library by itself quotes only whole record delimiters, and a lone line feed would end the line for most readers.
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  )
}

/**
 * A table that says of itself what it is. The first column says what a line is: `about` lines come first, `total` lines
 * last, both with their text in the second column; between them are the lines themselves. So the file stays a plain
 * rectangular CSV that any tool reads.
 */
export class StatedTable<Name extends string> {
  readonly #columns: readonly Name[]

  constructor(columns: readonly Name[]) {
    this.#columns = columns
  }

  header(): string {
    return byteOrderMark + csvText([['Record', 'Statement', ...this.#columns]])
  }

  about(statements: readonly string[]): string {
    return csvText(statements.map(statement => this.#stated('about', statement)))
  }

  totals(statements: readonly string[]): string {
    return csvText(statements.map(statement => this.#stated('total', statement)))
  }

  /** Lines of one kind, `record`; a column that a line does not name is empty. */
  lines(record: string, lines: readonly Partial<Record<Name, string | number | null>>[]): string {
    return csvText(lines.map(line => [record, '', ...this.#columns.map(name => String(line[name] ?? ''))]))
  }

  #stated(record: string, statement: string): string[] {
    return [record, statement, ...this.#columns.map(() => '')]
  }
}
