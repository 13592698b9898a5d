/** Facts of a snapshot as lines `Name = value`, names in order. Nested values stand as JSON. */
export function factLines(facts: unknown): string {
  if (facts === null || typeof facts !== 'object') return ''
  return Object.entries(facts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n')
}
