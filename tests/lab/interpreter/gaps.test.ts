import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSession } from '@/lab/interpreter/session'
import { buildGoldenPrograms } from '@/scripts/golden/programs.mjs'
import { type GoldenCase, readCases } from '@/tests/golden-runner/cases'
import { featuresOf } from '@/tests/golden-runner/gaps/features'
import { ownScripts, scriptsOfNobody } from '@/tests/golden-runner/gaps/own-scripts'
import { type Programs, runCases } from '@/tests/golden-runner/run'

/** Whatever Ferry's own scripts ask of a shell was asked of the real one too, and the stand-in says the same. */
const tests = fileURLToPath(new URL('../..', import.meta.url))
/** So many cases with a thing are run to find one that agrees. */
const ENOUGH = 12

const { cmdlets } = createSession({ out() {}, err() {}, readLine: () => Promise.resolve(null) }, [])
const cases = ['golden', 'golden-own'].flatMap(folder =>
  readdirSync(`${tests}${folder}`)
    .filter(name => name.endsWith('.jsonl'))
    .flatMap(name => readCases(`${tests}${folder}/${name}`)),
)

/** The features of each case that parses, by case. */
const known = new Map<GoldenCase, Set<string>>()
for (const one of cases)
  try {
    known.set(one, featuresOf(textOf(one), cmdlets))
  } catch {
    // What the stand-in does not read shows nothing.
  }

function textOf(one: GoldenCase): string {
  return 'script' in one ? one.script : (one.stdin ?? '')
}

describe("Ferry's own scripts", () => {
  let programs: Programs & { remove(): void }
  beforeAll(async () => {
    programs = await buildGoldenPrograms()
  })
  afterAll(() => programs.remove())

  it('are all of them, wherever they lie', () => {
    expect(scriptsOfNobody()).toEqual([])
  })

  it('use nothing that no recorded answer of the real shell covers', { timeout: 60_000 }, async () => {
    const asked = new Map<string, string>()
    for (const { name, text } of ownScripts())
      for (const feature of featuresOf(text, cmdlets)) if (!asked.has(feature)) asked.set(feature, name)
    expect(asked.size).toBeGreaterThan(100)

    // Short cases first: what agrees in them agrees by itself. Those of the console are last, as they take longer.
    const cost = (one: GoldenCase) => textOf(one).length + ('script' in one ? 0 : 10_000)
    const shown = [...known].sort(([a], [b]) => cost(a) - cost(b))
    const chosen = new Set<GoldenCase>()
    for (const feature of asked.keys())
      for (const [one] of shown.filter(([, features]) => features.has(feature)).slice(0, ENOUGH))
        chosen.add(one)
    const verdicts = await runCases([...chosen], programs)
    const agreeing = new Set(verdicts.filter(({ outcome }) => outcome === 'agrees').map(({ id }) => id))
    const covered = new Set(
      [...chosen].filter(({ id }) => agreeing.has(id)).flatMap(one => [...(known.get(one) ?? [])]),
    )
    const gaps = [...asked].filter(([feature]) => !covered.has(feature))
    expect(gaps.map(([feature, name]) => `${feature} (${name})`).sort()).toEqual([])
  })
})
