import { availableParallelism } from 'node:os'
import type { GoldenCase, Verdict } from './cases'
import { runInConsole } from './console'
import { EngineLane } from './engine-lane'
import { judge } from './judge'
import { Workplace } from './workplace'

/** The stand-in as it is run: the command of its console host, and the built `engine-process.ts`. */
export type Programs = { shell: string[]; engine: string }

/**
 * Runs cases on the stand-in, as many at once as there are processors. `told` is called with every verdict in the order
 * of the cases. Cases inside the engine share processes; cases of the console start one each.
 */
export async function runCases(
  cases: GoldenCase[],
  programs: Programs,
  told: (verdict: Verdict, one: GoldenCase) => void = () => {},
): Promise<Verdict[]> {
  const workplace = new Workplace()
  const verdicts: (Verdict | undefined)[] = []
  let said = 0
  const queue = cases.entries()
  const work = async () => {
    const lane = new EngineLane(programs.engine)
    try {
      for (const [i, one] of queue) {
        const folder = workplace.next()
        const actual = await ('script' in one
          ? lane.run(one.script, folder)
          : runInConsole(programs.shell, one, folder))
        const seen = workplace.leave(folder, actual)
        verdicts[i] = { id: one.id, area: one.area, outcome: judge(one, seen), actual: seen }
        for (let next = verdicts[said]; next; next = verdicts[++said]) told(next, cases[said] ?? one)
      }
    } finally {
      lane.close()
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), 8) }, work))
  } finally {
    workplace.close()
  }
  return verdicts.filter(verdict => verdict !== undefined)
}
