import type { ItemCounts, ItemState } from '@/domain/lifecycle/item'
import { partWord } from '@/domain/wording/item-state'
import { itemLook, type Look } from '../state/look'

/** One part of a crossing: so many people in one state, with the words after the number and the way to them. */
export type CrossingPart = { key: string; look: Look; count: number; label: string; href?: string }

/** From the far shore to the near one: what is over, what moves, what has not begun, then what stands in the way. */
export const crossingOrder = [
  'done',
  'no_change',
  'running',
  'waiting',
  'not_started',
  'needs_person',
  'failed',
  'unknown',
  'left_out',
] as const satisfies readonly ItemState[]

/** The counts of a batch or wave as parts of a bar. Every state is in it, so the parts add up to the total. */
export function itemParts(counts: ItemCounts, hrefOf?: (state: ItemState) => string): CrossingPart[] {
  return crossingOrder.map(state => ({
    key: state,
    look: itemLook[state],
    count: counts[state],
    label: partWord(state, counts[state]),
    ...(hrefOf ? { href: hrefOf(state) } : {}),
  }))
}

/** What the parts add up to: the number printed beside the bar is never taken from elsewhere. */
export function sumOf(parts: readonly CrossingPart[]): number {
  return parts.reduce((sum, part) => sum + part.count, 0)
}
