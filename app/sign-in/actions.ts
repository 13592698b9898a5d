'use server'

import { redirect } from 'next/navigation'
import type { FormResult } from '@/components/forms/form-result'
import { nextPath } from '@/domain/people/next-path'
import { signInBrowser, signOutBrowser } from '@/server/auth/browser-session'
import { field } from '../act-as'
import { unexpected } from '../unexpected'

/** Fields: email, password, next. On success the browser goes to where it was headed. */
export async function signIn(_: FormResult | null, data: FormData): Promise<FormResult> {
  const email = field(data, 'email').trim()
  const password = field(data, 'password')
  if (email === '' || password === '')
    return { ok: false, message: 'Signing in takes an e-mail address and a password.' }
  try {
    const answer = await signInBrowser(email, password)
    if (!answer.ok) return answer
  } catch (error) {
    return unexpected(error)
  }
  redirect(nextPath(field(data, 'next')))
}

export async function signOut(): Promise<void> {
  await signOutBrowser()
  redirect('/sign-in')
}
