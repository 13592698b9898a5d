import { systemActor } from '@/domain/people/actor'
import { emailKey } from '@/domain/people/identity'
import { db } from '@/server/store/client'
import { recordEvents } from '@/server/store/ledger'
import { preparePerson, storePerson } from '@/server/store/new-person'
import { linkWords, spendLink } from '@/server/store/one-time-links'
import { lockPeople } from '@/server/store/people-lock'
import { Refused } from './refused'

type First = { name: string; email: string; password: string }

/**
 * Spends the first run's link on two people, in one transaction: an administrator who is a migration lead too, and an
 * operator. Two are needed because nobody approves their own request, and two are enough for a first wave.
 * Pressed twice at once, one succeeds; the other throws Refused('conflict'). Nothing is stored on any refusal.
 */
export async function completeSetup(input: {
  token: string
  administrator: First
  second: First
}): Promise<{ administratorId: string; secondPersonId: string }> {
  if (emailKey(input.administrator.email) === emailKey(input.second.email))
    throw new Refused(
      'invalid',
      'Both people have the same e-mail address. It takes two: nobody approves their own request.',
    )
  const administrator = await preparePerson({
    ...pick(input.administrator),
    roles: ['administrator', 'lead'],
  })
  const second = await preparePerson({ ...pick(input.second), roles: ['operator'] })
  await db().$transaction(async tx => {
    await lockPeople(tx)
    await spendLink(tx, 'setup', input.token)
    if ((await tx.user.count()) > 0) throw new Refused('conflict', linkWords.setup.used)
    await storePerson(tx, administrator)
    await storePerson(tx, second)
    await recordEvents(tx, systemActor, [
      {
        type: 'instance.set_up',
        data: { administratorId: administrator.user.id, secondPersonId: second.user.id },
      },
      ...[administrator, second].map(({ user }) => ({
        type: 'person.created' as const,
        data: { personId: user.id, email: user.email, roles: user.roles },
      })),
    ])
  })
  return { administratorId: administrator.user.id, secondPersonId: second.user.id }
}

const pick = ({ name, email, password }: First): First => ({ name, email, password })
