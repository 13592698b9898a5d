import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { chosenColumns } from '@/components/table/column-choice'
import { DataTable } from '@/components/table/data-table'
import { Pager } from '@/components/table/pager'
import { waitingChanges } from '@/components/table/steady-order'
import { hrefToggling, hrefWith, valuesOf } from '@/components/url/params'

describe('rows that wait', () => {
  it('waits for nothing while the order is the same', () => {
    expect(waitingChanges(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(0)
  })
  it('counts who came and who went', () => {
    expect(waitingChanges(['a', 'b', 'c'], ['x', 'a', 'b'])).toBe(2)
  })
  it('counts one that moved once, not everybody it passed', () => {
    expect(waitingChanges(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toBe(1)
    expect(waitingChanges(['a', 'b', 'c'], ['c', 'b', 'a'])).toBe(2)
  })
})

describe('filters in the address', () => {
  const query = { q: 'lee', state: 'failed', after: 'cursor', columns: undefined }
  it('keeps the other filters and drops the page cursor', () => {
    expect(hrefWith('/b', query, { state: 'unknown' })).toBe('/b?q=lee&state=unknown')
    expect(hrefWith('/b', query, { q: null, state: null })).toBe('/b')
    expect(hrefWith('/b', query, { after: 'next' })).toBe('/b?q=lee&state=failed&after=next')
  })
  it('adds a value to a filter of several, and takes it out again', () => {
    const both = hrefToggling('/b', query, 'state', 'unknown')
    expect(new URL(both, 'http://x').searchParams.get('state')).toBe('failed,unknown')
    expect(hrefToggling('/b', query, 'state', 'failed')).toBe('/b?q=lee')
    expect(valuesOf({ state: ['a,b', 'c'] }, 'state')).toEqual(['a', 'b', 'c'])
  })
  it('chooses only columns that exist', () => {
    const columns = [
      { key: 'a', head: 'A' },
      { key: 'b', head: 'B' },
    ]
    expect(chosenColumns({ columns: 'b,zz' }, columns)).toEqual(['b'])
    expect(chosenColumns({}, columns, ['b'])).toEqual(['a'])
  })
})

describe('the table', () => {
  const rows = [
    { id: '1', name: 'Lee Gu' },
    { id: '2', name: 'Adele Vance' },
  ]
  const table = (over: Partial<Parameters<typeof DataTable<(typeof rows)[number]>>[0]> = {}) =>
    renderToStaticMarkup(
      <DataTable
        label="People"
        listKey="all"
        columns={[
          { key: 'name', head: 'Person', always: true, cell: row => row.name },
          { key: 'note', head: 'Note', cell: row => `note ${row.id}` },
        ]}
        rows={rows}
        rowKey={row => row.id}
        rowName={row => row.name}
        version={row => row.id}
        href={row => `/people/${row.id}`}
        empty={<p>Nobody</p>}
        {...over}
      />,
    )
  it('leads from a row to its page, and names what it selects', () => {
    const markup = table({ selectable: true })
    expect(markup).toContain('href="/people/2"')
    expect(markup).toContain('aria-label="Select Lee Gu"')
  })
  it('keeps the columns that cannot be taken away', () => {
    const markup = table({ chosen: [] })
    expect(markup).toContain('Person')
    expect(markup).not.toContain('note 1')
  })
  it('shows what stands for nothing when there is nothing', () => {
    expect(table({ rows: [] })).toBe('<p>Nobody</p>')
  })
})

it('says which rows of how many, and offers only ways that exist', () => {
  const markup = renderToStaticMarkup(<Pager shown={50} total={2400} from={51} onHref="/b?after=x" />)
  expect(markup).toContain('51 to 100 of 2,400 people')
  expect(markup).toContain('rel="next"')
  expect(markup).not.toContain('rel="prev"')
})
