import type { Command } from '../command'
import { Misuse } from '../given'
import { answer, note, people } from '../say'
import { tokenActor } from '../token-actor'
import { filterOf, filterOptions } from './item-filter'

export const retry: Command = {
  does: 'Tries people again who failed or need a person; each is read before anything is changed',
  acts: 'person',
  options: {
    batch: { value: 'ID', required: true, does: 'the batch' },
    items: { value: 'ID,…', does: 'these people' },
    ...filterOptions,
    reason: { value: 'TEXT', required: true, does: 'what was mended' },
  },
  async run(given) {
    const itemIds = given.list('items')
    const filter = filterOf(given)
    const [first] = Object.keys(filter)
    if (itemIds.length === 0 && !first)
      throw new Misuse('--items, --cluster, --states, --wave or --search is missing.')
    if (itemIds.length > 0 && first)
      throw new Misuse('--items names people; a filter does not go together with it. Give one of them.')
    const actor = await tokenActor()
    const { retryItems } = await import('@/server/commands/retry-items')
    const { touched, refused } = await retryItems(actor, {
      batchId: given.text('batch'),
      ...(first ? { filter } : { itemIds }),
      reason: given.text('reason'),
    })
    answer(`${people(touched)} tried again.`)
    for (const { itemId, why } of refused) note(`${itemId}: ${why}`)
    if (touched === 0 && refused.length === 0)
      note('Nobody in this batch is meant by that. Check the ids, or the filter.')
    return touched === 0 ? 1 : 0
  },
}
