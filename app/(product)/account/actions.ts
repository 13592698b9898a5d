'use server'

import { z } from 'zod'
import type { FormResult } from '@/components/forms/form-result'
import { sessionToken } from '@/server/auth/browser-session'
import { changePassword } from '@/server/commands/change-password'
import { createToken } from '@/server/commands/create-token'
import { Refused } from '@/server/commands/refused'
import { revokeToken } from '@/server/commands/revoke-token'
import { setZone } from '@/server/commands/set-zone'
import { actAs, field } from '../../act-as'
import type { ShownOnce } from '../../shown-once-form'

/** Fields: present, wanted, again. Other browsers are signed out, this one stays. */
export async function changeOwnPassword(_: FormResult | null, data: FormData): Promise<FormResult> {
  const wanted = field(data, 'wanted')
  if (wanted !== field(data, 'again'))
    return {
      ok: false,
      message: 'Nothing was changed.',
      fields: { again: 'The two are not the same. Type the new password once more.' },
    }
  return actAs(async actor => {
    const keepSession = await sessionToken()
    const present = field(data, 'present')
    const { sessionsEnded } = await changePassword(actor, { present, wanted, keepSession })
    return sessionsEnded > 0
      ? `The password is changed, and ${sessionsEnded} other sessions have ended.`
      : 'The password is changed.'
  })
}

const lifetime = z.union([z.literal('none').transform(() => null), z.coerce.number().int()])

/** Fields: name, days (a number, or `none`). Answers the token, once. */
export async function makeToken(_: FormResult | null, data: FormData): Promise<ShownOnce> {
  let token: string | undefined
  const result = await actAs(async actor => {
    const days = lifetime.safeParse(field(data, 'days'))
    if (!days.success) throw new Refused('invalid', 'Choose how long the token works.')
    const made = await createToken(actor, { name: field(data, 'name'), days: days.data })
    token = made.token
    return 'The token is made. Copy it now: it is not shown again.'
  })
  return token ? { ...result, once: token } : result
}

/** Fields: token (its id). */
export async function endToken(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { changed } = await revokeToken(actor, { tokenId: field(data, 'token') })
    return changed ? 'The token has ended.' : 'The token had ended already.'
  })
}

/** Fields: zone (an IANA name, or empty for none). */
export async function chooseZone(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const zone = field(data, 'zone')
    await setZone(actor, { zone: zone === '' ? null : zone })
    return 'The time zone is kept.'
  })
}
