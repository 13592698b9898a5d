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
}

/** Every hold in force, widest first. */
export async function holdsNow(database: Database): Promise<HoldNow[]> {
  const holds = await database.hold.findMany({
    where: { releasedAt: null },
    orderBy: [{ scope: 'asc' }, { heldAt: 'asc' }],
  })
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
  }))
}
