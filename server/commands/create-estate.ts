import { isSignInKind } from '@/domain/credentials/sign-in'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent } from '@/server/store/ledger'
import { estateFaults, estateSlug, type NewEstate } from './estate-faults'
import { Refused } from './refused'

/**
 * Describes an estate with its lanes `sfb` and `sync`. A LIVE one is switched off until its name is typed (rule 16).
 * Takes an administrator. Throws Refused: not permitted, a field is wrong (the details name each), or the name is taken.
 */
export async function createEstate(actor: Actor, estate: NewEstate): Promise<{ estateId: string }> {
  permit(actor, 'estates.write')
  const faults = Object.entries(estateFaults(estate))
  const kind = estate.kind === 'lab' ? 'lab' : 'live'
  if (faults.length > 0)
    throw new Refused(
      'invalid',
      'The estate is not described in full.',
      faults.map(([field, what]) => `${field}: ${what.replace(/\.$/, '')}`),
    )
  const estateId = estateSlug(estate.name)
  await db().$transaction(async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('describe estate', 0))`
    const taken = await tx.estate.findFirst({
      where: { OR: [{ id: estateId }, { name: { equals: estate.name, mode: 'insensitive' } }] },
    })
    if (taken) throw new Refused('conflict', `There is an estate ${taken.name} already. Choose another name.`)
    const users = newId('credential')
    const shared = estate.sfbCredential === estate.syncCredential
    const sync = shared ? users : newId('credential')
    await tx.estate.create({
      data: {
        id: estateId,
        name: estate.name,
        kind,
        zone: estate.zone,
        pools: unique(estate.pools),
        sipDomains: unique(estate.sipDomains),
        hostingProviderProxy: estate.hostingProviderProxy,
        domainController: estate.domainController || null,
        executable: estate.executable || null,
        ...(kind === 'lab' ? { syncSpacingSeconds: 0 } : {}),
        maxSessions: Math.max(9, estate.sfbSessions + (shared ? 0 : estate.syncSessions)),
        credentials: {
          create: [
            {
              id: users,
              name: estate.sfbCredential,
              maxSessions: estate.sfbSessions,
              signIn: isSignInKind(estate.sfbSignIn) ? estate.sfbSignIn : 'none',
            },
            ...(shared ? [] : [{ id: sync, name: estate.syncCredential, maxSessions: estate.syncSessions }]),
          ],
        },
      },
    })
    await tx.lane.createMany({
      data: [
        { id: newId('lane'), estateId, name: 'sfb', credentialId: users, concurrency: estate.sfbSessions },
        // One cycle at a time, whatever the credential may hold.
        { id: newId('lane'), estateId, name: 'sync', credentialId: sync, concurrency: 1 },
      ],
    })
    await recordEvent(tx, actor, { type: 'estate.created', data: { estateId, name: estate.name, kind } })
  })
  return { estateId }
}

const unique = (names: readonly string[]): string[] => [...new Set(names.map(name => name.toLowerCase()))]
