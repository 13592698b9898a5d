import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { logger } from '@/workers/logger'
import { isOutage, isRedisOutage, reportOutage } from '@/workers/outage'

const refused = () =>
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' })
let lines: string[]

beforeEach(() => {
  vi.useFakeTimers()
  lines = []
  for (const level of ['info', 'warn'] as const)
    vi.spyOn(logger, level).mockImplementation((...said: unknown[]) => void lines.push(String(said[1])))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('an outage of two minutes with hundreds of errors is a few lines: begin, still so, over', () => {
  const report = reportOutage('Redis')
  for (let second = 0; second < 120; second++) {
    for (let connection = 0; connection < 5; connection++) report(refused())
    vi.advanceTimersByTime(1_000)
  }
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^Redis does not answer\. .*nothing is lost; see whether it runs/)
  vi.advanceTimersByTime(30_000)
  expect(lines.slice(2)).toEqual(['Redis answers again'])
  report(refused())
  expect(lines).toHaveLength(4)
})

it('an error that is no outage is logged as it is, the same words once a minute', () => {
  const report = reportOutage('Redis')
  report(new Error('Missing lock for job 7'))
  report(new Error('Missing lock for job 7'))
  report(new Error('Missing lock for job 8'))
  expect(lines).toEqual([
    'Redis answered with an error; trying again',
    'Redis answered with an error; trying again',
  ])
})

it('tells outages from errors of the work, also wrapped ones, and Redis from the database', () => {
  expect(isOutage(new AggregateError([refused()]))).toBe(true)
  expect(isOutage(new Error('Raw query failed', { cause: { code: '57P03', message: '' } }))).toBe(true)
  expect(isOutage(new Error('duplicate key value violates unique constraint'))).toBe(false)
  expect(isRedisOutage(new Error('Reached the max retries per request limit (which is 1).'))).toBe(true)
  expect(isRedisOutage(Object.assign(new Error('Connection terminated unexpectedly')))).toBe(false)
})
