import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FIGURE_MARK, type Figure } from './figure'

export type FigureRun = {
  /** The folder of the figures' programs: `p<digit>-<name>.ts`, and `<name>.ts` for those that are measured only by name. */
  folder: string
  /** Which of them, as `p4` or `shell`; all of P1 to P8 where it is left out. */
  only?: readonly string[]
  people?: string
  /** When the whole run is to be over, in ms since 1970. */
  until: number
  /** Told before a figure is measured, and after it. */
  begins?: (file: string) => void
  ends?: (figure: Figure) => void
}

/** Measures one figure after the other, each in a process of its own. One that fails is not met, and the others are measured. */
export async function runFigures(run: FigureRun): Promise<Figure[]> {
  const { folder, only, people, until } = run
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.ts') && (only ? only.includes(keyOf(name)) : /^p\d-/.test(name)))
    .toSorted()
  const figures: Figure[] = []
  let wave: number | undefined
  for (const file of files) {
    run.begins?.(file)
    const figure = await measure(join(folder, file), [
      ...(people ? ['--people', people] : []),
      ...(only ? [] : ['--until', String(until)]),
      ...(file.startsWith('p2') && wave !== undefined ? ['--wave-ms', String(wave)] : []),
    ]).catch((error: unknown) => notMeasured(file, error))
    wave = figure.waveMs ?? wave
    figures.push(figure)
    run.ends?.(figure)
  }
  return figures
}

/** How `only` names a figure: `p4` of `p4-import.ts`, `shell` of `shell.ts`. */
const keyOf = (file: string): string => /^p\d(?=-)/.exec(file)?.[0] ?? file.replace('.ts', '')

/** Runs one figure's program and answers what it measured; throws with what it printed when it did not. */
async function measure(path: string, args: string[]): Promise<Figure> {
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      printed += chunk
    })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const line = printed.split('\n').find(one => one.startsWith(FIGURE_MARK))
  if (line === undefined) throw new Error(`It ended with ${code} and measured nothing:\n${printed.trim()}`)
  return JSON.parse(line.slice(FIGURE_MARK.length)) as Figure
}

const notMeasured = (file: string, error: unknown): Figure => ({
  id: keyOf(file).replace(/^p(?=\d$)/, 'P'),
  what: file.replace('.ts', ''),
  value: null,
  goal: 'to be measured',
  met: false,
  baseline: 'none',
  notes: [],
  failed: error instanceof Error ? error.message : String(error),
})
