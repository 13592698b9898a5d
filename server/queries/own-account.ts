import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'

export type OwnToken = {
  id: string
  name: string
  prefix: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  state: 'open' | 'expired' | 'ended'
}

export type OwnAccount = {
  name: string
  email: string
  roles: Role[]
  zone: string | null
  tokens: OwnToken[]
}

/** One's own account and tokens: those in use first, then the newest. */
export async function ownAccount(actor: Actor): Promise<OwnAccount> {
  const personId = permitPerson(actor, 'tokens.own')
  const [person, tokens] = await Promise.all([
    db().user.findUniqueOrThrow({ where: { id: personId } }),
    db().$queryRaw<OwnToken[]>`
      SELECT "id", "name", "prefix", "createdAt", "expiresAt", "lastUsedAt",
        CASE WHEN "revokedAt" IS NOT NULL THEN 'ended' WHEN "expiresAt" <= now() THEN 'expired'
             ELSE 'open' END AS "state"
      FROM "api_token" WHERE "userId" = ${personId}
      ORDER BY "revokedAt" IS NOT NULL, "expiresAt" <= now(), "createdAt" DESC`,
  ])
  const { name, email, roles, zone } = person
  return { name, email, roles, zone, tokens }
}
