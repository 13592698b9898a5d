import type { Command } from '../command'
import { Misuse } from '../given'
import { answer, note, people } from '../say'
import { tokenActor } from '../token-actor'

export const retry: Command = {
  does: 'Tries people again who failed or need a person; each is read before anything is changed',
  acts: 'person',
  options: {
    batch: { value: 'ID', required: true, does: 'the batch' },
    items: { value: 'ID,…', does: 'these people' },
    cluster: { value: 'SIGNATURE', does: 'everybody with this failure' },
    reason: { value: 'TEXT', required: true, does: 'what was mended' },
  },
  async run(given) {
    const itemIds = given.list('items')
    const errorSignature = given.maybe('cluster')
    if (itemIds.length === 0 && !errorSignature) throw new Misuse('--items or --cluster is missing.')
    if (itemIds.length > 0 && errorSignature)
      throw new Misuse('--items and --cluster do not go together. Name one.')
    const actor = await tokenActor()
    const { retryItems } = await import('@/server/commands/retry-items')
    const { touched, refused } = await retryItems(actor, {
      batchId: given.text('batch'),
      itemIds,
      errorSignature,
      reason: given.text('reason'),
    })
    answer(`${people(touched)} tried again.`)
    for (const { itemId, why } of refused) note(`${itemId}: ${why}`)
    if (touched === 0 && refused.length === 0)
      note('Nobody in this batch is meant by that. Check the ids, or the signature.')
    return touched === 0 ? 1 : 0
  },
}
