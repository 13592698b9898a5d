'use client'

import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { SelectionContext } from './selection'
import { waitingChanges } from './steady-order'
import { useTableKeys } from './table-keys'

export type SteadyRow = {
  key: string
  /** Changes whenever the row does: a row whose version is new lights up for a second. */
  version: string | number
  /** Who or what the row is about, for the checkbox: “Lee Gu”. */
  name: string
  out?: boolean
  cells: ReactNode
}

/**
 * The rows of a table that others change while somebody reads it. A changed row lights up where it stands; rows that would
 * come, go or move wait behind “12 changes, show”. Specification of the state: `order` is what is on screen and changes only
 * when the reader asks (or before anything was shown); `known` holds the last cells seen of every row on screen, so that a row
 * the server has let go stays readable until then.
 */
export function SteadyRows({
  rows,
  head,
  selectable,
  bulk,
}: {
  rows: readonly SteadyRow[]
  /** The header row, from the server. */
  head: ReactNode
  selectable?: boolean
  /** What can be done to the selected rows; stands in a bar while any is selected. */
  bulk?: ReactNode
}) {
  const [order, setOrder] = useState(() => rows.map(row => row.key))
  const known = useRef(new Map<string, SteadyRow>())
  const [lit, setLit] = useState<ReadonlySet<string>>(new Set())
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const table = useRef<HTMLTableElement>(null)
  useTableKeys(table)

  const fresh = useMemo(() => new Map(rows.map(row => [row.key, row])), [rows])
  useEffect(() => {
    const changed = rows.filter(row => {
      const before = known.current.get(row.key)
      return before !== undefined && before.version !== row.version
    })
    for (const row of rows) known.current.set(row.key, row)
    if (changed.length === 0) return
    setLit(new Set(changed.map(row => row.key)))
    const timer = setTimeout(() => setLit(new Set()), 1100)
    return () => clearTimeout(timer)
  }, [rows])

  const next = rows.map(row => row.key)
  const waiting = order.length === 0 ? 0 : waitingChanges(order, next)
  const shown = order.length === 0 ? next : order
  const chosen = shown.filter(key => selected.has(key))
  const choose = (keys: readonly string[], on: boolean) =>
    setSelected(before => {
      const after = new Set(before)
      for (const key of keys) on ? after.add(key) : after.delete(key)
      return after
    })

  return (
    <SelectionContext value={chosen}>
      <p className="waiting-changes" role="status">
        {waiting > 0 && (
          <button type="button" className="chip" onClick={() => setOrder(next)}>
            {waiting} {waiting === 1 ? 'change' : 'changes'}, show
          </button>
        )}
      </p>
      <table ref={table} className="table">
        <thead>
          <tr>
            {selectable && (
              <th className="pick">
                <input
                  type="checkbox"
                  aria-label="Select all shown"
                  checked={chosen.length > 0 && chosen.length === shown.length}
                  ref={box => {
                    if (box) box.indeterminate = chosen.length > 0 && chosen.length < shown.length
                  }}
                  onChange={event => choose(shown, event.target.checked)}
                />
              </th>
            )}
            {head}
          </tr>
        </thead>
        <tbody>
          {shown.map(key => {
            const row = fresh.get(key) ?? known.current.get(key)
            if (!row) return null
            return (
              <tr
                key={key}
                data-row={key}
                data-lit={lit.has(key) ? '' : undefined}
                data-gone={fresh.has(key) ? undefined : ''}
                data-out={row.out ? '' : undefined}
                data-selected={selected.has(key) ? '' : undefined}
              >
                {selectable && (
                  <td className="pick">
                    <input
                      type="checkbox"
                      aria-label={`Select ${row.name}`}
                      checked={selected.has(key)}
                      onChange={event => choose([key], event.target.checked)}
                    />
                  </td>
                )}
                {row.cells}
              </tr>
            )
          })}
        </tbody>
      </table>
      {bulk && chosen.length > 0 && (
        <section className="bulk" aria-label="Selected">
          <b>{chosen.length} selected</b>
          {bulk}
          <button type="button" className="btn" data-tone="quiet" onClick={() => setSelected(new Set())}>
            Clear
          </button>
        </section>
      )}
    </SelectionContext>
  )
}
