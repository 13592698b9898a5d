import { heldWords } from '@/domain/wording/hold-words'
import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'
import { scopeOf, scopeOptions, targetOf } from './hold-scope'

export const hold: Command = {
  does: 'Lets nothing new start; what runs is given its time to end',
  acts: 'person',
  options: scopeOptions,
  async run(given) {
    const on = scopeOf(given)
    const actor = await tokenActor()
    const { holdWork } = await import('@/server/commands/hold-work')
    answer(heldWords(await holdWork(actor, { ...(await targetOf(on)), reason: given.text('reason') })))
    return 0
  },
}
