import { missOdds } from '@/domain/forecast/finish-range'
import { isWaveAtWork } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { hasPermission } from '@/domain/people/permissions'
import type { OverviewFacts } from '@/domain/wording/overview-sentence'
import type { Overview, OverviewBatch, OverviewWave } from '@/server/queries/overview'

/** People of the waves at work who are still on their way, and the nearest cut-off of those waves. */
export function stillGoing(batch: {
  waves: readonly Pick<OverviewWave, 'state' | 'counts' | 'cutOffAt'>[]
}): { remaining: number; cutOff: Date | null } {
  const waves = batch.waves.filter(wave => isWaveAtWork(wave.state))
  const remaining = waves.reduce(
    (sum, { counts }) => sum + counts.waiting + counts.running + counts.unknown + counts.not_started,
    0,
  )
  const cutOffs = waves.flatMap(wave => (wave.cutOffAt ? [wave.cutOffAt.getTime()] : []))
  return { remaining, cutOff: cutOffs.length > 0 ? new Date(Math.min(...cutOffs)) : null }
}

export function willMiss(batch: OverviewBatch, now: Date): boolean {
  const { remaining, cutOff } = stillGoing(batch)
  return (missOdds(batch.perMinute, remaining, now, cutOff)?.share ?? 0) > 0.5
}

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
    willMiss: atWork.filter(batch => willMiss(batch, data.now)).map(batch => batch.name),
    toDecide: mine.length,
    othersDecide: data.approvals.length - mine.length,
    needPerson: sum(({ counts }) => counts.needs_person + counts.failed),
    unknown: sum(({ counts }) => counts.unknown),
    held: data.holds.some(hold => hold.scope === 'everything'),
    anyBatch: data.batches.length + data.ended > 0,
  }
}
