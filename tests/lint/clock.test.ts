import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Where a wrong clock could decide about somebody: rules, commands, what they store, workers, the queue. */
const rooms = ['domain', 'runbooks', 'server', 'workers']
/** Reading a clock of the process's own. `performance.now()` only measures how long something took. */
const ownClock = /\bDate\.now\(\)|\bnew Date\(\)/

const sources = rooms.flatMap(room =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ts$/.test(file))
    .map(file => join(room, file)),
)

it('finds a clock where one is read', () => {
  expect('const now = new Date()').toMatch(ownClock)
  expect('if (Date.now() > end) return').toMatch(ownClock)
  expect('new Date(row.at)').not.toMatch(ownClock)
  expect(sources.length).toBeGreaterThan(300)
})

it('no rule, command, worker or queue reads the clock of its process: time is the database’s', () => {
  const lines = sources.flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, n) => (ownClock.test(line) ? [`${file}:${n + 1} ${line.trim()}`] : [])),
  )
  expect(lines).toEqual([])
})
