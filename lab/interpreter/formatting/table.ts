import { refuse } from '../refusal'
import { isWide } from './cell'

/** The width of a console whose output is redirected. */
export const WIDTH = 80

export type Column = {
  name: string
  right: boolean
  /** A fixed width, where a view has one. */
  width?: number
}

/** A row of cells, or text that stands between the rows. */
export type Row = { cells: string[] } | { text: string }

export type TableOptions = { header?: boolean; gap?: string }

/** A table as the shell shows it: columns as wide as their cells; the last one is not filled up. */
export function renderTable(columns: Column[], rows: Row[], options: TableOptions = {}): string {
  const cells = rows.flatMap(row => ('cells' in row ? [row.cells] : []))
  for (const text of [...columns.map(column => column.name), ...cells.flat()]) {
    if (text.includes('\n')) refuse('a table with several lines in a cell')
    if (isWide(text)) refuse('a table with wide text')
  }
  const widths = columns.map(
    (column, i) => column.width ?? Math.max(column.name.length, ...cells.map(row => (row[i] ?? '').length)),
  )
  const gap = options.gap ?? ' '
  if (widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1)) >= WIDTH)
    refuse('a table wider than the window')
  const line = (parts: string[]): string =>
    columns
      .map((column, i) => {
        const text = parts[i] ?? ''
        const width = widths[i] ?? 0
        if (text.length > width) return refuse('a cell wider than its column')
        if (column.right) return text.padStart(width)
        return i === columns.length - 1 ? text : text.padEnd(width)
      })
      .join(gap)
  const header =
    options.header === false
      ? []
      : [
          line(columns.map(column => column.name)),
          line(columns.map(column => '-'.repeat(column.name.length))),
        ]
  const body = rows.map(row => ('cells' in row ? line(row.cells) : row.text))
  return `\n${[...header, ...body].map(text => `${text}\n`).join('')}\n`
}
