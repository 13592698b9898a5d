import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { standInAndReal } from '../shells'
import { makeCases } from './cases'
import { fuzz, missesOf } from './fuzz'
import { reportLines } from './report'
import { routeOf } from './routes'
import { sendAll } from './send'
import { judge, see } from './stand-in-parser'

const root = fileURLToPath(new URL('../..', import.meta.url))

it('refuses each of 1,000 values with its reason, or has it arrive byte for byte', async () => {
  const shells = standInAndReal()
  const report = await fuzz({ root, values: 1000, seed: 'ferry', shells })
  expect(missesOf(report), reportLines(report, 'ferry').join('\n')).toEqual([])
  expect(report.values).toBe(1000)
  // A fuzz that refuses nearly everything, or nothing, would show nothing.
  const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0)
  expect(refused).toBeGreaterThan(200)
  for (const { arrived } of report.shells) expect(arrived).toBe(1000 - refused)
  expect(report.legal).toBeGreaterThan(300)
}, 300_000)

it('leaves the stand-in out for no shell that is named', () => {
  vi.stubEnv('FERRY_PWSH', process.execPath)
  try {
    expect(standInAndReal().map(({ real }) => real)).toEqual([false, true])
  } finally {
    vi.unstubAllEnvs()
  }
})

it('makes the same values of the same seed, and others of another', () => {
  expect(makeCases(50, 'a')).toEqual(makeCases(50, 'a'))
  expect(makeCases(50, 'a')).not.toEqual(makeCases(50, 'b'))
})

it('notices a value that arrives as another, and a readable script that says something else', async () => {
  const one = { kind: 'text', value: 'Adele Vance', legal: true, form: 0 } as const
  const routed = routeOf(one)
  if (!routed.ok) throw new Error(routed.reason)
  const wrong = { one: { ...one, value: 'Adele  Vance' }, route: routed.route }
  const [first] = standInAndReal()
  const { misses } = await sendAll(root, first.executable, [{ one, route: routed.route }, wrong])
  expect(misses).toEqual([{ one: wrong.one, what: '-Sort arrived as "Adele Vance"' }])
  const stored = see(routed.route.script.text).commands
  const readable = see(routed.route.call.readable)
  const judged = { one, route: routed.route }
  expect(judge(judged, readable, stored)).toBeNull()
  expect(judge(judged, { ...readable, constants: { Text: 'x' } }, stored)).toMatch(/constant "x"/)
  expect(judge(judged, { ...readable, commands: [...stored, 'Stop-Computer'] }, stored)).toMatch(
    /Stop-Computer/,
  )
})
