import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'

export type ListedPerson = {
  id: string
  name: string
  email: string
  roles: Role[]
  /** Where access stands; `invited` has no password yet. */
  access: 'open' | 'invited' | 'disabled'
  lastSignInAt: Date | null
  openSessions: number
  openTokens: number
}

/** Everybody with an account, by name. Takes an administrator. */
export async function peopleList(actor: Actor): Promise<ListedPerson[]> {
  permit(actor, 'people.read')
  return db().$queryRaw<ListedPerson[]>`
    SELECT p."id", p."name", p."email", p."roles"::text[] AS "roles",
      CASE WHEN p."disabledAt" IS NOT NULL THEN 'disabled'
           WHEN EXISTS (SELECT 1 FROM "account" a WHERE a."userId" = p."id") THEN 'open'
           ELSE 'invited' END AS "access",
      s."last" AS "lastSignInAt", coalesce(s."open", 0) AS "openSessions", coalesce(t."open", 0) AS "openTokens"
    FROM "user" p
    LEFT JOIN LATERAL (
      SELECT max("createdAt") AS "last", (count(*) FILTER (WHERE "expiresAt" > now()))::int AS "open"
      FROM "session" WHERE "userId" = p."id") s ON true
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS "open" FROM "api_token"
      WHERE "userId" = p."id" AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())) t ON true
    ORDER BY p."disabledAt" IS NOT NULL, lower(p."name"), p."id"`
}
