import { decidedWords } from '@/domain/wording/unknown-words'
import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const resolve: Command = {
  does: 'Says that somebody of unknown outcome needs a person, after three readings failed; never that it is done',
  acts: 'person',
  options: {
    item: { value: 'ID', required: true, does: 'the person in the batch' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { resolveUnknown } = await import('@/server/commands/resolve-unknown')
    await resolveUnknown(actor, { itemId: given.text('item'), reason: given.text('reason') })
    answer(decidedWords)
    return 0
  },
}
