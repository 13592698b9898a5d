import { Fragment } from 'react'
import { ScrollRegion } from '../table/data-table'

export type BeforeNow = {
  attribute: string
  /** Null: it had none. */
  before: string | null
  /** Undefined: not read yet. */
  now: string | null | undefined
}

/** Attribute by attribute what was and what is. What differs is marked, and says so to screen readers. */
export function BeforeNowTable({
  rows,
  label = 'Before and now',
}: {
  rows: readonly BeforeNow[]
  label?: string
}) {
  return (
    <ScrollRegion label={label}>
      <table className="table before-now">
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const changed = row.now !== undefined && row.now !== row.before
            return (
              <tr key={row.attribute}>
                <th scope="row">{row.attribute}</th>
                <td>
                  {changed ? (
                    <del>
                      <Value value={row.before} />
                    </del>
                  ) : (
                    <Value value={row.before} />
                  )}
                </td>
                <td>
                  {row.now === undefined ? (
                    <span className="muted">not read yet</span>
                  ) : changed ? (
                    <ins>
                      <Value value={row.now} />
                    </ins>
                  ) : (
                    <Value value={row.now} />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** Addresses and names of hosts may break after a dot, a colon or an @, and only in need within a word. */
function Value({ value }: { value: string | null }) {
  if (value === null || value === '') return <span className="muted">(none)</span>
  return (
    <span className="mono">
      {value.split(/(?<=[.:@/])/).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </span>
  )
}
