import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figure } from './figure'
import { runFigures } from './run-figures'

const USAGE = `npm run bench [-- --json] [-- --only P4,P6,shell] [-- --people N]
  Measures Ferry against baselines of the same run, each figure in a process of its own. Ends with 1 where one of them could
  not be measured; a goal that is missed is no failure of the run.
  --only      some of them; shell (what a shell costs) is measured only by its name
  --people N  how many people cross in those figures that take people across, and stand in the large batch of P6, instead
              of their own numbers`
/** What a whole run may take. */
const LONGEST_MS = 25 * 60_000

function tell(figure: Figure): void {
  const { id, value, goal, met, failed } = figure
  console.log(`${id}  ${value ?? 'not measured'}  goal ${goal}  ${met ? 'met' : 'MISSED'}`)
  console.log(`    ${figure.what}`)
  const lines = failed === undefined ? [figure.baseline, ...figure.notes] : failed.split('\n')
  for (const line of lines) console.log(`    ${line}`)
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
  const figures = await runFigures({
    folder: join(process.cwd(), 'bench', 'figures'),
    until: Date.now() + LONGEST_MS,
    ...(values.only ? { only: values.only.toLowerCase().split(',') } : {}),
    ...(values.people ? { people: values.people } : {}),
    ...(values.json
      ? {}
      : { begins: file => console.log(`Measuring ${file.replace('.ts', '')} …`), ends: tell }),
  })
  if (values.json) console.log(JSON.stringify({ figures }, null, 2))
  if (figures.some(figure => figure.failed !== undefined)) process.exitCode = 1
}
