import { beforeEach, expect, it, vi } from 'vitest'
import { LeaseLost } from '@/server/commands/hold-lease'
import { patiently } from '@/workers/patience'

const slept: number[] = []
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    slept.push(ms)
  },
}))
beforeEach(() => {
  slept.length = 0
})

const away = () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))

it('what a worker saw is written again until the database is back', async () => {
  const told: unknown[] = []
  let tries = 0
  const write = () => (++tries < 10 ? away() : Promise.resolve('written'))
  expect(await patiently(write, error => told.push(error))).toBe('written')
  expect(told).toHaveLength(9)
})

it('after about a minute it gives up, and the lease runs out', async () => {
  await expect(patiently(away, () => {})).rejects.toThrow('ECONNREFUSED')
  const waited = slept.reduce((sum, ms) => sum + ms, 0) / 1000
  expect(waited).toBeGreaterThan(50)
  expect(waited).toBeLessThan(80)
})

it('a lease that is lost is an answer, and is not asked for again', async () => {
  let tries = 0
  const write = () => {
    tries++
    return Promise.reject(new LeaseLost())
  }
  await expect(patiently(write, () => {})).rejects.toThrow(LeaseLost)
  expect(tries).toBe(1)
})
