import { describe, expect, it } from 'vitest'
import { planDifference, voidingReasons } from '@/domain/plan/plan-difference'
import { hashPlan, type PlanInput, planDocument } from '@/domain/plan/plan-document'

const input = (change: Partial<PlanInput> = {}): PlanInput => ({
  waveId: 'wav_1',
  segment: 0,
  runbook: { id: 'sfb-return', version: '1.0.0' },
  parameters: { targetPool: 'pool01.contoso.example' },
  scripts: { 'enable.apply': 'a'.repeat(64) },
  items: ['b', 'a'].map(id => ({
    itemId: id,
    values: { Identity: `${id}@contoso.example` },
    verdictCodes: ['upn-differs', 'formula'],
    readinessCodes: ['born-online'],
  })),
  ...change,
})
const hash = (plan: PlanInput) => hashPlan(planDocument(plan)).hash

describe('the plan hash', () => {
  it('does not depend on the order of people or codes', () => {
    const turned = input({
      items: [...input().items]
        .reverse()
        .map(item => ({ ...item, verdictCodes: [...item.verdictCodes].reverse() })),
    })
    expect(hash(turned)).toBe(hash(input()))
  })

  const first = input().items[0]
  const changes: [string, Partial<PlanInput>][] = [
    ['a parameter', { parameters: { targetPool: 'pool02.contoso.example' } }],
    ['a script', { scripts: { 'enable.apply': 'b'.repeat(64) } }],
    ['the runbook’s version', { runbook: { id: 'sfb-return', version: '1.0.1' } }],
    ['a person fewer', { items: input().items.slice(1) }],
    [
      'a readiness code',
      { items: first ? [{ ...first, readinessCodes: ['represented'] }, ...input().items.slice(1)] : [] },
    ],
    [
      'a value',
      {
        items: first
          ? [{ ...first, values: { Identity: 'c@contoso.example' } }, ...input().items.slice(1)]
          : [],
      },
    ],
  ]
  it.each(changes)('changes with %s', (_what, change) => {
    expect(hash(input(change))).not.toBe(hash(input()))
  })
})

describe('what voids an approval', () => {
  it('is not that people fell out', () => {
    const difference = planDifference(
      planDocument(input()),
      planDocument(input({ items: input().items.slice(1) })),
    )
    expect(difference.fellOut).toEqual(['b'])
    expect(voidingReasons(difference)).toEqual([])
  })

  it('is said in words', () => {
    const after = planDocument(input({ parameters: { targetPool: 'pool02.contoso.example' } }))
    expect(voidingReasons(planDifference(planDocument(input()), after))).toEqual([
      'targetPool was pool01.contoso.example, is pool02.contoso.example',
    ])
  })
})
