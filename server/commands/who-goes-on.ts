import type { BreakerScope } from '@/domain/breakers/breaker'
import { isConcerned } from '@/domain/breakers/concerned'
import type { WaveState } from '@/domain/lifecycle/wave'
import { inTheWay } from '@/domain/way/in-the-way'
import { becauseWords } from '@/domain/way/way-words'
import type { HoldScope } from '@/generated/prisma/enums'
import { type EstateStanding, estateWays } from '@/server/queries/estate-ways'
import { startTimesOf } from '@/server/queries/start-times'
import type { Tx } from '@/server/store/ledger'
import { peopleOf, steps } from './people-within'

export type GoesOn = {
  /** People who may begin now: nothing else stands in their way. */
  touched: number
  /** Those who do not, by what keeps them, as it goes on after “because”; most people first. */
  others: { people: number; why: string }[]
}

/** People of one wave who stand before the same step with the same things in their way. */
type Group = {
  estateId: string
  batchId: string
  waveId: string
  waveState: WaveState
  window: unknown
  cutOffAt: Date | null
  lane: string | null
  isWaveStep: boolean
  pool: string | null
  /** The person, where a hold is on them alone. */
  itemId: string | null
  /** They wait out a pause after a failure. */
  pausing: boolean
  people: number
}

/**
 * Of the people within a scope, whom a command that has just taken away what stood in their way lets begin, and what keeps the
 * others. Asked in the command's own transaction, after its change.
 */
export async function whoGoesOn(tx: Tx, scope: HoldScope, targetId: string): Promise<GoesOn> {
  return judge(tx, await groupsOf(tx, scope, targetId))
}

/** The same for those whom a breaker concerned. A sync is asked by no breaker, so whoever waits for one is not among them. */
export async function whoGoesOnAfter(
  tx: Tx,
  breaker: { estateId: string; scope: BreakerScope; targetId: string },
): Promise<GoesOn> {
  const [scope, targetId]: [HoldScope, string] =
    breaker.scope === 'wave'
      ? ['wave', breaker.targetId]
      : breaker.scope === 'harmed'
        ? ['batch', breaker.targetId]
        : ['estate', breaker.estateId]
  const groups = await groupsOf(tx, scope, targetId)
  const lanes = await tx.lane.findMany({ where: { estateId: breaker.estateId } })
  return judge(
    tx,
    groups.filter(group => {
      const credentialId = lanes.find(lane => lane.name === group.lane)?.credentialId ?? ''
      // Whoever is due may be taken up by any worker, also by the one that had stopped.
      return !group.isWaveStep && isConcerned({ ...group, credentialId, worker: breaker.targetId }, breaker)
    }),
  )
}

async function groupsOf(tx: Tx, scope: HoldScope, targetId: string): Promise<Group[]> {
  return tx.$queryRaw<Group[]>`
    WITH ${steps},
    together AS (
      SELECT i."estateId", i."batchId", i."waveId", step."lane", coalesce(step."kind" = 'wave', false) AS "isWaveStep",
        coalesce(i."targetPool", b."targetPool") AS "pool",
        (SELECT i."id" FROM "hold" h WHERE h."releasedAt" IS NULL AND h."scope" = 'item' AND h."targetId" = i."id") AS "itemId",
        (i."state" = 'waiting' AND i."errorClass" IS NOT NULL AND coalesce(i."dueAt" > clock_timestamp(), false)) AS "pausing",
        count(*)::int AS "people"
      FROM ${peopleOf(scope, targetId)} AND i."state" <> 'running'
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
    SELECT together.*, w."state"::text AS "waveState", w."window", w."cutOffAt"
    FROM together JOIN "wave" w ON w."id" = together."waveId"`
}

async function judge(tx: Tx, groups: readonly Group[]): Promise<GoesOn> {
  const ways = await estateWays(
    tx,
    groups.map(group => group.estateId),
  )
  const kept = new Map<string, number>()
  let touched = 0
  for (const group of groups) {
    const why = whatKeeps(group, ways.get(group.estateId))
    if (why === null) touched += group.people
    else kept.set(why, (kept.get(why) ?? 0) + group.people)
  }
  const others = [...kept].map(([why, people]) => ({ people, why }))
  return { touched, others: others.sort((one, other) => other.people - one.people) }
}

function whatKeeps(group: Group, way: EstateStanding | undefined): string | null {
  const wave = waveKeeps(group)
  if (wave !== null) return wave
  if (!way) return null
  const stands = inTheWay(way, {
    ...group,
    itemId: group.itemId ?? '',
    times: startTimesOf(group, { zone: way.estate.zone, blackouts: way.blackouts }),
  })
  // Fewer sessions at once is no reason for anybody: they begin one after the other.
  if (stands && stands.kind !== 'slowed') return becauseWords(stands)
  return group.pausing ? 'they wait out the pause after a failure' : null
}

function waveKeeps({ waveState, isWaveStep }: Group): string | null {
  switch (waveState) {
    case 'draft':
      return 'their wave is not approved'
    case 'awaiting_approval':
      return 'their wave waits for its approval'
    case 'approved':
      return 'their wave has yet to start'
    case 'running':
      return isWaveStep ? 'they wait for the others of their wave' : null
    case 'syncing':
    case 'done':
    case 'cancelled':
      return null
    default:
      return waveState satisfies never
  }
}
