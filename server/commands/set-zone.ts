import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { Refused } from './refused'

/** The zone one's own times are shown in: an IANA name, or null for UTC. A preference, not evidence. */
export async function setZone(actor: Actor, input: { zone: string | null }): Promise<void> {
  const personId = permitPerson(actor, 'tokens.own')
  if (input.zone !== null && !isZone(input.zone))
    throw new Refused(
      'invalid',
      `${input.zone} is not a time zone. Choose one from the list, such as Europe/Berlin.`,
    )
  await db().user.update({ where: { id: personId }, data: { zone: input.zone } })
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
