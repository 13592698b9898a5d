import { instanceUrl } from '@/server/auth/instance-url'
import { db } from '@/server/store/client'
import { writeLink } from '@/server/store/one-time-links'
import { lockPeople } from '@/server/store/people-lock'
import { Refused } from './refused'

const DAY_SECONDS = 24 * 60 * 60

/**
 * The link of the very first run: it works once, for a day, and the one before it stops working. Made on the
 * instance's own machine, by whoever starts Ferry there; there is nobody yet who could be asked for permission.
 * Throws Refused('conflict') when somebody has an account.
 */
export async function createSetupLink(): Promise<string> {
  const secret = await db().$transaction(async tx => {
    await lockPeople(tx)
    if ((await tx.user.count()) > 0)
      throw new Refused(
        'conflict',
        'People have been made already, so there is no first run. An administrator adds more under People.',
      )
    return writeLink(tx, { purpose: 'setup', personId: null, seconds: DAY_SECONDS })
  })
  return instanceUrl(`/setup?token=${secret}`)
}
