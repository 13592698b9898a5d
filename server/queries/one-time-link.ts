import { db } from '@/server/store/client'
import { type LinkPurpose, linkWords, readLink } from '@/server/store/one-time-links'

export type LinkReading =
  | { fit: true; person: { name: string; email: string } | null }
  | { fit: false; why: string }

/** Whether a one-time link would work now, and whose it is. The secret is the permission. */
export async function readOneTimeLink(purpose: LinkPurpose, secret: string): Promise<LinkReading> {
  if (secret === '') return { fit: false, why: linkWords[purpose].unknown }
  const link = await db().$transaction(tx => readLink(tx, purpose, secret))
  if (link.state !== 'fit') return { fit: false, why: linkWords[purpose][link.state] }
  if (!link.personId) return { fit: true, person: null }
  const person = await db().user.findUnique({ where: { id: link.personId } })
  if (!person) return { fit: false, why: linkWords[purpose].unknown }
  return { fit: true, person: { name: person.name, email: person.email } }
}
