import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { instanceUrl } from '@/server/auth/instance-url'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { preparePerson, storePerson } from '@/server/store/new-person'
import { writeLink } from '@/server/store/one-time-links'
import { lockPeople } from '@/server/store/people-lock'

/** Long enough for a weekend and a colleague's day off. */
const LINK_SECONDS = 3 * 24 * 60 * 60

/**
 * Adds a person. Without a password the answer carries a link that works once, for three days: the new person opens it
 * and chooses a password that nobody else knows. Takes an administrator.
 * Throws Refused: not permitted, something about the person is not right, or the e-mail address is taken.
 */
export async function createPerson(
  actor: Actor,
  input: { name: string; email: string; roles: readonly Role[]; password?: string },
): Promise<{ personId: string; link: string | null }> {
  permit(actor, 'people.write')
  const person = await preparePerson(input)
  const { id, email, roles } = person.user
  const secret = await db().$transaction(async tx => {
    await lockPeople(tx)
    await storePerson(tx, person)
    const made = person.passwordHash
      ? null
      : await writeLink(tx, { purpose: 'password', personId: id, seconds: LINK_SECONDS })
    await recordEvent(tx, actor, { type: 'person.created', data: { personId: id, email, roles } })
    return made
  })
  return { personId: id, link: secret && instanceUrl(`/set-password?token=${secret}`) }
}
