import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Glyph } from '@/components/state/glyph'
import {
  approvalLook,
  attemptLook,
  batchLook,
  itemLook,
  looks,
  verdictLook,
  waveLook,
} from '@/components/state/look'
import {
  ApprovalStateBadge,
  AttemptStateBadge,
  BatchStateBadge,
  ItemStateBadge,
  VerdictBadge,
  WaveStateBadge,
} from '@/components/state/state'
import { rowVerdicts } from '@/domain/import/verdicts'
import { approvalStates } from '@/domain/lifecycle/approval'
import { attemptStates } from '@/domain/lifecycle/attempt'
import { batchStates } from '@/domain/lifecycle/batch'
import { itemStates } from '@/domain/lifecycle/item'
import { waveStates } from '@/domain/lifecycle/wave'

const wordOf = (markup: string) => markup.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]+>/g, '')
const glyphOf = (markup: string) => markup.match(/<svg[\s\S]*<\/svg>/)?.[0] ?? ''

const families = [
  {
    name: 'item',
    states: itemStates,
    map: itemLook,
    render: itemStates.map(state => <ItemStateBadge key={state} state={state} />),
  },
  {
    name: 'wave',
    states: waveStates,
    map: waveLook,
    render: waveStates.map(state => <WaveStateBadge key={state} state={state} />),
  },
  {
    name: 'batch',
    states: batchStates,
    map: batchLook,
    render: batchStates.map(state => <BatchStateBadge key={state} state={state} />),
  },
  {
    name: 'approval',
    states: approvalStates,
    map: approvalLook,
    render: approvalStates.map(state => <ApprovalStateBadge key={state} state={state} />),
  },
  {
    name: 'attempt',
    states: attemptStates,
    map: attemptLook,
    render: attemptStates.map(state => <AttemptStateBadge key={state} state={state} />),
  },
  {
    name: 'import row',
    states: rowVerdicts,
    map: verdictLook,
    render: rowVerdicts.map(verdict => <VerdictBadge key={verdict} verdict={verdict} />),
  },
]

describe.each(families)('states of the $name lifecycle', ({ states, map, render }) => {
  it('maps exactly the states of the lifecycle', () => {
    expect(Object.keys(map).sort()).toEqual([...states].sort())
  })

  it('gives every state a glyph and a word of its own', () => {
    const badges = render.map(badge => renderToStaticMarkup(badge))
    for (const badge of badges) {
      expect(glyphOf(badge)).toContain('aria-hidden="true"')
      expect(wordOf(badge)).toMatch(/^[A-Z].{3,}/)
    }
    expect(new Set(badges.map(wordOf)).size).toBe(states.length)
  })
})

it('draws every look in a shape of its own, also without colour', () => {
  const shapes = looks.map(look => renderToStaticMarkup(<Glyph look={look} />).replace(/class="[^"]*"/, ''))
  expect(new Set(shapes).size).toBe(looks.length)
})
