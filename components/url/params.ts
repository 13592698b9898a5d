/** The query of a page, as Next hands it to `searchParams`. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The same page with some of its query changed: a string sets, null takes out. Everything else stays, so that a filter is
 * never lost by pressing another one. Page cursors (`after`, `before`) fall away unless they are what changes.
 */
export function hrefWith(path: string, query: Query, changes: Record<string, string | null>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || key in changes || key === 'after' || key === 'before') continue
    for (const one of typeof value === 'string' ? [value] : value) params.append(key, one)
  }
  for (const [key, value] of Object.entries(changes)) if (value !== null) params.set(key, value)
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

/** A filter of several values in one parameter (`state=failed,unknown`): the href that adds or takes out one of them. */
export function hrefToggling(path: string, query: Query, key: string, value: string): string {
  const now = valuesOf(query, key)
  const next = now.includes(value) ? now.filter(one => one !== value) : [...now, value]
  return hrefWith(path, query, { [key]: next.length > 0 ? next.join(',') : null })
}

/** The values of such a filter; none when it is not set. */
export function valuesOf(query: Query, key: string): string[] {
  const value = query[key]
  const text = typeof value === 'string' ? value : (value ?? []).join(',')
  return text.split(',').filter(one => one !== '')
}
