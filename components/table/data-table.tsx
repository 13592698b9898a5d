import Link from 'next/link'
import type { ReactNode } from 'react'
import { SteadyRows } from './steady-rows'

export type Column<Row> = {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  numeric?: boolean
  /** Takes the room that is left and is cut with an ellipsis; the whole text is in the row's own page. */
  fit?: boolean
  /** The head is for screen readers only. */
  quietHead?: boolean
  /** Cannot be taken away by the reader's choice of columns. */
  always?: boolean
  /** On a phone a row is a small card: the title, what stands at its right, a labelled line, all the width without a label, or nothing. */
  phone?: 'title' | 'end' | 'line' | 'block' | 'hide'
}

/**
 * A table whose rows may be many and may change while it is read. Sorting, searching and pages are the server's; this shows
 * one page of it. `listKey` names the question asked (filter, page): a new question shows its rows at once, while changes to
 * the same one wait for the reader. On a phone it is a list.
 */
export function DataTable<Row>({
  label,
  listKey,
  columns,
  chosen,
  rows,
  rowKey,
  rowName,
  version,
  href,
  out,
  selectable,
  bulk,
  empty,
}: {
  label: string
  listKey: string
  columns: readonly Column<Row>[]
  /** The columns the reader has chosen (see `chosenColumns`); all when absent. */
  chosen?: readonly string[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowName: (row: Row) => string
  version: (row: Row) => string | number
  /** Where the row's first cell leads. */
  href?: (row: Row) => string
  /** Left out: struck through and pale. */
  out?: (row: Row) => boolean
  selectable?: boolean
  bulk?: ReactNode
  /** What stands here when there are no rows. */
  empty: ReactNode
}) {
  if (rows.length === 0) return empty
  const shown = columns.filter(column => column.always || !chosen || chosen.includes(column.key))
  return (
    <ScrollRegion label={label}>
      <SteadyRows
        key={listKey}
        selectable={selectable}
        bulk={bulk}
        head={shown.map(column => (
          <th key={column.key} scope="col" className={column.numeric ? 'n' : undefined}>
            {column.quietHead ? <span className="visually-hidden">{column.head}</span> : column.head}
          </th>
        ))}
        rows={rows.map(row => ({
          key: rowKey(row),
          version: version(row),
          name: rowName(row),
          out: out?.(row),
          cells: shown.map((column, index) => (
            <td
              key={column.key}
              data-label={column.head}
              data-phone={column.phone ?? (index === 0 ? 'title' : 'line')}
              className={column.numeric ? 'n' : column.fit ? 'fit' : undefined}
            >
              {index === 0 && href ? (
                <Link href={href(row)} prefetch={false} className="rowlink">
                  {column.cell(row)}
                </Link>
              ) : (
                column.cell(row)
              )}
            </td>
          )),
        }))}
      />
    </ScrollRegion>
  )
}

/** What may scroll sideways: it can be reached and scrolled by keyboard, and has a name. Not a landmark: the card is. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of cells, not of form fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="tablewrap" role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  )
}

/** A person in a table's first cell: the name, and below it the address. */
export function PersonCell({ name, address }: { name: string; address: string }) {
  return (
    <>
      <span className="name">{name}</span>
      <span className="sub mono">{address}</span>
    </>
  )
}
