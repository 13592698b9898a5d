import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'
import { scopeOf, scopeOptions, scopeWords } from './hold-scope'

export const hold: Command = {
  does: 'Lets nothing new start; what runs is given its time to end',
  acts: 'person',
  options: scopeOptions,
  async run(given) {
    const on = scopeOf(given)
    const actor = await tokenActor()
    const { holdWork } = await import('@/server/commands/hold-work')
    const { already } = await holdWork(actor, { ...on, reason: given.text('reason') })
    answer(already ? `Held already: ${scopeWords(on)}. The first hold stands.` : `Held: ${scopeWords(on)}.`)
    return 0
  },
}
