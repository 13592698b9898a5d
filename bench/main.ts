import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FIGURE_MARK, type Figure } from './figure'

const USAGE = `npm run bench [-- --json] [-- --only P4,P6] [-- --people N]
  Measures Ferry against baselines of the same run, each figure in a process of its own.
  --people N  how many people cross in those figures that take people across, instead of their own numbers`
/** What a whole run may take. */
const LONGEST_MS = 25 * 60_000
const folder = join(process.cwd(), 'bench', 'figures')

/** Runs one figure's program and answers what it measured; throws with what it printed when it did not. */
async function measure(file: string, args: string[]): Promise<Figure> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      printed += chunk
    })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  const line = printed.split('\n').find(one => one.startsWith(FIGURE_MARK))
  if (line === undefined) throw new Error(`${file} ended with ${code} and measured nothing:\n${printed}`)
  return JSON.parse(line.slice(FIGURE_MARK.length)) as Figure
}

function tell(figure: Figure): void {
  console.log(`${figure.id}  ${figure.value}  goal ${figure.goal}  ${figure.met ? 'met' : 'MISSED'}`)
  console.log(`    ${figure.what}`)
  for (const line of [figure.baseline, ...figure.notes]) console.log(`    ${line}`)
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    people: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(USAGE)
else {
  const only = values.only?.toLowerCase().split(',')
  const files = readdirSync(folder)
    .filter(name => /^p\d-.*\.ts$/.test(name) && (!only || only.includes(name.slice(0, 2))))
    .toSorted()
  const figures: Figure[] = []
  let wave: number | undefined
  const until = Date.now() + LONGEST_MS
  for (const file of files) {
    if (!values.json) console.log(`Measuring ${file.replace('.ts', '')} …`)
    const figure = await measure(file, [
      ...(values.people ? ['--people', values.people] : []),
      ...(only ? [] : ['--until', String(until)]),
      ...(file.startsWith('p2') && wave !== undefined ? ['--wave-ms', String(wave)] : []),
    ])
    wave = figure.waveMs ?? wave
    figures.push(figure)
    if (!values.json) tell(figure)
  }
  if (values.json) console.log(JSON.stringify({ figures }, null, 2))
}
