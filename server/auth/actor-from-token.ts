import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { digest } from './secret'

type Found = {
  personId: string
  personName: string
  roles: Role[]
  tokenName: string
  revoked: boolean
  expired: boolean
  disabled: boolean
}

/**
 * The person whose API token this is. The token is that person in every respect: same roles, same person for the rule
 * that nobody approves their own request. Notes when it was used.
 * Throws Refused('forbidden') saying why a token is of no use: unknown, ended, expired, or its person disabled.
 */
export async function actorFromToken(
  token: string,
  via: 'cli' | 'api',
): Promise<Extract<Actor, { kind: 'person' }>> {
  const hash = digest(token.trim())
  const rows = await db().$queryRaw<Found[]>`
    SELECT p."id" AS "personId", p."name" AS "personName", p."roles"::text[] AS "roles", t."name" AS "tokenName",
      t."revokedAt" IS NOT NULL AS "revoked",
      t."expiresAt" IS NOT NULL AND t."expiresAt" <= now() AS "expired",
      p."disabledAt" IS NOT NULL AS "disabled"
    FROM "api_token" t JOIN "user" p ON p."id" = t."userId"
    WHERE t."hash" = ${hash}`
  const found = rows[0]
  if (!found)
    throw new Refused(
      'forbidden',
      'This token is not known here. Make one in Ferry under Account, and check that it was copied whole.',
    )
  const why = refusal(found)
  if (why) throw new Refused('forbidden', why)
  await db().$executeRaw`UPDATE "api_token" SET "lastUsedAt" = now() WHERE "hash" = ${hash}`
  return { kind: 'person', personId: found.personId, name: found.personName, roles: found.roles, via }
}

function refusal(found: Found): string | null {
  if (found.disabled)
    return `${found.personName} is disabled, so this token does nothing. An administrator can enable the account under People.`
  if (found.revoked) return `The token “${found.tokenName}” was ended. Make a new one in Ferry under Account.`
  if (found.expired)
    return `The token “${found.tokenName}” has expired. Make a new one in Ferry under Account.`
  return null
}
