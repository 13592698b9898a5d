import { type Outlook, outlook, willMiss } from '@/domain/forecast/outlook'
import { peopleAhead } from '@/domain/lifecycle/item'
import { isWaveAtWork, isWaveOpen, type WaveState } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { hasPermission } from '@/domain/people/permissions'
import type { OverviewFacts } from '@/domain/wording/overview-sentence'
import type { Overview, OverviewBatch, OverviewWave } from '@/server/queries/overview'

type BatchAhead = { waves: readonly Pick<OverviewWave, 'state' | 'counts' | 'ahead'>[] }

/** People of the waves at work who are still on their way. */
export const stillGoing = (batch: BatchAhead): number =>
  batch.waves
    .filter(wave => isWaveAtWork(wave.state))
    .reduce((sum, wave) => sum + peopleAhead(wave.counts), 0)

/** The waves at work, by name, where others of the batch have yet to begin: what a forecast is of then. Empty where it is of all. */
export const forecastOf = (batch: { waves: readonly { name: string; state: WaveState }[] }): string[] =>
  batch.waves.some(wave => isWaveOpen(wave.state) && !isWaveAtWork(wave.state))
    ? batch.waves.filter(wave => isWaveAtWork(wave.state)).map(wave => wave.name)
    : []

/** How the waves at work will go on, with regard to the times in which they may; null where nobody is on their way. */
export const outlookOf = (batch: BatchAhead, now: Date): Outlook | null =>
  outlook(
    batch.waves.filter(wave => isWaveAtWork(wave.state)).map(wave => wave.ahead),
    now,
  )

/** What the opening sentence is made from. */
export function overviewFacts(data: Overview, actor: Extract<Actor, { kind: 'person' }>): OverviewFacts {
  const atWork = data.batches.filter(batch =>
    batch.waves.some(wave => isWaveAtWork(wave.state) || wave.state === 'approved'),
  )
  const decides = hasPermission(actor.roles, 'approvals.decide').ok
  const mine = data.approvals.filter(one => decides && !one.involvedIds.includes(actor.personId))
  const sum = (pick: (batch: OverviewBatch) => number) =>
    data.batches.reduce((total, batch) => total + pick(batch), 0)
  return {
    atWork: atWork.length,
    idle: data.batches.length - atWork.length,
    willMiss: atWork.filter(batch => willMiss(outlookOf(batch, data.now))).map(batch => batch.name),
    toDecide: mine.length,
    othersDecide: data.approvals.length - mine.length,
    needPerson: sum(({ counts }) => counts.needs_person + counts.failed),
    unknown: sum(({ counts }) => counts.unknown),
    held: data.holds.some(hold => hold.scope === 'everything'),
    anyBatch: data.batches.length + data.ended > 0,
  }
}
