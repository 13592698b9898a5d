import { itemPhrase } from '@/domain/wording/item-state'
import { momentWords } from '@/domain/wording/moment'
import { waitingFor } from '@/domain/wording/waiting-for'
import { findStep } from '@/runbooks/segments'
import type { ItemDetail } from '@/server/queries/item'

/** The words beside the person's glyph: what happens now, or what is waited for and since when. */
export function phraseOf(item: ItemDetail): string {
  const step = item.stepKey ? findStep(item.runbook, item.stepKey) : undefined
  const what = waitingFor({
    state: item.state,
    waveState: item.wave.state,
    way: item.way,
    atWaveStep: step?.kind === 'wave',
    reason: item.reason,
    zone: item.batch.zone,
    now: item.now,
  })
  const since =
    what === 'the sync' && item.wave.syncingSince
      ? momentWords(item.wave.syncingSince, item.batch.zone, item.now)
      : null
  return itemPhrase({ state: item.state, verb: step?.running ?? null, waitingFor: what, since })
}

/** A step's name as the runbook calls it when it is over; the reading before planning has none of its own. */
export function stepName(item: ItemDetail, key: string): string {
  if (key === item.runbook.readiness.key) return 'Read on the estate'
  return findStep(item.runbook, key)?.over ?? key
}

/** A step as a noun phrase in the middle of things: “Enable”, “Move”. */
export const stepTitle = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1)
