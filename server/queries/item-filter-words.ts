import { itemWord } from '@/domain/lifecycle/item'
import type { ItemFilter } from './item-where'

/** A batch's filter in words, as an export states it. `waveName` is the name of the wave that the filter names. */
export function itemFilterWords(filter: ItemFilter, waveName: string | null): string {
  const words: string[] = []
  if (filter.states && filter.states.length > 0) {
    words.push(`state ${filter.states.map(state => `${state} (${itemWord(state)})`).join(' or ')}`)
  }
  if (filter.waveId) words.push(`wave ${waveName ?? filter.waveId}`)
  if (filter.cluster) words.push(`cause ${filter.cluster}`)
  if (filter.search?.trim()) words.push(`text “${filter.search.trim()}”`)
  return words.length === 0 ? 'none, everybody in the batch' : words.join(', ')
}
