import type { Command } from '../command'
import { Misuse } from '../given'
import { answer, people } from '../say'
import { tokenActor } from '../token-actor'

export const cancel: Command = {
  does: 'Cancels a batch or a wave that is not at work; who is not across is left out, nothing is taken back',
  acts: 'person',
  options: {
    batch: { value: 'ID', does: 'a batch, with every wave that has not ended' },
    wave: { value: 'ID', does: 'one wave' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const [batchId, waveId] = [given.maybe('batch'), given.maybe('wave')]
    if ((batchId === undefined) === (waveId === undefined))
      throw new Misuse('Name --batch or --wave, one of them.')
    const actor = await tokenActor()
    const reason = given.text('reason')
    const { cancelBatch } = await import('@/server/commands/cancel-batch')
    const { cancelWave } = await import('@/server/commands/cancel-wave')
    const left =
      batchId === undefined
        ? await cancelWave(actor, { waveId: waveId ?? '', reason })
        : await cancelBatch(actor, { batchId, reason })
    answer(`Cancelled: ${people(left.people)} left out.`)
    return 0
  },
}
