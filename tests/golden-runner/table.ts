import type { Outcome, Verdict } from './cases'

/** A table of outcomes an area, with the whole below. */
export function tableOf(verdicts: Verdict[]): string {
  const areas = [...new Set(verdicts.map(verdict => verdict.area))].sort()
  const width = Math.max(...areas.map(area => area.length), 10) + 2
  const row = (name: string, among: Verdict[]): string => {
    const count = (outcome: Outcome) => among.filter(v => v.outcome === outcome).length
    const share = ((100 * count('agrees')) / Math.max(1, among.length)).toFixed(1)
    const cells = [count('agrees'), count('refuses'), count('lies')].map(n => String(n).padStart(9))
    return `${name.padEnd(width)}${String(among.length).padStart(6)}${cells.join('')}${share.padStart(8)} %`
  }
  return [
    `${'area'.padEnd(width)}${'cases'.padStart(6)}${'agrees'.padStart(9)}${'refuses'.padStart(9)}${'lies'.padStart(9)}`,
    ...areas.map(area =>
      row(
        area,
        verdicts.filter(verdict => verdict.area === area),
      ),
    ),
    row('all', verdicts),
  ].join('\n')
}
