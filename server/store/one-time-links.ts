import { digest, newSecret } from '@/server/auth/secret'
import { Refused } from '@/server/commands/refused'
import { newId } from './ids'
import type { Tx } from './ledger'

/** What a link is for: making the first people, or choosing a password for the first time or after a lost one. */
export type LinkPurpose = 'setup' | 'password'

/**
 * Writes a link that works once and answers its secret, which is stored nowhere. Earlier links for the same purpose
 * and person stop working.
 */
export async function writeLink(
  tx: Tx,
  link: { purpose: LinkPurpose; personId: string | null; seconds: number },
): Promise<string> {
  const secret = newSecret()
  await tx.oneTimeLink.deleteMany({ where: { purpose: link.purpose, userId: link.personId, usedAt: null } })
  await tx.$executeRaw`
    INSERT INTO "one_time_link" ("id", "purpose", "userId", "hash", "expiresAt")
    VALUES (${newId('link')}, ${link.purpose}, ${link.personId}, ${digest(secret)},
            now() + make_interval(secs => ${link.seconds}))`
  return secret
}

/** What is the matter with a link, or whose it is. `fit` means that it would work now. */
export type LinkState =
  | { state: 'fit'; id: string; personId: string | null }
  | { state: 'used' | 'expired' | 'unknown' }

/** Looks a link up by its secret and keeps its row locked until the transaction ends. */
export async function readLink(tx: Tx, purpose: LinkPurpose, secret: string): Promise<LinkState> {
  const rows = await tx.$queryRaw<{ id: string; personId: string | null; used: boolean; expired: boolean }[]>`
    SELECT "id", "userId" AS "personId", "usedAt" IS NOT NULL AS "used", "expiresAt" <= now() AS "expired"
    FROM "one_time_link" WHERE "hash" = ${digest(secret)} AND "purpose" = ${purpose} FOR UPDATE`
  const row = rows[0]
  if (!row) return { state: 'unknown' }
  if (row.used) return { state: 'used' }
  if (row.expired) return { state: 'expired' }
  return { state: 'fit', id: row.id, personId: row.personId }
}

/** Spends a link. Throws Refused with what to do when it is of no use. */
export async function spendLink(
  tx: Tx,
  purpose: LinkPurpose,
  secret: string,
): Promise<{ personId: string | null }> {
  const link = await readLink(tx, purpose, secret)
  if (link.state !== 'fit') throw new Refused('conflict', linkWords[purpose][link.state])
  await tx.$executeRaw`UPDATE "one_time_link" SET "usedAt" = now() WHERE "id" = ${link.id}`
  return { personId: link.personId }
}

/** What a person reads about a link that does not work, and what helps. */
export const linkWords: Record<LinkPurpose, Record<'used' | 'expired' | 'unknown', string>> = {
  setup: {
    used: 'This link was used already: the first people have been made. Sign in instead.',
    expired:
      'This link is older than a day and no longer works. Start Ferry again and open the link it prints.',
    unknown:
      'This link is not known here, or a newer one has replaced it. Open the link that Ferry printed at its last start.',
  },
  password: {
    used: 'This link was used already: the password is set. Sign in with it.',
    expired: 'This link has expired. Ask for a new one where this one came from.',
    unknown: 'This link is not known here, or a newer one has replaced it. Open the newest one.',
  },
}
