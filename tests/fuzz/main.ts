import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chooseExecutable } from '@/workers/powershell/executable'
import type { ShellUnderTest } from '../shells'
import { fuzz, missesOf } from './fuzz'
import { reportLines } from './report'

const usage = 'Usage: npm run fuzz -- [--values N] [--seed S] [--pwsh PATH]'

/** Runs the fuzz as the command line asks; answers the exit code: 0 all well, 1 a miss, 2 arguments that are none. */
async function main(args: readonly string[], root: string): Promise<number> {
  let given: { values: string; seed: string; pwsh?: string | undefined }
  try {
    given = parseArgs({
      args: [...args],
      options: {
        values: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        pwsh: { type: 'string' },
      },
    }).values
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error))
  }
  const values = Number(given.values)
  if (!Number.isSafeInteger(values) || values < 1) return misused('--values takes a whole number from 1.')
  const shells = shellsHere(root, given.pwsh)
  if (typeof shells === 'string') return misused(shells)
  const report = await fuzz({ root, values, seed: given.seed, shells })
  for (const line of reportLines(report, given.seed)) console.log(line)
  if (shells.length === 1) {
    console.log('No real PowerShell was found: name one with --pwsh or FERRY_PWSH to have it judge as well.')
  }
  return missesOf(report).length === 0 ? 0 : 1
}

function misused(what: string): number {
  console.error(`${what}\n${usage}`)
  return 2
}

/** The stand-in always, and the real PowerShell that is named or found on PATH; a sentence where the named one is none. */
function shellsHere(root: string, named: string | undefined): ShellUnderTest[] | string {
  const standIn = chooseExecutable({ ...question(root), override: null, labShell: 'built-in' })
  const other = chooseExecutable({
    ...question(root),
    override: named ?? process.env.FERRY_PWSH ?? null,
    labShell: 'auto',
  })
  if (!standIn.ok) return standIn.why
  if (!other.ok) return other.why
  const first = { name: 'the stand-in', executable: standIn.executable, real: false }
  return other.kind === 'real'
    ? [first, { name: 'PowerShell', executable: other.executable, real: true }]
    : [first]
}

const question = (root: string) =>
  ({ estate: 'lab', estateExecutable: null, root, path: process.env.PATH ?? '' }) as const

process.exitCode = await main(process.argv.slice(2), fileURLToPath(new URL('../..', import.meta.url)))
