import type { Command } from '../command'
import { answer, people } from '../say'
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
    const { touched } = await closeBreaker(actor, {
      breakerId: given.text('breaker'),
      reason: given.text('reason'),
    })
    answer(`It goes on: ${people(touched)} may begin as soon as a session is free.`)
    return 0
  },
}
