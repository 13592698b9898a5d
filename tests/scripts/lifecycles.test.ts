import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { lifecyclePage } from '@/scripts/lifecycles/page'

it('docs/lifecycles.md is what the code says; npx tsx scripts/lifecycles.ts writes it anew', () => {
  const page = readFileSync(new URL('../../docs/lifecycles.md', import.meta.url), 'utf8')
  expect(page.replace(/\r\n/g, '\n')).toBe(lifecyclePage())
})
