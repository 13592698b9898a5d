import { cache } from 'react'
import { db } from '@/server/store/client'
import { currentActor } from './current-actor'

/**
 * The time zone of whoever looks at this page, as they keep it under Account: an IANA name. UTC for who keeps none, and
 * where this machine does not know the zone. Asked once a request.
 */
export const viewerZone = cache(async (): Promise<string> => (await keptZone()) ?? 'UTC')

/** The same, or null for who keeps none: then the browser's own is as good a guess as any, on hover. */
export const keptZone = cache(async (): Promise<string | null> => {
  const actor = await currentActor()
  if (!actor) return null
  const person = await db().user.findUnique({ where: { id: actor.personId }, select: { zone: true } })
  return person?.zone && isKnown(person.zone) ? person.zone : null
})

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
