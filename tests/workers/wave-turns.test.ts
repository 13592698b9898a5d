import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { WaveTurns } from '@/workers/coordinator/wave-turns'

it('many who can wait share rounds, never two of a wave at once, and the last of them is seen', async () => {
  let asked = 0
  let seen = 0
  let rounds = 0
  let running = 0
  const turns = new WaveTurns(async () => {
    rounds++
    running++
    expect(running).toBe(1)
    const sees = asked
    await sleep(5)
    seen = sees
    running--
  })
  for (; asked < 200; asked++) {
    turns.ask('wav_a', true)
    if (asked % 20 === 0) await sleep(1)
  }
  turns.ask('wav_a', true)
  await expect.poll(() => seen, { timeout: 5_000 }).toBe(200)
  expect(rounds).toBeLessThan(10)
  await turns.stop()
})

it('who cannot wait ends the rest, also when asking while a round runs; a round that fails is not the last', async () => {
  const at: number[] = []
  const turns = new WaveTurns(async () => {
    at.push(performance.now())
    await sleep(60)
    if (at.length === 1) throw new Error('The database is away.')
  })
  turns.ask('wav_a', false)
  await sleep(20)
  turns.ask('wav_a', false)
  await expect.poll(() => at.length, { timeout: 5_000 }).toBe(2)
  await sleep(100)
  turns.ask('wav_a', false)
  await expect.poll(() => at.length, { timeout: 5_000 }).toBe(3)
  // A rest after 60 ms of work would have taken 900 ms.
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeLessThan(700)
  await turns.stop()
  turns.ask('wav_a', false)
  expect(at).toHaveLength(3)
})
