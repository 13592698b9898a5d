import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { digest, newSecret } from '@/server/auth/secret'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

export const TOKEN_DAYS_MOST = 366
const NAME_LENGTH_MOST = 60

/**
 * Makes an API token for oneself. The answer is the only time that its text is seen; the database keeps its SHA-256.
 * `days` is how long it works, 1 to 366, or null for no end. A token is made on screen: one that leaked makes no more.
 */
export async function createToken(
  actor: Actor,
  input: { name: string; days: number | null },
): Promise<{ tokenId: string; token: string; prefix: string }> {
  const personId = permitPerson(actor, 'tokens.own')
  if (actor.via !== 'screen')
    throw new Refused('forbidden', 'A token is made on screen, under Account, not by another token.')
  const name = input.name.trim()
  if (name === '' || name.length > NAME_LENGTH_MOST)
    throw new Refused(
      'invalid',
      `Give the token a name of 1 to ${NAME_LENGTH_MOST} characters: what it is used for.`,
    )
  const { days } = input
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= TOKEN_DAYS_MOST))
    throw new Refused('invalid', `A token works for 1 to ${TOKEN_DAYS_MOST} days, or without an end.`)
  const token = `ferry_${newSecret()}`
  const prefix = token.slice(0, 12)
  const tokenId = newId('token')
  await db().$transaction(async tx => {
    await tx.$executeRaw`
      INSERT INTO "api_token" ("id", "userId", "name", "prefix", "hash", "expiresAt")
      VALUES (${tokenId}, ${personId}, ${name}, ${prefix}, ${digest(token)},
              now() + make_interval(days => ${days}::int))`
    await recordEvent(tx, actor, { type: 'token.created', data: { tokenId, personId, name, prefix } })
  })
  return { tokenId, token, prefix }
}
