import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const skip: Command = {
  does: 'Decides that nothing more is done for one person',
  acts: 'person',
  options: {
    item: { value: 'ID', required: true, does: 'the person in the batch' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { skipItem } = await import('@/server/commands/skip-item')
    await skipItem(actor, { itemId: given.text('item'), reason: given.text('reason') })
    answer('1 person skipped and left out, as said by you, not seen.')
    return 0
  },
}
