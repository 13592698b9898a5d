import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Environment } from '@/server/env'

export const COOKIE_PREFIX = 'ferry'

/** Whether people reach this instance over https, by FERRY_URL. */
export function overHttps(environment: Pick<Environment, 'FERRY_URL'>): boolean {
  return environment.FERRY_URL?.startsWith('https:') ?? false
}

/** The session cookie's name; over https browsers hold its prefix to the Secure attribute. */
export function sessionCookieName(environment: Pick<Environment, 'FERRY_URL'>): string {
  return `${overHttps(environment) ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`
}

/**
 * Whether a session cookie's value carries this instance's signature. It does not say that the session is still open:
 * currentActor asks the database. It keeps strangers out before a page is drawn, without a question to the database.
 * The form is better-auth's: `token.base64(HMAC-SHA256(token))`.
 */
export function isSigned(value: string, secret: string): boolean {
  const dot = value.lastIndexOf('.')
  if (dot < 1) return false
  const expected = createHmac('sha256', secret).update(value.slice(0, dot)).digest()
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
