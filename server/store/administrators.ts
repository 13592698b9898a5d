import { Refused } from '@/server/commands/refused'
import type { Tx } from './ledger'

/** Throws Refused when nobody but this person could keep people and estates. Call it under lockPeople. */
export async function refuseWithoutAdministrator(tx: Tx, personId: string): Promise<void> {
  const others = await tx.user.count({
    where: { id: { not: personId }, roles: { has: 'administrator' }, disabledAt: null },
  })
  if (others === 0)
    throw new Refused(
      'conflict',
      'This is the only administrator. Make somebody else one first, or nobody could keep people and estates.',
    )
}
