import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FIGURE_MARK, type Figure } from '@/bench/figure'
import { runFigures } from '@/bench/run-figures'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-figures-'))
  writeFileSync(join(folder, 'p1-throws.ts'), `throw new Error('The lab was not there.')`)
  const figure = { id: 'P2', what: 'two', value: 1.5, goal: '≤ 2', met: true, baseline: 'one', notes: [] }
  const line = JSON.stringify(FIGURE_MARK + JSON.stringify(figure))
  writeFileSync(join(folder, 'p2-measures.ts'), `console.log(${line})`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a figure that fails is not met with its reason, and the others are measured', async () => {
  const told: Figure[] = []
  const figures = await runFigures({ folder, until: 0, ends: figure => told.push(figure) })
  expect(figures).toMatchObject([
    { id: 'P1', value: null, met: false, failed: expect.stringContaining('The lab was not there.') },
    { id: 'P2', value: 1.5, met: true },
  ])
  expect(told).toEqual(figures)
})

it('leaves out what is measured only by its name', async () => {
  const figure = { id: 'shell', what: 'x', value: 1, goal: '≤ 2', met: true, baseline: 'one', notes: [] }
  writeFileSync(
    join(folder, 'shell.ts'),
    `console.log(${JSON.stringify(FIGURE_MARK + JSON.stringify(figure))})`,
  )
  const all = await runFigures({ folder, until: 0 })
  expect(all.map(({ id }) => id)).toEqual(['P1', 'P2'])
  const named = await runFigures({ folder, until: 0, only: ['p2', 'shell'] })
  expect(named.map(({ id }) => id)).toEqual(['P2', 'shell'])
})

it('the run says by how it ends that a figure could not be measured, and still prints all of them', async () => {
  // A number of people that is none ends a figure before it starts anything.
  const run = await new Promise<{ code: number | string | null | undefined; out: string }>(resolve =>
    execFile(
      process.execPath,
      ['--import', 'tsx', 'bench/main.ts', '--json', '--only', 'P1,P3', '--people', 'none'],
      (error, out) => resolve({ code: error?.code ?? 0, out }),
    ),
  )
  expect(run.code).toBe(1)
  const { figures } = JSON.parse(run.out) as { figures: Figure[] }
  expect(figures).toMatchObject([
    { id: 'P1', met: false, failed: expect.stringContaining('not a whole number') },
    { id: 'P3', met: false, failed: expect.stringContaining('not a whole number') },
  ])
})
