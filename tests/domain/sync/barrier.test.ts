import { describe, expect, it } from 'vitest'
import { afterSyncLook, type SyncLook } from '@/domain/sync/barrier'

const look = (more: Partial<SyncLook>): SyncLook => ({
  phase: 'probe',
  state: 'needed',
  code: 'idle',
  reason: 'A sync cycle can start.',
  errorClass: null,
  ...more,
})
const next = (more: Partial<SyncLook>, faults = 0) => afterSyncLook(look(more), faults, 'live')

describe('a look at the sync server', () => {
  it('starts a cycle when idle, waits while it runs, and sees its end', () => {
    expect(next({})).toEqual({ next: 'go' })
    expect(next({ phase: 'apply', state: 'applied', code: 'started' })).toEqual({ next: 'go' })
    expect(next({ phase: 'verify', state: 'unknown', code: 'running' })).toEqual({ next: 'look' })
    expect(next({ phase: 'verify', state: 'done', code: 'ended' })).toEqual({ next: 'over' })
  })

  it('polls a busy one, whether its probe says so or the start is refused, and counts neither', () => {
    expect(next({ state: 'blocked', code: 'busy' })).toMatchObject({ next: 'poll', seconds: 20 })
    expect(next({ phase: 'apply', state: 'failed', errorClass: 'BUSY' })).toMatchObject({ next: 'poll' })
  })

  it('names staging mode and a suspended scheduler', () => {
    expect(next({ state: 'blocked', code: 'staging' })).toMatchObject({
      next: 'poll',
      reason: expect.stringContaining('staging mode'),
    })
    expect(next({ phase: 'verify', state: 'needed', code: 'staging' })).toMatchObject({ next: 'poll' })
    expect(next({ state: 'blocked', code: 'suspended' })).toMatchObject({
      next: 'poll',
      reason: expect.stringContaining('wizard'),
    })
  })

  it('counts everything else, with growing pauses', () => {
    const lost = { state: 'lost', errorClass: 'SESSION_LOST' } as const
    expect([0, 1, 2, 3, 4, 9].map(faults => next(lost, faults))).toMatchObject(
      [10, 30, 60, 120, 300, 300].map(seconds => ({ next: 'fault', seconds })),
    )
    expect(next({ state: 'unheard-of', code: 'unnamed' })).toMatchObject({ next: 'fault' })
  })
})
