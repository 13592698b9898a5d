import type { Column } from './header'

/** A row's cells by the names of its columns; those beyond the header are `Cell 5` and so on. */
export function cellsByName(cells: readonly string[], columns: readonly Column[]): Record<string, string> {
  return Object.fromEntries(cells.map((cell, index) => [columns[index]?.name ?? beyond(index), cell]))
}

/** The cells in the file's order again. A row that had fewer cells than the header has fewer here. */
export function cellsInOrder(
  byName: Readonly<Record<string, string>>,
  columns: readonly Column[],
): readonly string[] {
  const cells: string[] = []
  for (let index = 0; ; index++) {
    const cell = byName[columns[index]?.name ?? beyond(index)]
    if (cell === undefined) return cells
    cells.push(cell)
  }
}

/**
 * The cells with one changed by hand. Cells between the row's end and it become empty; a cell beyond the header that is
 * emptied is gone, which is how a row with too many is mended.
 * @returns null when neither the header nor the row has such a column
 */
export function withCell(
  byName: Readonly<Record<string, string>>,
  columns: readonly Column[],
  column: string,
  value: string,
): Record<string, string> | null {
  const cells = [...cellsInOrder(byName, columns)]
  const names = Array.from({ length: Math.max(cells.length, columns.length) }, (_, index) =>
    columns[index] ? columns[index].name : beyond(index),
  )
  const index = names.indexOf(column)
  if (index < 0) return null
  while (cells.length <= index) cells.push('')
  cells[index] = value
  while (cells.length > columns.length && cells.at(-1) === '') cells.pop()
  return cellsByName(cells, columns)
}

const beyond = (index: number): string => `Cell ${index + 1}`
