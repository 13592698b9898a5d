import { closedWords } from '@/domain/wording/hold-words'
import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const breakersClose: Command = {
  does: 'Lets work go on that had stopped by itself',
  acts: 'person',
  options: {
    breaker: { value: 'ID', required: true, does: 'as ferry breakers names it' },
    reason: { value: 'TEXT', required: true, does: 'what was put right' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { closeBreaker } = await import('@/server/commands/close-breaker')
    const closed = await closeBreaker(actor, {
      breakerId: given.text('breaker'),
      reason: given.text('reason'),
    })
    answer(closedWords(closed))
    return 0
  },
}
