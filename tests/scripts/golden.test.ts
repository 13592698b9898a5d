import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** `npm run test:golden`, as the person at the terminal sees it. */
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-cases-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const answer = (output: unknown[], types: string[]) => ({
  output,
  types,
  errors: [],
  terminating: null,
  warnings: [],
  verbose: [],
  information: [],
})
const right = { id: 'right', area: 'a', script: '1 + 1', real: answer([2], ['System.Int32']) }
const wrong = { id: 'wrong', area: 'b', script: '1 + 1', real: answer([3], ['System.Int32']) }
const order = {
  id: 'order',
  area: 'b',
  script: '[pscustomobject]@{ b = 1; a = 2 }',
  real: answer([{ $object: { a: 2, b: 1 } }], ['System.Management.Automation.PSCustomObject']),
}
const unknown = { id: 'unknown', area: 'a', script: 'Get-Process', real: answer([], []) }
const console = {
  id: 'console',
  args: ['-NoProfile', '-Command', '-'],
  stdin: "'x'\nexit 3\n",
  real: { stdout: 'x\n', stderr: '', exitCode: 3 },
}
const endless = { id: 'endless', area: 'a', script: 'while ($true) { }', real: answer([], []) }
const writes = {
  id: 'writes',
  area: 'a',
  script: "Set-Content -Path written.txt -Value 1; & ('Get-' + 'Process')",
  real: answer([], []),
}

function write(name: string, cases: unknown[]): string {
  writeFileSync(join(folder, name), cases.map(one => `${JSON.stringify(one)}\n`).join(''))
  return name
}

function run(...args: string[]) {
  const env = { ...process.env, npm_lifecycle_event: 'test:golden', INIT_CWD: folder }
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/golden.mjs', ...args], {
    env,
    encoding: 'utf8',
  })
  return { stdout, stderr, status, lines: stdout.split('\n').filter(Boolean) }
}

describe('npm run test:golden', () => {
  it('prints a table, and ends well where nothing lies', () => {
    const { stdout, status } = run(write('good.jsonl', [right, unknown]))
    expect(stdout).toMatch(/^a +2 +1 +1 +0 +50\.0 %$/m)
    expect(status).toBe(0)
  })

  it('prints one line a case with --json and nothing else, and tells lies by its exit code', () => {
    const first = write('first.jsonl', [right, wrong, order])
    const { lines, status } = run('--json', first, join(folder, write('second.jsonl', [unknown, console])))
    const verdicts = lines.map(line => JSON.parse(line))
    expect(verdicts.map(one => [one.id, one.outcome])).toEqual([
      ['right', 'agrees'],
      ['wrong', 'lies'],
      ['order', 'lies'],
      ['unknown', 'refuses'],
      ['console', 'agrees'],
    ])
    expect(verdicts[1].actual.output).toEqual([2])
    expect(verdicts[4].actual).toEqual({ stdout: 'x\n', stderr: '', exitCode: 3 })
    expect(status).toBe(1)
  })

  it('calls a case that hangs a lie, and none that is refused after it wrote a file, which is taken back', () => {
    const { lines } = run('--json', write('bad.jsonl', [endless, writes, right]))
    const verdicts = lines.map(line => JSON.parse(line))
    expect(verdicts.map(one => one.outcome)).toEqual(['lies', 'refuses', 'agrees'])
    expect(verdicts[0].actual).toEqual({ lost: 'no answer within 10 s' })
  })

  it('says which line of a file is no case, and that a file is missing', () => {
    writeFileSync(join(folder, 'broken.jsonl'), `${JSON.stringify(right)}\n{"id":`)
    const broken = run('broken.jsonl')
    expect(broken.stderr).toContain('broken.jsonl, line 2: this is not a JSON object.')
    expect([broken.stdout, broken.status]).toEqual(['', 2])
    expect(run('--json', write('half.jsonl', [{ ...right, real: {} }])).stderr).toContain(
      '"real" has no list "output"',
    )
    expect(run('nowhere.jsonl').status).toBe(2)
  })
})
