import type { Actor } from '@/domain/people/actor'
import { hasPermission } from '@/domain/people/permissions'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/** Ends a token for good: one's own, or anybody's for an administrator. One that ended before stays as it is. */
export async function revokeToken(actor: Actor, input: { tokenId: string }): Promise<{ changed: boolean }> {
  const personId = permitPerson(actor, 'tokens.own')
  const everybodys = actor.kind === 'person' && hasPermission(actor.roles, 'people.write').ok
  return db().$transaction(async tx => {
    const token = await tx.apiToken.findUnique({ where: { id: input.tokenId } })
    // Somebody else's token is as unknown as one that never was.
    if (!token || (token.userId !== personId && !everybodys))
      throw new Refused('not_found', 'This token is not among yours. Load the list again.')
    const ended = await tx.$executeRaw`
      UPDATE "api_token" SET "revokedAt" = now() WHERE "id" = ${token.id} AND "revokedAt" IS NULL`
    if (ended === 0) return { changed: false }
    await recordEvent(tx, actor, {
      type: 'token.revoked',
      data: { tokenId: token.id, personId: token.userId, name: token.name },
    })
    return { changed: true }
  })
}
