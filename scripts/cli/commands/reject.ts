import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const reject: Command = {
  does: 'Turns an open request down',
  acts: 'person',
  options: {
    wave: { value: 'ID', required: true, does: 'the wave' },
    reason: { value: 'TEXT', required: true, does: 'why, so that the one who asked knows what to change' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { rejectWave } = await import('@/server/commands/reject-wave')
    await rejectWave(actor, { waveId: given.text('wave'), reason: given.text('reason') })
    answer('Rejected.')
    return 0
  },
}
