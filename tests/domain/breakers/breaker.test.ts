import { describe, expect, it } from 'vitest'
import {
  afterOutcome,
  type Breaker,
  breakerScopes,
  breakerStates,
  closedBreaker,
  countsAgainst,
  harmedReached,
  limitsOf,
  probeAfterSeconds,
} from '@/domain/breakers/breaker'
import { breakerTitle, breakerWayOn } from '@/domain/breakers/breaker-words'
import { isHarmed } from '@/domain/breakers/harm'
import * as database from '@/generated/prisma/enums'

const limits = { consecutive: 3, share: 0.5, of: 8 }
const run = (outcomes: string, from: Breaker = closedBreaker) => {
  let breaker = from
  let turned: string | null = null
  let because: string | null = null
  for (const one of outcomes) {
    const judged = afterOutcome(breaker, one === 'x', limits, false)
    breaker = judged.breaker
    turned = judged.turned ?? turned
    because = judged.because ?? because
  }
  return { breaker, turned, because }
}

describe('a breaker', () => {
  it('opens after so many failures in a row, and not before', () => {
    expect(run('xx.xx')).toMatchObject({ turned: null })
    expect(run('xx.xxx')).toMatchObject({ turned: 'opened', because: '3 failures in a row' })
  })

  it('opens when such a share of the latest failed, once there are enough of them', () => {
    expect(run('x.x.x.')).toMatchObject({ turned: null })
    expect(run('x.x.x..x')).toMatchObject({ turned: 'opened', because: '4 of the latest 8 failed' })
    expect(run('..........x.x')).toMatchObject({ turned: null })
  })

  it('forgets a failure that has passed, so that a quiet lane costs nothing', () => {
    expect(run(`x${'.'.repeat(8)}`).breaker).toEqual(closedBreaker)
  })

  it('in half-open hears only the one who was let through', () => {
    const { breaker } = run('xxx')
    const half: Breaker = { ...breaker, state: 'half_open' }
    expect(afterOutcome(half, false, limits, false).turned).toBeNull()
    expect(afterOutcome(half, true, limits, false).turned).toBeNull()
    expect(afterOutcome(half, false, limits, true)).toMatchObject({
      turned: 'closed',
      breaker: closedBreaker,
    })
    const again = afterOutcome(half, true, limits, true)
    expect(again).toMatchObject({ turned: 'opened', breaker: { state: 'open', timesOpened: 2 } })
  })

  it('never opens on a success and never closes on a failure, over ten thousand random histories', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    for (let history = 0; history < 10_000; history++) {
      let breaker = closedBreaker
      for (let step = 0; step < 30; step++) {
        if (breaker.state === 'open' && random() < 0.3) breaker = { ...breaker, state: 'half_open' }
        const failed = random() < 0.4
        const isProbe = breaker.state === 'half_open' && random() < 0.5
        const was = breaker.state
        const { breaker: next, turned } = afterOutcome(breaker, failed, limits, isProbe)
        if (turned === 'opened' && !failed) throw new Error('opened on a success')
        if (turned === 'closed' && (failed || !isProbe)) throw new Error('closed without its probe')
        if (was !== 'closed' && next.state === 'closed' && turned !== 'closed')
          throw new Error('closed unseen')
        if (next.state === 'closed' && next.consecutive >= limits.consecutive)
          throw new Error('stayed closed')
        breaker = next
      }
    }
  })

  it('waits longer each time, and never lets a batch of harmed people go on by time alone', () => {
    const pause = (timesOpened: number) =>
      probeAfterSeconds({ scope: 'errors', targetId: 'TRANSIENT', timesOpened }, 'live')
    expect([pause(1), pause(2), pause(3), pause(20)]).toEqual([60, 120, 240, 1800])
    expect(probeAfterSeconds({ scope: 'harmed', targetId: 'bat_1', timesOpened: 1 }, 'live')).toBeNull()
  })

  it('does not count what is no fault of the scope', () => {
    expect(limitsOf('errors', 'BUSY')).toBeNull()
    expect(limitsOf('errors', 'WAITING')).toBeNull()
    expect(countsAgainst('pool', 'PRECONDITION')).toBe(false)
    expect(countsAgainst('wave', 'PRECONDITION')).toBe(true)
    expect(countsAgainst('worker', 'SESSION_LOST')).toBe(true)
    expect(countsAgainst('pool', 'SESSION_LOST')).toBe(false)
  })

  it('has the scopes and states of the database', () => {
    expect(Object.values(database.BreakerScope).sort()).toEqual([...breakerScopes].sort())
    expect(Object.values(database.BreakerState).sort()).toEqual([...breakerStates].sort())
  })

  it('says how far harm went beyond the cap, without those whom a person took note of', () => {
    const facts = { scope: 'harmed', targetId: 'bat', name: 'West', estate: 'Lab', state: 'open' } as const
    const title = (people: number, noted: number) =>
      breakerTitle({ ...facts, probeInSeconds: null, harmed: { people, cap: 10, noted } })
    expect(title(10, 0)).toBe('10 people of West may be harmed, 10 is the limit')
    expect(title(1, 0)).toBe('1 person of West may be harmed, 10 is the limit')
    expect(title(12, 0)).toBe('12 people of West may be harmed, 2 above the limit of 10')
    expect(title(21, 10)).toBe(
      '21 people of West may be harmed (10 of them were taken note of), 1 above the limit of 10',
    )
  })

  it('says what makes it go on', () => {
    const facts = {
      scope: 'errors',
      targetId: 'TRANSIENT',
      name: null,
      estate: 'West',
      harmed: null,
    } as const
    expect(breakerWayOn({ ...facts, state: 'open', probeInSeconds: 60 })).toContain('In 1 min')
    expect(breakerWayOn({ ...facts, state: 'open', probeInSeconds: null })).toContain('A person closes it')
  })
})

describe('somebody harmed', () => {
  const before = { HostingProvider: 'sipfed.online.lync.com', RegistrarPool: '', Enabled: true }
  const end = { applyBegan: true, reached: false, before, after: { ...before } }

  it('is one whose change began and who is at neither end', () => {
    expect(isHarmed(end)).toBe(false)
    expect(isHarmed({ ...end, after: { ...before, HostingProvider: 'SRV:' } })).toBe(true)
    expect(isHarmed({ ...end, after: null })).toBe(true)
    expect(isHarmed({ ...end, after: { ...before, RegistrarPool: null } })).toBe(false)
    expect(isHarmed({ ...end, after: { HostingProvider: 'SRV:' }, reached: true })).toBe(false)
    expect(isHarmed({ ...end, applyBegan: false, after: null })).toBe(false)
  })

  it('is not one whom a sync has changed in the cloud', () => {
    const online = { ...before, OnlineHostingProvider: '' }
    expect(isHarmed({ ...end, before: online, after: { ...online, OnlineHostingProvider: 'SRV:' } })).toBe(
      false,
    )
  })

  it('stops the batch at the cap, and what was taken note of does not count again', () => {
    expect(harmedReached(9, 10, 0)).toBe(false)
    expect(harmedReached(10, 10, 0)).toBe(true)
    expect(harmedReached(12, 10, 10)).toBe(false)
  })
})
