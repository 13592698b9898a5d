import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Seen } from './stand-in-parser'

const script = fileURLToPath(new URL('judge-scripts.ps1', import.meta.url))

type Judged = { errors: string[]; commands: string[]; constants: Record<string, string> }

/** What PowerShell's own parser sees in each text: the same as the stand-in's, or the errors it finds. */
export async function seeReally(
  executable: string,
  texts: readonly string[],
): Promise<(Seen & { readonly errors: readonly string[] })[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-fuzz-parse-'))
  try {
    const scripts = join(folder, 'scripts.txt')
    const answers = join(folder, 'answers.txt')
    writeFileSync(scripts, texts.map(text => `${Buffer.from(text, 'utf8').toString('base64')}\n`).join(''))
    const args = [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-File',
      script,
      '-Scripts',
      scripts,
      '-Answers',
      answers,
    ]
    await promisify(execFile)(executable, args, { timeout: 600_000 })
    const lines = readFileSync(answers, 'utf8')
      .split(/\r?\n/)
      .filter(line => line !== '')
    if (lines.length !== texts.length)
      throw new Error(`The parser judged ${lines.length} of ${texts.length} scripts.`)
    return lines.map(line => decoded(JSON.parse(line) as Judged))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function decoded({ errors, commands, constants }: Judged) {
  const plain = Object.entries(constants).map(([name, value]) => [
    name,
    Buffer.from(value, 'base64').toString('utf8'),
  ])
  return { errors, commands, constants: Object.fromEntries(plain) as Record<string, string> }
}
