import { systemActor } from '@/domain/people/actor'
import type { Command } from '../command'
import { answer } from '../say'

export const breakers: Command = {
  does: 'Says what stopped by itself, why, since when, and what makes it go on',
  acts: 'local',
  options: {},
  async run() {
    const { breakersNow } = await import('@/server/queries/breakers')
    const all = await breakersNow(systemActor)
    if (all.length === 0) answer('Nothing has stopped by itself.')
    for (const one of all) {
      answer(`${one.id}  ${one.title}  ${one.state}  since ${one.openedAt?.toISOString() ?? 'not known'}`)
      answer(`  ${one.cause.replace(/\.$/, '')}. ${one.wayOn}`)
    }
    return 0
  },
}
