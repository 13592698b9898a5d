import type { Actor } from '@/domain/people/actor'
import type { Credential, Estate } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { databaseNow } from './database-now'
import { type HoldNow, holdsNow } from './holds-now'
import { type LaneNow, lanesNow } from './lanes'
import { personNames } from './person-names'

export type EstateLine = Estate & {
  credentials: Credential[]
  lanes: LaneNow[]
  openBatches: number
  switchedOnBy: string | null
  /** A hold on the whole estate. */
  held: HoldNow | null
}

export type EstateList = { now: Date; estates: EstateLine[] }

/** Every estate with its lanes as they are now. No secret is read: there is none in the database. */
export async function listEstates(actor: Actor): Promise<EstateList> {
  permit(actor, 'estates.read')
  const [now, estates, lanes, holds, open] = await Promise.all([
    databaseNow(),
    db().estate.findMany({
      include: { credentials: { orderBy: { name: 'asc' } } },
      orderBy: [{ kind: 'desc' }, { name: 'asc' }],
    }),
    lanesNow(db()),
    holdsNow(db()),
    db().batch.groupBy({
      by: ['estateId'],
      where: { state: { in: ['draft', 'active'] } },
      _count: { _all: true },
    }),
  ])
  const nameOf = await personNames(
    db(),
    estates.map(estate => estate.switchedOnById),
  )
  return {
    now,
    estates: estates.map(estate => ({
      ...estate,
      lanes: lanes.filter(lane => lane.estateId === estate.id),
      held: holds.find(hold => hold.scope === 'estate' && hold.targetId === estate.id) ?? null,
      openBatches: open.find(count => count.estateId === estate.id)?._count._all ?? 0,
      switchedOnBy: estate.switchedOnById ? nameOf(estate.switchedOnById) : null,
    })),
  }
}

/** One estate. Throws Refused('not_found') when nobody described it. */
export async function estateDetail(
  actor: Actor,
  estateId: string,
): Promise<{ now: Date; estate: EstateLine }> {
  const { now, estates } = await listEstates(actor)
  const estate = estates.find(one => one.id === estateId)
  if (!estate) throw new Refused('not_found', `There is no estate ${estateId}.`)
  return { now, estate }
}
