import { readBackWords } from '@/domain/wording/unknown-words'
import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const readBack: Command = {
  does: 'Has the real state of somebody of unknown outcome read at once, not when the pause between two readings is over',
  acts: 'person',
  options: { item: { value: 'ID', required: true, does: 'the person in the batch' } },
  async run(given) {
    const actor = await tokenActor()
    const { readBackNow } = await import('@/server/commands/read-back-now')
    answer(readBackWords(await readBackNow(actor, { itemId: given.text('item') })))
    return 0
  },
}
