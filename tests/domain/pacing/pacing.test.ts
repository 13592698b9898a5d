import { describe, expect, it } from 'vitest'
import { delayedMs, microDelayMs, recoveredSessions, slowedBudget } from '@/domain/pacing/budget'
import { fairRanks, type Waiting } from '@/domain/pacing/fair-order'

describe('a credential’s budget', () => {
  it('halves when the service refuses, and obeys the pause it names', () => {
    expect(slowedBudget(6, { kind: 'throttled', retryAfterSeconds: 17 }, 'live')).toEqual({
      sessions: 3,
      pauseSeconds: 17,
    })
    expect(slowedBudget(1, { kind: 'throttled', retryAfterSeconds: null }, 'live')).toEqual({
      sessions: 1,
      pauseSeconds: 60,
    })
  })

  it('gives one session up for a delay, and takes no notice of a short one', () => {
    expect(slowedBudget(3, { kind: 'delayed', milliseconds: 2_500 }, 'live')).toEqual({
      sessions: 2,
      pauseSeconds: 2.5,
    })
    expect(slowedBudget(3, { kind: 'delayed', milliseconds: 120 }, 'live')).toBeNull()
  })

  it('comes back one session a minute, up to all of them', () => {
    expect([0, 59, 60, 185, 9_999].map(quiet => recoveredSessions(1, 3, quiet, 'live'))).toEqual([
      1, 1, 2, 3, 3,
    ])
  })

  it('reads the delay out of the shell’s warning', () => {
    const warning =
      'Micro delay applied. Actual delayed: 21956 msecs, Enforced: True, Capped delay: 21956 msecs, Required: False'
    expect(microDelayMs(warning)).toBe(21_956)
    expect(microDelayMs('Object with identity "CN=a" was not changed.')).toBeNull()
    expect(delayedMs([warning, 'else', warning])).toBe(43_912)
  })
})

describe('fair order', () => {
  const crowd = (batchId: string, count: number): Waiting[] =>
    Array.from({ length: count }, (_, n) => ({ id: `${batchId}${n}`, batchId, ahead: false }))
  const sorted = (ranks: Map<string, number>) =>
    [...ranks].sort(([, a], [, b]) => a - b).map(([id]) => id.slice(0, 1))

  it('lets batches take turns, however many people each brings', () => {
    const ranks = fairRanks([...crowd('a', 100), ...crowd('b', 3)], { clock: 0, last: new Map() })
    expect(sorted(ranks).slice(0, 8).join('')).toBe('abababaa')
  })

  it('a batch that comes later begins where the queue stands, not behind everybody', () => {
    const standing = { clock: 40, last: new Map([['a', 100]]) }
    const ranks = fairRanks([...crowd('b', 2), ...crowd('a', 1)], standing)
    expect([...ranks]).toEqual([
      ['b0', 40],
      ['b1', 41],
      ['a0', 101],
    ])
  })

  it('pilots and people put back by hand stand in front, and push nobody of their batch back', () => {
    const people = [{ id: 'p', batchId: 'a', ahead: true }, ...crowd('a', 1)]
    expect([...fairRanks(people, { clock: 7, last: new Map([['a', 20]]) })]).toEqual([
      ['p', 7],
      ['a0', 21],
    ])
  })

  it('in no beginning of the queue has one batch had two turns more than another that still waits', () => {
    let seed = 3
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    for (let round = 0; round < 300; round++) {
      const batches = Array.from({ length: 2 + random(4) }, (_, n) =>
        crowd(String.fromCharCode(97 + n), 1 + random(30)),
      )
      const order = sorted(fairRanks(batches.flat(), { clock: 0, last: new Map() }))
      const turns = new Map<string, number>()
      const size = new Map(batches.map(batch => [batch[0]?.batchId ?? '', batch.length]))
      for (const batch of order) {
        turns.set(batch, (turns.get(batch) ?? 0) + 1)
        for (const [other, people] of size)
          if ((turns.get(other) ?? 0) < people)
            expect((turns.get(batch) ?? 0) - (turns.get(other) ?? 0)).toBeLessThanOrEqual(1)
      }
    }
  })
})
