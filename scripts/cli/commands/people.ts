import { systemActor } from '@/domain/people/actor'
import type { Command } from '../command'
import { answer, answerJson } from '../say'
import { filterOf, filterOptions } from './item-filter'

export const peopleCommand: Command = {
  does: 'Lists people of a batch with their ids, states and notes',
  acts: 'local',
  options: {
    batch: { value: 'ID', required: true, does: 'the batch' },
    ...filterOptions,
    json: { does: 'as JSON, for programs' },
  },
  async run(given) {
    const filter = filterOf(given)
    const { batchItems } = await import('@/server/queries/batch-items')
    const { statusOf } = await import('@/server/queries/status')
    const batchId = given.text('batch')
    await statusOf(systemActor, batchId)
    const json = given.has('json')
    const all: unknown[] = []
    for (let after: number | null | undefined; after !== null; ) {
      const page = await batchItems(systemActor, {
        batchId,
        ...filter,
        ...(after === undefined ? {} : { after }),
      })
      for (const { id, upn, displayName, state, waveId, stepKey, reason } of page.items) {
        if (json) all.push({ id, upn, displayName, state, waveId, step: stepKey, reason })
        else answer(`${id}  ${upn}  ${state}${reason ? `  ${reason}` : ''}`)
      }
      if (!json && page.matching === 0) answer('Nobody is found by that.')
      after = page.on
    }
    if (json) answerJson({ people: all })
    return 0
  },
}
