import { systemActor } from '@/domain/people/actor'
import { clusterWords } from '@/domain/wording/cluster-words'
import type { Command } from '../command'
import { answer, people } from '../say'

export const clusters: Command = {
  does: 'Says what people of a batch stand in front of, with the signature that retry --cluster takes',
  acts: 'local',
  options: { batch: { value: 'ID', required: true, does: 'the batch' } },
  async run(given) {
    const { failureClusters } = await import('@/server/queries/failure-clusters')
    const { statusOf } = await import('@/server/queries/status')
    const { db } = await import('@/server/store/client')
    const batchId = given.text('batch')
    await statusOf(systemActor, batchId)
    const all = await failureClusters(db(), [batchId])
    if (all.length === 0) answer('Nobody is stuck.')
    for (const cluster of all) {
      const { title, cause, remedy, owner } = clusterWords(cluster)
      answer(`${cluster.key}  ${people(cluster.people)}${cluster.isNew ? '  new here' : ''}: ${title}`)
      if (cluster.errorClass) answer(`  Class: ${cluster.errorClass}`)
      for (const [word, text] of Object.entries({ Cause: cause, Remedy: remedy, Owner: owner }))
        if (text) answer(`  ${word}: ${text}`)
      answer(`  For example ${cluster.sample.name} (${cluster.sample.itemId})`)
    }
    return 0
  },
}
