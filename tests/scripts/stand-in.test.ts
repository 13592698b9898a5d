import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { cmdletTable, measuredSize, type Size, statedSize } from '@/scripts/stand-in/page'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(new URL('../../lab/interpreter/README.md', import.meta.url), 'utf8').replace(
  /\r\n/g,
  '\n',
)

it("the stand-in's README lists the cmdlets that the code has; npx tsx scripts/stand-in.ts writes it anew", () => {
  expect(readme).toContain(cmdletTable())
})

it('the size that it says is off by a tenth at most', async () => {
  const stated = statedSize(readme)
  const size = await measuredSize(root)
  for (const figure of ['lines', 'files', 'kilobytes'] satisfies (keyof Size)[])
    expect(Math.abs((stated?.[figure] ?? 0) / size[figure] - 1), `${figure}: ${size[figure]}`).toBeLessThan(
      0.1,
    )
})
