import type { Actor } from '@/domain/people/actor'
import { mayHoldRoles, type Role } from '@/domain/people/permissions'
import { permit } from '@/server/auth/permit'
import { refuseWithoutAdministrator } from '@/server/store/administrators'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { lockPeople } from '@/server/store/people-lock'
import { Refused } from './refused'

/**
 * Sets all of a person's roles; it holds from their next click on. Takes an administrator.
 * Throws Refused: not permitted, roles that do not go together (rule 7), or the last administrator would be gone.
 */
export async function setRoles(
  actor: Actor,
  input: { personId: string; roles: readonly Role[] },
): Promise<{ changed: boolean }> {
  permit(actor, 'people.write')
  const roles = [...new Set(input.roles)].sort()
  const may = mayHoldRoles(roles)
  if (!may.ok) throw new Refused('invalid', may.why)
  return db().$transaction(async tx => {
    await lockPeople(tx)
    const person = await tx.user.findUnique({ where: { id: input.personId } })
    if (!person) throw new Refused('not_found', 'This person is not known here. Load the list again.')
    const before = [...person.roles].sort()
    if (before.join() === roles.join()) return { changed: false }
    if (before.includes('administrator') && !roles.includes('administrator') && !person.disabledAt)
      await refuseWithoutAdministrator(tx, person.id)
    await tx.user.update({ where: { id: person.id }, data: { roles } })
    await recordEvent(tx, actor, {
      type: 'person.roles_set',
      data: { personId: person.id, before, after: roles },
    })
    return { changed: true }
  })
}
