import type { GoldenCase, Verdict } from './cases'
import { runInConsole } from './console'
import { runInEngine } from './engine'
import type { Actual } from './judge'
import { judge } from './judge'

/** Runs one case on the stand-in; `shell` is the command that starts its console host. */
export async function runCase(one: GoldenCase, shell: string[]): Promise<Verdict> {
  const actual: Actual = 'script' in one ? await runInEngine(one.script) : await runInConsole(shell, one)
  return { id: one.id, area: one.area, outcome: judge(one, actual), actual }
}

/** A table of outcomes an area, with the whole below. */
export function tableOf(verdicts: Verdict[]): string {
  const areas = [...new Set(verdicts.map(verdict => verdict.area))].sort()
  const row = (name: string, among: Verdict[]): string => {
    const count = (outcome: Verdict['outcome']) => among.filter(v => v.outcome === outcome).length
    const share = ((100 * count('agrees')) / Math.max(1, among.length)).toFixed(1)
    const cells = [count('agrees'), count('refuses'), count('lies')].map(n => String(n).padStart(8))
    return `${name.padEnd(12)}${String(among.length).padStart(6)}${cells.join('')}${share.padStart(8)} %`
  }
  return [
    `${'area'.padEnd(12)}${'cases'.padStart(6)}${'agrees'.padStart(8)}${'refuses'.padStart(8)}${'lies'.padStart(8)}`,
    ...areas.map(area =>
      row(
        area,
        verdicts.filter(verdict => verdict.area === area),
      ),
    ),
    row('all', verdicts),
  ].join('\n')
}
