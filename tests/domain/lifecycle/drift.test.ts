import { describe, expect, it } from 'vitest'
import { approvalStates, approvalTransitions } from '@/domain/lifecycle/approval'
import { attemptKinds, attemptStates, attemptTransitions, stateAfterLoss } from '@/domain/lifecycle/attempt'
import { batchStates, batchTransitions } from '@/domain/lifecycle/batch'
import { itemStates, itemTransitions, outKinds } from '@/domain/lifecycle/item'
import { waveStates, waveTransitions } from '@/domain/lifecycle/wave'
import { vias } from '@/domain/people/actor'
import { roles } from '@/domain/people/permissions'
import { phases } from '@/domain/plan/phase'
import * as database from '@/generated/prisma/enums'

const pairs: [string, readonly string[], Record<string, string>][] = [
  ['batch', batchStates, database.BatchState],
  ['wave', waveStates, database.WaveState],
  ['item', itemStates, database.ItemState],
  ['attempt', attemptStates, database.AttemptState],
  ['attempt kind', attemptKinds, database.AttemptKind],
  ['approval', approvalStates, database.ApprovalState],
  ['out kind', outKinds, database.OutKind],
  ['role', roles, database.Role],
  ['phase', phases, database.Phase],
  ['via', vias, database.Via],
]

describe('the database’s enums', () => {
  it.each(pairs)('%s: the same values as the domain', (_name, states, enumeration) => {
    expect(Object.values(enumeration).sort()).toEqual([...states].sort())
  })
})

const tables: [string, Readonly<Record<string, readonly string[]>>][] = [
  ['batch', batchTransitions],
  ['wave', waveTransitions],
  ['item', itemTransitions],
  ['attempt', attemptTransitions],
  ['approval', approvalTransitions],
]

describe('transition tables', () => {
  it.each(tables)('%s: every target is a state of the same lifecycle', (_name, table) => {
    for (const targets of Object.values(table))
      for (const target of targets) expect(Object.keys(table)).toContain(target)
  })

  it('never lead from unknown to failed, and out of done or left out to nowhere', () => {
    expect(itemTransitions.unknown).not.toContain('failed')
    expect(itemTransitions.done).toEqual([])
    expect(itemTransitions.left_out).toEqual([])
  })

  it('call an attempt unknown after a loss only when its change had begun', () => {
    expect(stateAfterLoss('probing')).toBe('lost')
    expect(stateAfterLoss('applying')).toBe('unknown')
    expect(stateAfterLoss('verifying')).toBe('unknown')
  })
})
