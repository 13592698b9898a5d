import Link from 'next/link'
import { hrefWith, type Query, valuesOf } from '../url/params'

type Choosable = { key: string; head: string; always?: boolean }

/** The columns to show: those in the address (`columns=state,note`), or all but the ones `hidden` at first. */
export function chosenColumns(
  query: Query,
  columns: readonly Choosable[],
  hidden: readonly string[] = [],
): string[] {
  const asked = valuesOf(query, 'columns').filter(key => columns.some(column => column.key === key))
  return asked.length > 0 ? asked : columns.map(column => column.key).filter(key => !hidden.includes(key))
}

/** Which columns to show, mirrored in the address. */
export function ColumnChoice({
  path,
  query,
  columns,
  chosen,
}: {
  path: string
  query: Query
  columns: readonly Choosable[]
  chosen: readonly string[]
}) {
  const choosable = columns.filter(column => !column.always)
  return (
    <details className="menu">
      <summary className="btn">Columns</summary>
      <ul className="menu-list">
        {choosable.map(column => {
          const on = chosen.includes(column.key)
          const next = choosable
            .map(one => one.key)
            .filter(key => (key === column.key ? !on : chosen.includes(key)))
          return (
            <li key={column.key}>
              <Link
                href={hrefWith(path, query, { columns: next.length > 0 ? next.join(',') : null })}
                prefetch={false}
                scroll={false}
                aria-current={on ? 'true' : undefined}
              >
                <span className="tick" data-on={on ? '' : undefined} aria-hidden="true" />
                {column.head}
                <span className="visually-hidden">
                  {on ? ', shown; press to hide' : ', hidden; press to show'}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
