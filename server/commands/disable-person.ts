import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { refuseWithoutAdministrator } from '@/server/store/administrators'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { lockPeople } from '@/server/store/people-lock'
import { Refused } from './refused'

/**
 * Ends a person's access at once: sessions and tokens end, links stop working, no sign-in. What they did stays in the
 * ledger under their name. Takes an administrator, and never oneself or the only one.
 * Answers how many sessions and tokens ended.
 */
export async function disablePerson(
  actor: Actor,
  input: { personId: string },
): Promise<{ sessions: number; tokens: number }> {
  permit(actor, 'people.write')
  if (actor.kind === 'person' && actor.personId === input.personId)
    throw new Refused('forbidden', 'Nobody disables their own account. Another administrator can.')
  return db().$transaction(async tx => {
    await lockPeople(tx)
    const person = await tx.user.findUnique({ where: { id: input.personId } })
    if (!person) throw new Refused('not_found', 'This person is not known here. Load the list again.')
    if (person.disabledAt) return { sessions: 0, tokens: 0 }
    if (person.roles.includes('administrator')) await refuseWithoutAdministrator(tx, person.id)
    await tx.$executeRaw`UPDATE "user" SET "disabledAt" = now() WHERE "id" = ${person.id}`
    const sessions = await tx.session.deleteMany({ where: { userId: person.id } })
    const tokens = await tx.$executeRaw`
      UPDATE "api_token" SET "revokedAt" = now() WHERE "userId" = ${person.id} AND "revokedAt" IS NULL`
    await tx.oneTimeLink.deleteMany({ where: { userId: person.id, usedAt: null } })
    await recordEvent(tx, actor, { type: 'person.disabled', data: { personId: person.id } })
    return { sessions: sessions.count, tokens }
  })
}
