import { parseArgs } from 'node:util'
import type { Backend } from './plan'
import { type ChaosReport, runChaos } from './run'

const USAGE = `npm run chaos -- [--faults N] [--seed S] [--backend postgres|redis]
  Runs a Ferry of its own through batches on the lab while N faults befall its processes, and compares its record
  with the lab's journal at the end. The same seed repeats the same plan of faults. Ends with 1 unless all is well.
  --batch N   people in each batch (20)
  --scale X   the lab's latencies, 1 as they are (0.6)`

function options() {
  const { values } = parseArgs({
    options: {
      faults: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'postgres' },
      batch: { type: 'string', default: '20' },
      scale: { type: 'string', default: '0.6' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const whole = (name: 'faults' | 'seed' | 'batch', least: number): number => {
    const number = Number(values[name])
    if (Number.isSafeInteger(number) && number >= least) return number
    throw new Error(`--${name} ${values[name]} is not a whole number from ${least} on.`)
  }
  const scale = Number(values.scale)
  if (!(scale >= 0 && scale <= 10)) throw new Error(`--scale ${values.scale} is not a number from 0 to 10.`)
  if (values.backend !== 'postgres' && values.backend !== 'redis')
    throw new Error(`--backend ${values.backend} is neither postgres nor redis.`)
  const backend: Backend = values.backend
  return { faults: whole('faults', 1), seed: whole('seed', 0), batch: whole('batch', 6), scale, backend }
}

function tell({ items, minutes, byKind, findings, compared, longestStandS }: ChaosReport): void {
  for (const [kind, lines] of Object.entries(findings))
    for (const line of lines.slice(0, 20)) console.log(`${kind}: ${line}`)
  const row = (name: string, befell: number | string, nothing: number | string) =>
    console.log(`${name.padEnd(20)}${String(befell).padStart(18)}${String(nothing).padStart(15)}`)
  console.log('')
  row('fault', 'befell something', 'found nothing')
  for (const [kind, { befell, nothing }] of Object.entries(byKind)) row(kind, befell, nothing)
  const all = Object.values(byKind)
  const befell = all.reduce((sum, kind) => sum + kind.befell, 0)
  const nothing = all.reduce((sum, kind) => sum + kind.nothing, 0)
  row('all', befell, nothing)
  console.log(
    `${minutes.toFixed(1)} minutes; ${compared.changes} changes in the journal held against ${compared.results} results in the ledger; nobody's work came to an end for ${longestStandS} s at the longest\n`,
  )
  const { lost, doubled, stuck, wrong } = findings
  console.log(
    `faults that befell something ${befell}, that found nothing ${nothing} · items ${items} · lost ${lost.length} · doubled ${doubled.length} · stuck ${stuck.length} · wrong ${wrong.length}`,
  )
  if (lost.length + doubled.length + stuck.length + wrong.length > 0) process.exitCode = 1
}

try {
  const given = options()
  if (given) tell(await runChaos(given, line => console.log(line)))
  else console.log(USAGE)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  if (error instanceof TypeError || !(error instanceof Error)) console.error(error)
  console.error(`\n${USAGE}`)
  process.exitCode = 2
}
process.exit()
