import { hashPassword } from 'better-auth/crypto'
import { systemActor } from '@/domain/people/actor'
import { mayBePassword } from '@/domain/people/password'
import { forgetTries } from '@/server/auth/sign-in-tries'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { storePassword } from '@/server/store/new-person'
import { linkWords, readLink, spendLink } from '@/server/store/one-time-links'
import { Refused } from './refused'

/**
 * Sets the password of the person whose one-time link this is, and spends the link. All their sessions end, and the
 * count of wrong tries with it. The ledger names Ferry as the actor: a link says whose it is, not who opened it.
 * Throws Refused: the link is of no use, the password will not do, or the person is disabled.
 */
export async function choosePassword(input: { token: string; password: string }): Promise<{ email: string }> {
  // Judged and hashed before the link is spent: a password that will not do leaves the link as it was.
  const link = await db().$transaction(tx => readLink(tx, 'password', input.token))
  if (link.state !== 'fit') throw new Refused('conflict', linkWords.password[link.state])
  const person = await db().user.findUnique({ where: { id: link.personId ?? '' } })
  if (!person) throw new Refused('not_found', linkWords.password.unknown)
  if (person.disabledAt)
    throw new Refused('forbidden', 'This account is disabled. An administrator can enable it under People.')
  const may = mayBePassword(input.password, person)
  if (!may.ok) throw new Refused('invalid', may.why)
  const passwordHash = await hashPassword(input.password)
  await db().$transaction(async tx => {
    await spendLink(tx, 'password', input.token)
    await storePassword(tx, person.id, passwordHash)
    await tx.session.deleteMany({ where: { userId: person.id } })
    await recordEvent(tx, systemActor, {
      type: 'person.password_changed',
      data: { personId: person.id, how: 'reset' },
    })
  })
  await forgetTries(person.email)
  return { email: person.email }
}
