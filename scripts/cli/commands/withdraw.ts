import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const withdraw: Command = {
  does: 'Takes an open request back',
  acts: 'person',
  options: {
    wave: { value: 'ID', required: true, does: 'the wave' },
    reason: { value: 'TEXT', does: 'why' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { withdrawRequest } = await import('@/server/commands/withdraw-request')
    await withdrawRequest(actor, { waveId: given.text('wave'), reason: given.maybe('reason') })
    answer('The request is withdrawn.')
    return 0
  },
}
