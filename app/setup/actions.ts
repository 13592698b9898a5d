'use server'

import { redirect } from 'next/navigation'
import type { FormResult } from '@/components/forms/form-result'
import { emailKey, mayBeEmail, mayBeName } from '@/domain/people/identity'
import { mayBePassword } from '@/domain/people/password'
import { signInBrowser } from '@/server/auth/browser-session'
import { completeSetup } from '@/server/commands/complete-setup'
import { Refused } from '@/server/commands/refused'
import { field } from '../act-as'
import { unexpected } from '../unexpected'

/** Fields: token, and name, email, password of `first_` and `second_`. Makes both, signs the first one in. */
export async function setUp(_: FormResult | null, data: FormData): Promise<FormResult> {
  const administrator = personOf(data, 'first')
  const second = personOf(data, 'second')
  const fields = { ...faults(administrator, 'first'), ...faults(second, 'second') }
  if (!fields.second_email && emailKey(administrator.email) === emailKey(second.email))
    fields.second_email =
      'The second person needs an address of their own: nobody approves their own request.'
  if (Object.keys(fields).length > 0)
    return { ok: false, message: 'Nobody has been made yet. See what stands at the fields.', fields }
  try {
    await completeSetup({ token: field(data, 'token'), administrator, second })
    const answer = await signInBrowser(administrator.email, administrator.password)
    if (!answer.ok)
      return { ok: false, message: `Both people are made. ${answer.message}`, remedy: answer.remedy }
  } catch (error) {
    return error instanceof Refused ? { ok: false, message: error.message } : unexpected(error)
  }
  redirect('/welcome')
}

type Typed = { name: string; email: string; password: string }

const personOf = (data: FormData, who: 'first' | 'second'): Typed => ({
  name: field(data, `${who}_name`).trim(),
  email: field(data, `${who}_email`).trim(),
  password: field(data, `${who}_password`),
})

function faults(person: Typed, who: 'first' | 'second'): Record<string, string> {
  const verdicts = {
    [`${who}_name`]: mayBeName(person.name),
    [`${who}_email`]: mayBeEmail(person.email),
    [`${who}_password`]: mayBePassword(person.password, person),
  }
  return Object.fromEntries(
    Object.entries(verdicts).flatMap(([name, may]) => (may.ok ? [] : [[name, may.why]])),
  )
}
