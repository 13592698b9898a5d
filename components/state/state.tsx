import type { ReactNode } from 'react'
import type { RowVerdict } from '@/domain/import/verdicts'
import { type ApprovalState, approvalWord } from '@/domain/lifecycle/approval'
import { type AttemptState, attemptWord } from '@/domain/lifecycle/attempt'
import { type BatchState, batchWord } from '@/domain/lifecycle/batch'
import { type ItemState, itemWord } from '@/domain/lifecycle/item'
import { type WaveState, waveWord } from '@/domain/lifecycle/wave'
import { sentenceCase } from '@/domain/wording/sentence'
import { verdictWord } from '@/domain/wording/verdict'
import { Glyph } from './glyph'
import { approvalLook, attemptLook, batchLook, itemLook, type Look, verdictLook, waveLook } from './look'

/** A glyph and its word. Never one without the other: `hideWord` keeps the word for screen readers only. */
export function State({ look, children, hideWord }: { look: Look; children: ReactNode; hideWord?: boolean }) {
  return (
    <span className="state">
      <Glyph look={look} />
      <span className={hideWord ? 'visually-hidden' : undefined}>{children}</span>
    </span>
  )
}

type Badge<S> = {
  state: S
  /** Says more than the state's own word, e.g. “Waiting for the sync since 22:36”. */
  text?: ReactNode
}

export function ItemStateBadge({ state, text }: Badge<ItemState>) {
  return <State look={itemLook[state]}>{text ?? itemWord(state)}</State>
}

export function WaveStateBadge({ state, text }: Badge<WaveState>) {
  return <State look={waveLook[state]}>{text ?? waveWord(state)}</State>
}

export function BatchStateBadge({ state, text }: Badge<BatchState>) {
  return <State look={batchLook[state]}>{text ?? sentenceCase(batchWord(state))}</State>
}

export function ApprovalStateBadge({ state, text }: Badge<ApprovalState>) {
  return <State look={approvalLook[state]}>{text ?? approvalWord(state)}</State>
}

export function AttemptStateBadge({ state, text }: Badge<AttemptState>) {
  return <State look={attemptLook[state]}>{text ?? attemptWord(state)}</State>
}

export function VerdictBadge({ verdict, text }: { verdict: RowVerdict; text?: ReactNode }) {
  return <State look={verdictLook[verdict]}>{text ?? verdictWord(verdict)}</State>
}
