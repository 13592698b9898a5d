import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'

/** Refuses what is dangerous on a LIVE estate unless its name was typed. A lab asks for nothing. */
export async function requireTypedEstate(actor: Actor, batchId: string, typed: string): Promise<void> {
  permit(actor, 'batches.read')
  const batch = await db().batch.findUnique({ where: { id: batchId }, include: { estate: true } })
  if (!batch) throw new Refused('not_found', 'There is no such batch. It may have been deleted as a draft.')
  if (batch.estate.kind === 'live' && typed.trim() !== batch.estate.name)
    throw new Refused('invalid', `${batch.estate.name} is a LIVE estate. Type its name to go on.`)
}
