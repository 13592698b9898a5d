import { releasedWords } from '@/domain/wording/hold-words'
import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'
import { scopeOf, scopeOptions, targetOf } from './hold-scope'

export const release: Command = {
  does: 'Releases a hold; work goes on where it stood',
  acts: 'person',
  options: scopeOptions,
  async run(given) {
    const on = scopeOf(given)
    const actor = await tokenActor()
    const { releaseWork } = await import('@/server/commands/release-work')
    answer(releasedWords(await releaseWork(actor, { ...(await targetOf(on)), reason: given.text('reason') })))
    return 0
  },
}
