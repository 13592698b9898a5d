import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync('docs/guarantees.md', 'utf8')
const named = [...page.matchAll(/^- `(tests\/[^`]+)`: "([^"]+)"$/gm)].map(([, file = '', title = '']) => ({
  file,
  title,
}))

it('every promise names tests', () => {
  const promises = page.split(/^## \d+\. /m).slice(1)
  expect(promises.length).toBeGreaterThan(8)
  for (const promise of promises) expect(promise).toMatch(/^- `tests\//m)
})

it.each(named)('$file has the test "$title"', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(title)
})
