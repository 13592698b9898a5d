'use server'

import { redirect } from 'next/navigation'
import type { FormResult } from '@/components/forms/form-result'
import { signInBrowser } from '@/server/auth/browser-session'
import { choosePassword } from '@/server/commands/choose-password'
import { Refused } from '@/server/commands/refused'
import { field } from '../act-as'
import { unexpected } from '../unexpected'

/** Fields: token, password, again. Sets the password and signs its owner in. */
export async function setPassword(_: FormResult | null, data: FormData): Promise<FormResult> {
  const password = field(data, 'password')
  if (password !== field(data, 'again'))
    return {
      ok: false,
      message: 'Nothing was set.',
      fields: { again: 'The two are not the same. Type the password once more.' },
    }
  try {
    const { email } = await choosePassword({ token: field(data, 'token'), password })
    const answer = await signInBrowser(email, password)
    if (!answer.ok)
      return { ok: false, message: `The password is set. ${answer.message}`, remedy: answer.remedy }
  } catch (error) {
    return error instanceof Refused ? { ok: false, message: error.message } : unexpected(error)
  }
  redirect('/')
}
