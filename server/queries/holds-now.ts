import type { HoldScope } from '@/generated/prisma/enums'
import type { Database } from '@/server/store/client'
import { personNames } from './person-names'

export type HoldNow = {
  id: string
  scope: HoldScope
  targetId: string
  reason: string
  heldBy: string
  heldAt: Date
  /** The lane that is held, where one is. */
  lane: { estateId: string; name: string } | null
}

/** Whether a hold is on a lane of this estate by that name. */
export const isOnLane = (hold: HoldNow, estateId: string, lane?: string | null): boolean =>
  hold.lane?.estateId === estateId && (lane === undefined || hold.lane.name === lane)

/** Every hold in force, widest first. */
export async function holdsNow(database: Database): Promise<HoldNow[]> {
  const holds = await database.hold.findMany({
    where: { releasedAt: null },
    orderBy: [{ scope: 'asc' }, { heldAt: 'asc' }],
  })
  const onLanes = holds.flatMap(hold => (hold.scope === 'lane' ? [hold.targetId] : []))
  const lanes =
    onLanes.length > 0
      ? await database.lane.findMany({
          where: { id: { in: onLanes } },
          select: { id: true, estateId: true, name: true },
        })
      : []
  const nameOf = await personNames(
    database,
    holds.map(hold => hold.heldById),
  )
  return holds.map(hold => ({
    id: hold.id,
    scope: hold.scope,
    targetId: hold.targetId,
    reason: hold.reason,
    heldBy: nameOf(hold.heldById),
    heldAt: hold.heldAt,
    lane: (hold.scope === 'lane' && lanes.find(lane => lane.id === hold.targetId)) || null,
  }))
}
