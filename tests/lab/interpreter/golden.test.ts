import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildGoldenPrograms } from '@/scripts/golden/programs.mjs'
import { readCases, type Verdict } from '@/tests/golden-runner/cases'
import { type Programs, runCases } from '@/tests/golden-runner/run'
import { tableOf } from '@/tests/golden-runner/table'

/** What the real PowerShell answered to small cases. The stand-in may refuse one; it must never answer otherwise. */
const tests = fileURLToPath(new URL('../..', import.meta.url))
/** Answers that were handed over, and those recorded since with the same shell. */
const files = ['golden', 'golden-own'].flatMap(folder =>
  readdirSync(`${tests}${folder}`)
    .filter(name => name.endsWith('.jsonl'))
    .map(name => `${folder}/${name}`),
)

describe('what the real shell answered', () => {
  let programs: Programs & { remove(): void }
  const verdicts: Verdict[] = []

  beforeAll(async () => {
    programs = await buildGoldenPrograms()
  })
  afterAll(() => programs.remove())

  it.each(files)('%s: no answer is a lie', { timeout: 240_000 }, async file => {
    const cases = readCases(`${tests}${file}`)
    const mine = await runCases(cases, programs)
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
