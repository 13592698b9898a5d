import type { BatchState } from '../lifecycle/batch'
import { type ItemCounts, totalOf } from '../lifecycle/item'
import { countedInWords, formatCount, people } from './count'
import { listOf } from './list'
import { paragraph, sentenceCase } from './sentence'

export type BatchFacts = {
  state: BatchState
  counts: ItemCounts
  /** The wave at work, by name: “Wave 2”. */
  waveAtWork: string | null
  /** The waves that wait for an approval, by name. */
  wavesWaiting: readonly string[]
  /** Why nothing new starts, when a hold is on: “held by Lee Gu”. */
  hold: string | null
  /** A narrower hold: where nothing new starts, and why: “in Wave 2”, “held by Lee Gu”. */
  heldPart: { where: string; why: string } | null
  willMiss: boolean
}

/** The answer a batch opens with: how many are across, what happens now, and what is in the way. */
export function batchSentence(facts: BatchFacts): string {
  const { counts } = facts
  const total = totalOf(counts)
  if (total === 0) return 'Nobody is in this batch yet.'
  const across = counts.done + counts.no_change
  const going = total - counts.left_out
  return paragraph(progress(facts.state, across, going, counts), now(facts), trouble(counts), missed(facts))
}

function progress(state: BatchState, across: number, going: number, counts: ItemCounts): string {
  const out = counts.left_out > 0 ? `; ${formatCount(counts.left_out)} left out` : ''
  switch (state) {
    case 'draft':
      return `A draft for ${people(going)}${out}.`
    case 'active':
      return going > 0 && across === going
        ? `All ${formatCount(going)} people are across and verified${out}.`
        : `${formatCount(across)} of ${formatCount(going)} people are across and verified${out}.`
    case 'done':
      return `Done: ${formatCount(across)} of ${formatCount(going)} people are across and verified${out}.`
    case 'cancelled':
      return `Cancelled: ${formatCount(across)} ${across === 1 ? 'person is' : 'people are'} across and verified${out}.`
    default:
      return state satisfies never
  }
}

function now({ state, waveAtWork, wavesWaiting, hold, heldPart }: BatchFacts): string | null {
  if (state === 'done' || state === 'cancelled') return null
  if (hold) return `Nothing new starts: ${hold}.`
  const asks =
    wavesWaiting.length > 0 &&
    `${listOf(wavesWaiting)} ${wavesWaiting.length === 1 ? 'waits' : 'wait'} for an approval`
  if (waveAtWork && heldPart) {
    const held = `Nothing new starts ${heldPart.where}: ${heldPart.why}`
    return asks ? `${held}. ${asks}.` : `${held}.`
  }
  if (waveAtWork && asks) return `${waveAtWork} is under way, and ${asks}.`
  if (waveAtWork) return `${waveAtWork} is under way.`
  return asks ? `${asks}.` : null
}

function trouble(counts: ItemCounts): string | null {
  const stuck = counts.failed + counts.needs_person
  const parts = [
    stuck > 0 && `${countedInWords(stuck, 'person needs', 'people need')} somebody to look`,
    counts.unknown > 0 && `${countedInWords(counts.unknown, 'outcome is', 'outcomes are')} being read back`,
  ].filter(part => part !== false)
  return parts.length > 0 ? `${sentenceCase(listOf(parts))}.` : null
}

const missed = ({ state, willMiss }: BatchFacts) =>
  state === 'active' && willMiss ? 'It will probably miss its cut-off.' : null
