import { itemStates } from '@/domain/lifecycle/item'
import { systemActor } from '@/domain/people/actor'
import type { Command } from '../command'
import { answer, answerJson } from '../say'

export const status: Command = {
  does: 'Says where every batch and wave stands',
  acts: 'local',
  options: {
    batch: { value: 'ID', does: 'this batch only' },
    json: { does: 'as JSON, for programs' },
  },
  async run(given) {
    const { statusOf } = await import('@/server/queries/status')
    const batches = await statusOf(systemActor, given.maybe('batch'))
    if (given.has('json')) {
      answerJson({ batches })
      return 0
    }
    if (batches.length === 0) answer('There is no batch yet.')
    for (const batch of batches) {
      answer(`${batch.id}  ${batch.name}  ${batch.state}`)
      for (const { id, name, state, counts } of batch.waves) {
        const parts = itemStates.filter(key => counts[key] > 0).map(key => `${counts[key]} ${key}`)
        answer(`  ${id}  ${name}  ${state}  ${counts.total} = ${parts.join(' + ') || '0'}`)
      }
    }
    return 0
  },
}
