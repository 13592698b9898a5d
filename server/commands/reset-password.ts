import { emailKey } from '@/domain/people/identity'
import { instanceUrl } from '@/server/auth/instance-url'
import { db } from '@/server/store/client'
import { writeLink } from '@/server/store/one-time-links'
import { Refused } from './refused'

const HOUR_SECONDS = 60 * 60

/**
 * A link with which a person chooses a new password: it works once, for an hour. For the command line on the
 * instance's own machine only: whoever can start it can read the database too, so no permission is asked. The old
 * password works until the link is used; then every session ends and the ledger says so.
 */
export async function resetPassword(input: { email: string }): Promise<{ name: string; link: string }> {
  return db().$transaction(async tx => {
    const person = await tx.user.findUnique({ where: { email: emailKey(input.email) } })
    if (!person)
      throw new Refused(
        'not_found',
        `Nobody here has the e-mail address ${input.email}. Check how it is written.`,
      )
    if (person.disabledAt)
      throw new Refused('conflict', `${person.name} is disabled. An administrator enables the account first.`)
    const secret = await writeLink(tx, { purpose: 'password', personId: person.id, seconds: HOUR_SECONDS })
    return { name: person.name, link: instanceUrl(`/set-password?token=${secret}`) }
  })
}
