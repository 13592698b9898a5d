import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScriptStore, ScriptChanged, scriptHash } from '@/workers/powershell/script-store'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferry-scripts-'))
})
afterAll(() => rm(folder, { recursive: true }))

const store = () => createScriptStore({ directory: join(folder, 'scripts'), harnessText: 'param()\n' })

it('names a file by the hash of its text, and leaves nothing half-written', async () => {
  const text = "param([string] $Identity)\n'x'\n"
  const path = await store().prepare(scriptHash(text), text)
  expect(path).toBe(join(folder, 'scripts', `${scriptHash(text)}.ps1`))
  expect(await readFile(path, 'utf8')).toBe(text)
  expect((await readdir(join(folder, 'scripts'))).filter(name => name.endsWith('.part'))).toEqual([])
})

it('writes a byte order mark for non-ASCII texts alone, and does not count it in the hash', async () => {
  const text = "'für'\n"
  const path = await store().prepare(scriptHash(text), text)
  expect((await readFile(path)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(await store().prepare(scriptHash(text), text)).toBe(path)
})

it('refuses a text that its hash does not name', async () => {
  await expect(store().prepare(scriptHash('a'), 'b')).rejects.toBeInstanceOf(ScriptChanged)
})

it('refuses a file that was changed on disk, the harness too', async () => {
  const path = await store().prepare(scriptHash("'x'"), "'x'")
  await writeFile(path, "'y'")
  await expect(store().prepare(scriptHash("'x'"), "'x'")).rejects.toThrow('was changed')
  const harness = await store().harness()
  await writeFile(harness, 'Stop-Computer')
  await expect(store().harness()).rejects.toBeInstanceOf(ScriptChanged)
})

it('refuses folders that PowerShell would read as a wildcard', () => {
  expect(() => createScriptStore({ directory: '/tmp/a[1]', harnessText: '' })).toThrow(RangeError)
  expect(() => createScriptStore({ directory: '/tmp/größe', harnessText: '' })).toThrow(RangeError)
})
