import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { personNames } from './person-names'

export type BlackoutLine = { id: string; firstDay: string; lastDay: string; reason: string; by: string }

/** Days on which nothing new starts on an estate, those that are not over yet, in order. */
export async function blackoutsOf(actor: Actor, estateId: string): Promise<BlackoutLine[]> {
  permit(actor, 'estates.read')
  const rows = await db().$queryRaw<(Omit<BlackoutLine, 'by'> & { createdById: string })[]>`
    SELECT o."id", o."firstDay", o."lastDay", o."reason", o."createdById" FROM "blackout" o JOIN "estate" e ON e."id" = o."estateId"
    WHERE o."estateId" = ${estateId} AND o."removedAt" IS NULL
      AND o."lastDay" >= to_char(now() AT TIME ZONE e."zone", 'YYYY-MM-DD')
    ORDER BY o."firstDay", o."lastDay"`
  const nameOf = await personNames(
    db(),
    rows.map(row => row.createdById),
  )
  return rows.map(({ createdById, ...row }) => ({ ...row, by: nameOf(createdById) }))
}
