import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/** Lets a disabled person sign in again, with the old password and roles. Tokens that ended stay ended. */
export async function enablePerson(actor: Actor, input: { personId: string }): Promise<{ changed: boolean }> {
  permit(actor, 'people.write')
  return db().$transaction(async tx => {
    const enabled = await tx.user.updateMany({
      where: { id: input.personId, disabledAt: { not: null } },
      data: { disabledAt: null },
    })
    if (enabled.count > 0) {
      await recordEvent(tx, actor, { type: 'person.enabled', data: { personId: input.personId } })
      return { changed: true }
    }
    const known = await tx.user.count({ where: { id: input.personId } })
    if (known === 0) throw new Refused('not_found', 'This person is not known here. Load the list again.')
    return { changed: false }
  })
}
