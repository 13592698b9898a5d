import { systemActor } from '@/domain/people/actor'
import { durationWords } from '@/domain/wording/duration'
import type { Command } from '../command'
import { answer } from '../say'

export const lanes: Command = {
  does: 'Says who holds which session and for how long, lane by lane, and what keeps a lane back',
  acts: 'local',
  options: {},
  async run() {
    const { lanesNow } = await import('@/server/queries/lanes')
    const { pacesNow } = await import('@/server/queries/paces')
    const { db } = await import('@/server/store/client')
    const [all, paces] = await Promise.all([lanesNow(db()), pacesNow(systemActor)])
    if (all.length === 0) answer('No estate is described yet.')
    for (const lane of all) {
      answer(
        `${lane.estateId}.${lane.name}  ${lane.concurrency} at once, ${lane.credential} may hold ${lane.cap}`,
      )
      if (lane.stopped) answer(`  stopped: ${lane.stopped.why}`)
      if (lane.held) answer(`  held by ${lane.held.heldBy}: ${lane.held.reason}`)
      const pace = paces.find(one => one.credentialId === lane.credentialId)
      if (pace) answer(`  slowed to ${pace.allowed} of ${pace.all}: ${pace.cause}`)
      for (const seat of lane.seats) {
        const what = seat.item ? `${seat.item.name}, ${seat.stepKey ?? ''}` : (seat.stepKey ?? '')
        const long = seat.busyForMs === null ? '' : ` for ${durationWords(seat.busyForMs)}`
        answer(`  session ${seat.number}  ${seat.state}${what ? `  ${what}` : ''}${long}  on ${seat.worker}`)
      }
    }
    return 0
  },
}
