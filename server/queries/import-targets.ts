import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'

export type ImportTarget = { id: string; name: string; kind: 'lab' | 'live'; pools: string[]; zone: string }

/** The estates that people can be imported for, labs first. */
export async function importTargets(actor: Actor): Promise<ImportTarget[]> {
  permit(actor, 'batches.read')
  return db().estate.findMany({
    select: { id: true, name: true, kind: true, pools: true, zone: true },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  })
}
