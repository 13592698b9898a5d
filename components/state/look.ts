import type { RowVerdict } from '@/domain/import/verdicts'
import type { ApprovalState } from '@/domain/lifecycle/approval'
import type { AttemptState } from '@/domain/lifecycle/attempt'
import type { BatchState } from '@/domain/lifecycle/batch'
import type { ItemState } from '@/domain/lifecycle/item'
import type { WaveState } from '@/domain/lifecycle/wave'

/** How a state looks: a hue, a glyph of its own shape and, in bars, a texture. Eight are enough for every lifecycle. */
export const looks = ['waiting', 'running', 'held', 'done', 'person', 'failed', 'unknown', 'out'] as const
export type Look = (typeof looks)[number]

export const itemLook: Record<ItemState, Look> = {
  not_started: 'waiting',
  running: 'running',
  waiting: 'held',
  done: 'done',
  no_change: 'done',
  needs_person: 'person',
  failed: 'failed',
  unknown: 'unknown',
  left_out: 'out',
}

export const waveLook: Record<WaveState, Look> = {
  draft: 'waiting',
  awaiting_approval: 'person',
  approved: 'held',
  running: 'running',
  syncing: 'held',
  done: 'done',
  cancelled: 'out',
}

export const batchLook: Record<BatchState, Look> = {
  draft: 'waiting',
  active: 'running',
  done: 'done',
  cancelled: 'out',
}

export const approvalLook: Record<ApprovalState, Look> = {
  requested: 'person',
  approved: 'done',
  rejected: 'failed',
  withdrawn: 'out',
  lapsed: 'out',
  voided: 'out',
  spent: 'done',
}

export const attemptLook: Record<AttemptState, Look> = {
  queued: 'waiting',
  probing: 'running',
  applying: 'running',
  verifying: 'running',
  done: 'done',
  no_change: 'done',
  blocked: 'held',
  failed: 'failed',
  unknown: 'unknown',
  lost: 'out',
}

export const verdictLook: Record<RowVerdict, Look> = {
  ready: 'done',
  flagged: 'person',
  refused: 'failed',
  left_out: 'out',
}
