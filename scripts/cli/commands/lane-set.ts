import type { Command } from '../command'
import { Misuse } from '../given'
import { laneNamed } from '../lane-named'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const laneSet: Command = {
  does: 'Changes how many sessions of a lane may work at once, while it runs',
  acts: 'person',
  options: {
    lane: { value: 'ESTATE.LANE', required: true, does: 'the lane, such as west.sfb' },
    sessions: { value: 'N', required: true, does: 'from 1 to what its credential may hold' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const concurrency = given.number('sessions')
    if (concurrency === undefined) throw new Misuse('--sessions is missing.')
    const actor = await tokenActor()
    const { setLaneConcurrency } = await import('@/server/commands/set-lane-concurrency')
    const { before, running, over } = await setLaneConcurrency(actor, {
      laneId: await laneNamed(given.text('lane')),
      concurrency,
      reason: given.text('reason'),
    })
    const rest = over > 0 ? ` ${running} work now; nothing new begins until fewer do.` : ''
    answer(`${concurrency} may work at once, before it was ${before}.${rest}`)
    return 0
  },
}
