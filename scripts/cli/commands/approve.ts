import type { Command } from '../command'
import { Misuse } from '../given'
import { answer, people } from '../say'
import { tokenActor } from '../token-actor'

export const approve: Command = {
  does: 'Approves what was asked for a wave, all of it or without some people',
  acts: 'person',
  options: {
    wave: { value: 'ID', required: true, does: 'the wave' },
    'carve-out': { value: 'UPN,…', does: 'people who are left out; takes --reason' },
    reason: { value: 'TEXT', does: 'why these people are carved out; without --carve-out, a note' },
    note: { value: 'TEXT', does: 'what is noted with the approval' },
    plan: { value: 'HASH', does: 'approves this very plan and no other' },
    'estate-name': { value: 'NAME', does: 'on a LIVE estate: its name' },
  },
  async run(given) {
    const carved = given.list('carve-out')
    const reason = given.maybe('reason')?.trim()
    if (carved.length > 0 && !reason)
      throw new Misuse('--reason is missing: why these people are carved out.')
    const actor = await tokenActor()
    const { approveWave } = await import('@/server/commands/approve-wave')
    const outcome = await approveWave(actor, {
      waveId: given.text('wave'),
      planHash: given.maybe('plan'),
      carveOuts: carved.map(upn => ({ upn, reason: reason ?? '' })),
      note: given.maybe('note') ?? (carved.length === 0 ? reason : undefined),
      estateName: given.maybe('estate-name'),
    })
    const without = outcome.carvedOut > 0 ? `, ${outcome.carvedOut} carved out` : ''
    answer(`Approved: ${people(outcome.people)}${without}.`)
    return 0
  },
}
