import type { ApprovalState } from '../lifecycle/approval'

/**
 * What was recorded as a wave's reason, where the page does not say the same anyway: a hold, the times in which nothing starts, and
 * how the last request ended stand there in words of their own. Null where it would be said twice.
 */
export function reasonBeside(wave: {
  stateReason: string | null
  /** Why nothing new starts by the times of the wave, as it is said beside. */
  notNow: string | null
  /** A hold on it, or on something around it, is said beside. */
  held: boolean
  lastRequest: ApprovalState | null
}): string | null {
  const reason = wave.stateReason
  if (!reason) return null
  if (wave.held && reason.startsWith('Held: ')) return null
  // The moment in the sentence behind it may be written in another zone, or on another day.
  if (wave.notNow && firstSentence(wave.notNow) === firstSentence(reason)) return null
  const ended = wave.lastRequest === 'rejected' || wave.lastRequest === 'lapsed'
  return ended || wave.lastRequest === 'voided' ? null : reason
}

const firstSentence = (text: string): string => text.split('. ')[0]?.replace(/\.$/, '') ?? ''
