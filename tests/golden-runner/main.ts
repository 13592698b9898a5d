import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type GoldenCase, MalformedCases, readCases, type Verdict } from './cases'
import { type Programs, runCases } from './run'
import { tableOf } from './table'

const USAGE = `npm run test:golden -- [--json] [FILE ...]

Runs case files on the stand-in shell: every file named, or every file of every folder named; without one, tests/golden.
Prints the lies and a table; with --json one line a case: {"id", "outcome": "agrees|refuses|lies", "actual"}.
Ends with 1 when anything lies, and with 2 when a file cannot be read.
`

const UNREADABLE = 2

/** What a person asks for: files are looked for from `folder`; without one, `own` is taken. Answers the exit code. */
export async function main(args: string[], folder: string, own: string, programs: Programs): Promise<number> {
  const json = args.includes('--json')
  const named = args.filter(arg => arg !== '--json' && arg !== '--')
  if (named.some(arg => arg === '--help' || arg === '-h')) {
    process.stdout.write(USAGE)
    return 0
  }
  const unknown = named.find(arg => arg.startsWith('-'))
  if (unknown) {
    process.stderr.write(`There is no option ${unknown}.\n\n${USAGE}`)
    return UNREADABLE
  }
  try {
    const places = named.length > 0 ? named.map(name => resolve(folder, name)) : [own]
    const cases = places.flatMap(filesAt).flatMap(readCases)
    const verdicts = await runCases(cases, programs, json ? sayLine : sayLie)
    if (!json) process.stdout.write(`${tableOf(verdicts)}\n`)
    return verdicts.some(verdict => verdict.outcome === 'lies') ? 1 : 0
  } catch (error) {
    if (!(error instanceof MalformedCases)) throw error
    process.stderr.write(`${error.message}\n`)
    return UNREADABLE
  }
}

/** The file itself, or the case files of a folder. */
function filesAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  const names = readdirSync(path).filter(name => name.endsWith('.jsonl'))
  if (names.length === 0) throw new MalformedCases(`${path} holds no case file (*.jsonl).`)
  return names.sort().map(name => join(path, name))
}

function sayLine({ id, outcome, actual }: Verdict): void {
  process.stdout.write(`${JSON.stringify({ id, outcome, actual })}\n`)
}

function sayLie({ id, outcome, actual }: Verdict, one: GoldenCase): void {
  if (outcome !== 'lies') return
  const asked = 'script' in one ? one.script : JSON.stringify([...one.args, one.stdin ?? one.stdinRepeat])
  process.stdout.write(
    `${id} lies\n${asked.replace(/^/gm, '    ')}\n  real   ${JSON.stringify(one.real)}\n  actual ${JSON.stringify(actual)}\n\n`,
  )
}
