import type { Command } from '../command'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const openGateCommand: Command = {
  does: 'Opens a wave’s gate before all of the pilot is verified',
  acts: 'person',
  options: {
    wave: { value: 'ID', required: true, does: 'the wave' },
    reason: { value: 'TEXT', required: true, does: 'why it need not wait' },
    'estate-name': { value: 'NAME', does: 'on a LIVE estate: its name' },
  },
  async run(given) {
    const actor = await tokenActor()
    const waveId = given.text('wave')
    const { db } = await import('@/server/store/client')
    const { requireTypedEstate } = await import('@/server/queries/typed-estate')
    const { openGate } = await import('@/server/commands/open-gate')
    const wave = await db().wave.findUnique({ where: { id: waveId }, select: { batchId: true } })
    if (wave) await requireTypedEstate(actor, wave.batchId, given.maybe('estate-name') ?? '')
    const { gateWords } = await import('@/domain/wording/gate-words')
    answer(gateWords(await openGate(actor, { waveId, reason: given.text('reason') })))
    return 0
  },
}
