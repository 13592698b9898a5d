import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { hazardTable } from './hazard-table'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

it.each(hazardTable)('has a test that runs for $id', ({ shownBy }) => {
  expect(shownBy.length).toBeGreaterThan(0)
  for (const { file, test } of shownBy) {
    const text = textOf(file)
    const at = [`'${test}'`, `"${test}"`, `\`${test}\``]
      .map(name => text.indexOf(name))
      .find(place => place >= 0)
    expect(at, `${file} has no test “${test}”`).toBeDefined()
    // What stands between `it` and the name: .each([…]) is fine, .skip and .todo are not.
    const call =
      text
        .slice(0, at)
        .split(/^ *it\b/m)
        .at(-1) ?? ''
    expect(call, `“${test}” is left out`).not.toMatch(/^\.(?:skip|todo|fails)\b/)
  }
})

/** What is known to be wrong with node-powershell 5.0.1 and child-shell 5.0.0, and what covers it here. */
const known: Readonly<Record<string, readonly string[]>> = {
  'values become code': ['template'],
  'a timeout cancels nothing': ['timeout-runs-on', 'queued-runs-later'],
  'markers are swallowed': ['swallowed-markers'],
  'listeners, buffers and history stay': ['leaks', 'large-output'],
  'encodings are set on one side only': ['encodings'],
  'errors that are not of this call': ['old-errors'],
  'asynchronous events': ['events', 'late-events'],
  'dispose does not end it': ['incomplete-dispose'],
  'a write after the end': ['write-after-end'],
  'no executable, or a death before the first call': ['missing-executable', 'early-death'],
  'a death that nobody hears of': ['silent-death'],
  'another executable is started': ['another-executable'],
  'constrained language': ['constrained-language'],
  'a kill leaves children': ['children'],
  'a shell that asks': ['prompt'],
  'a shell that grows': ['growth'],
}

it('covers all that is known to be wrong, and nothing is listed that is not', () => {
  expect(hazardTable.map(({ id }) => id).sort()).toEqual(Object.values(known).flat().sort())
})

it('is the list that docs/powershell.md explains', () => {
  const [, section = ''] = textOf('docs/powershell.md').split('### What cannot reach Ferry\n')
  const explained = [...(section.split(/^#/m)[0]?.matchAll(/^\| `([a-z-]+)` \|/gm) ?? [])].map(
    match => match[1],
  )
  expect(explained).toEqual(hazardTable.map(({ id }) => id))
})

/** Sources of Ferry that reach a shell. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

it('uses no tagged template and no process per call anywhere', () => {
  const files = ['workers', 'server', 'app', 'scripts', 'runbooks', 'domain'].flatMap(sources)
  const users = files.filter(file => textOf(file).includes("from 'node-powershell'"))
  expect(users).toEqual(['workers/powershell/tamed-powershell.ts'])
  const unsafe = files.filter(file =>
    /PowerShell\.(?:\$|invoke|command)|\.command`|\binvoke`/.test(textOf(file)),
  )
  expect(unsafe).toEqual([])
})
