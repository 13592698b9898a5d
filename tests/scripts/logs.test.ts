import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog, rotateLogs } from '@/scripts/supervisor/logs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-logs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a log that grew too long moves up, and its process goes on writing at the beginning of the file', () => {
  const log = openLog(folder, 'web')
  writeSync(log, 'a'.repeat(101))
  rotateLogs(folder, 100)
  writeSync(log, 'after')
  closeSync(log)
  expect(readFileSync(join(folder, 'web.log'), 'utf8')).toBe('after')
  expect(statSync(join(folder, 'web.log.1')).size).toBe(101)
})

test('three older logs are kept, and a short one stays as it is', () => {
  for (const round of ['1', '2', '3', '4', '5']) {
    appendFileSync(join(folder, 'lane.log'), round.repeat(101))
    appendFileSync(join(folder, 'lab.log'), round)
    rotateLogs(folder, 100)
  }
  expect(readdirSync(folder).toSorted()).toEqual([
    'lab.log',
    'lane.log',
    'lane.log.1',
    'lane.log.2',
    'lane.log.3',
  ])
  expect(readFileSync(join(folder, 'lane.log.1'), 'utf8')).toMatch(/^5+$/)
  expect(readFileSync(join(folder, 'lane.log.3'), 'utf8')).toMatch(/^3+$/)
  expect(readFileSync(join(folder, 'lab.log'), 'utf8')).toBe('12345')
})
