import { hashPassword, verifyPassword } from 'better-auth/crypto'
import type { Actor } from '@/domain/people/actor'
import { mayBePassword } from '@/domain/people/password'
import { countTry, forgetTries } from '@/server/auth/sign-in-tries'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { storePassword } from '@/server/store/new-person'
import { Refused } from './refused'

/**
 * Changes one's own password; it takes the present one. Every other session ends; the one named by `keepSession`
 * (its token) stays. Tries with a wrong present password count against the same limit as signing in.
 */
export async function changePassword(
  actor: Actor,
  input: { present: string; wanted: string; keepSession?: string },
): Promise<{ sessionsEnded: number }> {
  if (actor.kind !== 'person' || actor.via !== 'screen')
    throw new Refused('forbidden', 'A password is changed on screen, by the person it belongs to.')
  const person = await db().user.findUnique({
    where: { id: actor.personId },
    include: { accounts: { where: { providerId: 'credential' } } },
  })
  const held = person?.accounts[0]?.password
  if (!person || !held) throw new Refused('not_found', 'This account has no password to change.')
  const wait = await countTry(person.email)
  if (wait > 0) throw new Refused('conflict', `Too many tries. The next one is possible in ${wait} s.`)
  if (!(await verifyPassword({ hash: held, password: input.present })))
    throw new Refused('invalid', 'The present password is not right. Nothing was changed.')
  await forgetTries(person.email)
  const may = mayBePassword(input.wanted, person)
  if (!may.ok) throw new Refused('invalid', may.why)
  const passwordHash = await hashPassword(input.wanted)
  return db().$transaction(async tx => {
    await storePassword(tx, person.id, passwordHash)
    const ended = await tx.session.deleteMany({
      where: { userId: person.id, token: { not: input.keepSession ?? '' } },
    })
    await recordEvent(tx, actor, {
      type: 'person.password_changed',
      data: { personId: person.id, how: 'own' },
    })
    return { sessionsEnded: ended.count }
  })
}
