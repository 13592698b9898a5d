import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { shellsUnderTest } from '../shells'
import { wrongCalls } from './wrong-calls'

const root = fileURLToPath(new URL('../..', import.meta.url))
const refused = 'refused'

/**
 * What a real PowerShell 7.6 answered, recorded with this very test: a line for the call, a line for its error id. Delete
 * the file and run the test on a real one to record it anew.
 */
const recording = join(root, 'tests', 'lab', 'wrong-calls.txt')

/** Runs every call in one script and answers with the error id of each; a call that is refused is tried no further. */
function errorIds(executable: string, calls: readonly string[]): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-wrong-'))
  const answers = new Map<string, string>()
  try {
    const file = join(folder, 'calls.ps1')
    for (;;) {
      const left = calls.filter(call => answers.get(call) !== refused)
      const lines = left.map(
        (call, index) =>
          `try { $null = ${call}; 'id ${index} none' } catch { 'id ${index} ' + $_.FullyQualifiedErrorId }`,
      )
      writeFileSync(file, `${lines.join('\n')}\n`)
      const run = spawnSync(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', file], {
        encoding: 'utf8',
        env: {
          ...shellEnvironmentOf('lab', root, process.env),
          // Nothing listens there: a call that binds says so, and changes nothing.
          FERRY_LAB_URL: 'http://127.0.0.1:9',
          FERRY_LAB_KEY: 'key-of-no-lab',
        },
      })
      const line = run.status === 86 ? Number(/ at (\d+):\d+/.exec(run.stderr)?.[1]) : 0
      const call = left[line - 1]
      if (call !== undefined) {
        answers.set(call, refused)
        continue
      }
      // A function's own errors carry its name behind their id, a cmdlet's do not.
      for (const [, index, id] of run.stdout.matchAll(/^id (\d+) (.*?)\r?$/gm))
        answers.set(left[Number(index)] ?? '', (id ?? '').replace(/^(Lab\w+),.*/, '$1'))
      return answers
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.each(shellsUnderTest())('wrong calls on $name', ({ executable, real }) => {
  it('are refused with the error ids of the real binder, command by command', async () => {
    const answers = errorIds(executable, wrongCalls)
    const told = (answer: (call: string) => string | undefined) =>
      `${wrongCalls.map(call => `${call}\n    ${answer(call) ?? 'nothing'}`).join('\n')}\n`
    expect(wrongCalls.length).toBeGreaterThan(200)
    if (real) {
      expect([...answers.values()]).not.toContain(refused)
      return expect(told(call => answers.get(call))).toMatchFileSnapshot(recording)
    }
    const recorded = new Map(
      [...readFileSync(recording, 'utf8').matchAll(/^(\S.*)\n {4}(.*)$/gm)].map(([, call, id]) => [call, id]),
    )
    // The stand-in may refuse, and says so; it may not name another error.
    const said = told(call => (answers.get(call) === refused ? recorded.get(call) : answers.get(call)))
    expect(said).toBe(told(call => recorded.get(call)))
    const refusals = [...answers.values()].filter(answer => answer === refused).length
    expect(refusals).toBeLessThan(wrongCalls.length / 10)
  })
})
