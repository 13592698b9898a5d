import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { cookies, headers } from 'next/headers'
import { environment } from '@/server/env'
import { answerAuthRequest } from './better-auth'
import { instanceUrl } from './instance-url'
import { ownOrigin } from './own-origins'
import { sessionCookieName } from './session-cookie'

/** What a person who wants in is told; `wait` when it was tried too often. */
export type SignInAnswer = { ok: true } | { ok: false; message: string; remedy: string }

/**
 * Signs the browser in whose form this is. It goes through the very door that a request from outside takes, so origin
 * check and both limits hold here too.
 */
export async function signInBrowser(email: string, password: string): Promise<SignInAnswer> {
  const host = (await headers()).get('host')
  if (!ownOrigin(host, environment()))
    return {
      ok: false,
      message: `Ferry does not know itself by the address ${host ?? ''}.`,
      remedy: `Open it at ${instanceUrl('/')}, or have FERRY_URL set to the address that people use.`,
    }
  const answer = await throughTheDoor('/sign-in/email', { email, password })
  if (answer.ok) return { ok: true }
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('retry-after') ?? answer.headers.get('x-retry-after')) || 60
    return {
      ok: false,
      message: 'Too many tries, so signing in pauses.',
      remedy: `The next try is possible in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} s`}.`,
    }
  }
  if (answer.status === 403)
    return {
      ok: false,
      message: 'This account is disabled.',
      remedy: 'An administrator can enable it under People.',
    }
  if (answer.status >= 500) throw new Error(`Signing in answered ${answer.status}.`)
  return {
    ok: false,
    message: 'This e-mail address and password do not belong together.',
    remedy: 'Check both. A lost password is replaced on the machine that Ferry runs on.',
  }
}

/** Ends this browser's session. */
export async function signOutBrowser(): Promise<void> {
  await throughTheDoor('/sign-out', {})
}

/** The part of this browser's session cookie by which the database knows the session. */
export async function sessionToken(): Promise<string | undefined> {
  const value = (await cookies()).get(sessionCookieName(environment()))?.value
  return value?.slice(0, value.lastIndexOf('.'))
}

const HANDED_ON = ['host', 'origin', 'cookie', 'user-agent', 'x-forwarded-for']

async function throughTheDoor(path: string, body: unknown): Promise<Response> {
  const asked = await headers()
  const request = new Request(instanceUrl(`/api/auth${path}`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  for (const name of HANDED_ON) {
    const value = asked.get(name)
    if (value !== null) request.headers.set(name, value)
  }
  const answer = await answerAuthRequest(request)
  const jar = await cookies()
  for (const line of answer.headers.getSetCookie())
    for (const [name, cookie] of parseSetCookieHeader(line))
      jar.set(name, cookie.value, toCookieOptions(cookie))
  return answer
}
