import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync('docs/guarantees.md', 'utf8')
const named = [...page.matchAll(/`(tests\/[^`]+)`: "([^"]+)"/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}))

it('every promise names tests', () => {
  const promises = page.split(/^## \d+\. /m).slice(1)
  expect(promises.length).toBeGreaterThan(8)
  for (const promise of promises) expect(promise).toMatch(/^- `tests\//m)
})

it('every kind of loss names a test', () => {
  const rows =
    (page.split('## What happens when something is lost')[1] ?? '').match(/^\| .*\|$/gm)?.slice(2) ?? []
  for (const lost of ['queue', 'database', 'worker', 'shell', 'network', 'clock'])
    expect(rows.join('\n')).toContain(lost)
  for (const row of rows) expect(row).toMatch(/`tests\/[^`]+`: "[^"]+" \|$/)
})

it.each(named)('$file has the test "$title"', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(title)
})
