import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ferry-bootstrap-'))
  cpSync('scripts/bootstrap', join(root, 'scripts/bootstrap'), { recursive: true })
  cpSync('scripts/start.mjs', join(root, 'scripts/start.mjs'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** Runs a piece of program in a Node of its own, with a module of the copied bootstrap as `it`. */
function ask(module: string, expression: string): unknown {
  const url = pathToFileURL(join(root, 'scripts/bootstrap', module))
  const program = `const it = await import('${url}'); process.stdout.write(JSON.stringify(${expression}))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

test('an old Node is told what is wanted and where to get it', () => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } }); import('${pathToFileURL(join(root, 'scripts/start.mjs'))}')`
  const { status, stderr } = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('Ferry needs Node.js 20 or later')
  expect(stderr).toContain('https://nodejs.org')
})

test('packages are installed again when the lock asks for others, and not when only other platforms’ are missing', () => {
  const lock = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a-win32': { version: '1.0.0', optional: true },
  }
  write('package-lock.json', JSON.stringify({ packages: lock }))
  expect(ask('install.mjs', 'it.isInstalled()')).toBe(false)
  write(
    'node_modules/.package-lock.json',
    JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
  )
  expect(ask('install.mjs', 'it.isInstalled()')).toBe(true)
  write(
    'node_modules/.package-lock.json',
    JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }),
  )
  expect(ask('install.mjs', 'it.isInstalled()')).toBe(false)
  write('node_modules/.package-lock.json', '{ "packages": ')
  expect(ask('install.mjs', 'it.isInstalled()')).toBe(false)
})

test('a build is due when a source changed, came or went, and not when it was merely touched', () => {
  write('domain/a.ts', 'one')
  write('domain/deep/b.ts', 'two')
  const hash = () => ask('stamp.mjs', `it.contentHash(['domain', 'not-there'])`)
  const first = hash()
  write('domain/a.ts', 'one')
  expect(hash()).toBe(first)
  write('domain/a.ts', 'other')
  expect(hash()).not.toBe(first)
  write('domain/a.ts', 'one')
  write('domain/deep/c.ts', '')
  expect(hash()).not.toBe(first)
  rmSync(join(root, 'domain/deep/c.ts'))
  expect(hash()).toBe(first)
})

test('an incomplete copy names the program that is missing', () => {
  expect(() => ask('build.mjs', 'await it.ensureBundles()')).toThrow(
    /incomplete: .*workers\/lane\.ts.* is not there/,
  )
})

test('the last line of npm test counts what failed outside of tests too', () => {
  const report = (file: string, ...states: string[]) => ({
    testResults: [{ status: file, assertionResults: states.map(status => ({ status })) }],
  })
  const count = (value: unknown, code: number) =>
    ask('vitest.mjs', `it.count(${JSON.stringify(value)}, ${code})`)
  expect(count(report('passed', 'passed', 'skipped', 'todo'), 0)).toEqual({
    passed: 1,
    failed: 0,
    skipped: 2,
  })
  expect(count(report('failed', 'passed', 'failed'), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect(count(report('failed'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(count(report('passed', 'passed'), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect(count(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
