import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCases, type Verdict } from '@/tests/golden-runner/cases'
import { runCase, tableOf } from '@/tests/golden-runner/run'

/** What the real PowerShell answered to small cases. The stand-in may refuse one; it must never answer otherwise. */
const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Answers that were handed over, and those recorded since with the same shell. */
const files = ['golden', 'golden-own'].flatMap(folder =>
  readdirSync(join(root, 'tests', folder))
    .filter(name => name.endsWith('.jsonl'))
    .map(name => join(folder, name)),
)
const AT_ONCE = 4

describe('what the real shell answered', () => {
  let folder = ''
  let shell: string[] = []
  const verdicts: Verdict[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
    const outfile = join(folder, 'shell.mjs')
    await build({
      entryPoints: [join(root, 'lab', 'shell.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    })
    shell = [process.execPath, outfile]
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(files)('%s: no answer is a lie', { timeout: 120_000 }, async file => {
    const cases = readCases(join(root, 'tests', file))
    const mine: Verdict[] = []
    // Cases of the console each start a process; the others run here, one after another.
    const lanes = file.endsWith('repl.jsonl') ? AT_ONCE : 1
    const queue = cases.values()
    const lane = async () => {
      for (const one of queue) mine.push(await runCase(one, shell))
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    verdicts.push(...mine)
    expect(mine).toHaveLength(cases.length)
    expect(mine.filter(verdict => verdict.outcome === 'lies')).toEqual([])
  })

  it('agrees in at least three of four cases', () => {
    console.log(tableOf(verdicts))
    const agreed = verdicts.filter(verdict => verdict.outcome === 'agrees').length
    expect(agreed / verdicts.length).toBeGreaterThanOrEqual(0.75)
  })
})
