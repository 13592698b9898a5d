import type { Query } from '@/components/url/params'
import { type ImportFilter, importFilterFrom } from '@/server/queries/import-filter'

/** The rows' filter out of a page's address; the export reads the same. */
export function readRowFilter(query: Query): ImportFilter {
  const parameters = new URLSearchParams()
  for (const key of ['verdict', 'code', 'accepted', 'search']) {
    const value = query[key]
    if (typeof value === 'string') parameters.set(key, value)
  }
  return importFilterFrom(parameters)
}

/** `after` or `before` a row; neither on the first page. */
export function readRowPage(query: Query): { after?: number; before?: number } {
  const number = (key: string) => {
    const text = query[key]
    return typeof text === 'string' && /^\d{1,7}$/.test(text) ? Number(text) : undefined
  }
  const after = number('after')
  const before = number('before')
  return after !== undefined ? { after } : before !== undefined ? { before } : {}
}
