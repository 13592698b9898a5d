import { systemActor } from '@/domain/people/actor'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent } from '@/server/store/ledger'

/** Id and name of the estate that every instance has from its first start: the simulated one, with nobody in it. */
export const labEstate = { id: 'lab', name: 'lab' } as const

/**
 * Describes the lab estate, once in the life of an instance. Its waits are short, since its servers are: no spacing
 * between syncs, ten seconds between the two readings after an unknown outcome.
 */
export async function describeLab(): Promise<{ created: boolean }> {
  return db().$transaction(async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('describe lab', 0))`
    if (await tx.estate.findUnique({ where: { id: labEstate.id } })) return { created: false }
    const users = newId('credential')
    const sync = newId('credential')
    await tx.estate.create({
      data: {
        ...labEstate,
        kind: 'lab',
        pools: ['pool01.contoso.example', 'pool02.contoso.example'],
        sipDomains: ['contoso.example', 'fabrikam.example'],
        syncSpacingSeconds: 0,
        settleSeconds: 10,
        probeDeadlineSeconds: 60,
        applyDeadlineSeconds: 120,
        credentials: {
          create: [
            { id: users, name: 'lab-sfb-admin', maxSessions: 3 },
            { id: sync, name: 'lab-sync-operator', maxSessions: 1 },
          ],
        },
      },
    })
    await tx.lane.createMany({
      data: [
        { id: newId('lane'), estateId: labEstate.id, name: 'sfb', credentialId: users, concurrency: 3 },
        { id: newId('lane'), estateId: labEstate.id, name: 'sync', credentialId: sync, concurrency: 1 },
      ],
    })
    await recordEvent(tx, systemActor, {
      type: 'estate.created',
      data: { estateId: labEstate.id, name: labEstate.name, kind: 'lab' },
    })
    return { created: true }
  })
}
